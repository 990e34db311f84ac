"""What happens to people, one thing after another.

A story is a sequence of happenings, each with the pause before it. Its people, places, devices and sessions stay the
same from beginning to end, or change where the story is about that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import timedelta

from okta_simulator.events.devices import SCRIPT
from okta_simulator.events.happening import Happening, Visit
from okta_simulator.events.log_event import Outcome
from okta_simulator.events.people import Person
from okta_simulator.events.places import HOSTERS, PLACES, Spot, spot_of
from okta_simulator.events.printing import OKTA_ITSELF, person_json
from okta_simulator.events.scene import Scene
from okta_simulator.json_values import JsonObject

_SUCCESS = Outcome("SUCCESS")
_WRONG_PASSWORD = Outcome("FAILURE", "INVALID_CREDENTIALS")
_ATTEMPTS_BEFORE_LOCK = 10
"""Okta's default for passwords."""
_PUSHES = 7


def sign_in(scene: Scene, person: Person) -> Iterator[Happening]:
    """A morning: password, second factor, two apps, and out again."""
    visit = scene.new_visit(person)
    yield from _let_in(scene, person, visit)
    for _ in range(2):
        yield _own(scene, "user.authentication.sso", person, visit, pause=90)
    yield _own(scene, "user.session.end", person, visit, pause=3600)


def signed_in(scene: Scene, person: Person, address: str) -> Happening:
    """Somebody signs in with their laptop, from an address.

    Raises:
        ValueError: It is no IP address.
    """
    own = {spot.address: spot for spot in (person.home, person.office, person.underway)}
    visit = replace(scene.new_visit(person), spot=own.get(address) or spot_of(address))
    return _signed_in(scene, person, visit)


def failed_sign_in(scene: Scene, person: Person, address: str) -> Happening:
    """Somebody tries a wrong password from an address.

    Raises:
        ValueError: It is no IP address.
    """
    return _wrong_password(scene, person, Visit(spot_of(address), SCRIPT))


def lockout(scene: Scene, person: Person) -> Iterator[Happening]:
    """Wrong passwords from one address until the account is locked."""
    visit = Visit(_elsewhere(scene, person), SCRIPT)
    for _ in range(_ATTEMPTS_BEFORE_LOCK):
        yield _wrong_password(scene, person, visit)
    yield _own(scene, "user.account.lock", person, visit, outcome=Outcome("FAILURE", "LOCKED_OUT"))
    yield _by_okta(scene, "system.email.delivery", person)


def push_bombing(scene: Scene, person: Person) -> Iterator[Happening]:
    """Somebody who has the password sends push after push, until the person reports it."""
    visit = Visit(_elsewhere(scene, person), person.laptop.model)
    for _ in range(_PUSHES):
        yield _by_okta(scene, "system.push.send_factor_verify_push", person, pause=20)
        yield replace(
            _own(scene, "user.authentication.auth_via_mfa", person, visit, pause=10),
            outcome=Outcome("FAILURE", "INVALID_CREDENTIALS"),
            targets=[scene.things.named("AuthenticatorEnrollment", "Okta Verify"), person_json(person)],
            credential="OTP",
            debug={"factor": "OKTA_VERIFY_PUSH"},
        )
    own = Visit(person.underway, person.phone.model, person.phone)
    yield _own(scene, "user.account.report_suspicious_activity_by_enduser", person, own, pause=60)


def suspicious_travel(scene: Scene, person: Person) -> Iterator[Happening]:
    """A sign-in from home, and minutes later the same session far away."""
    home = replace(scene.new_visit(person), spot=person.home)
    yield from _let_in(scene, person, home)
    away = replace(home, spot=_elsewhere(scene, person), device=None)
    behaviours: JsonObject = {
        "userBehaviors": [{"id": "bhv1", "name": "Velocity", "result": "POSITIVE"}],
        "risk": {"level": "HIGH", "reasons": ["Anomalous Location", "Velocity"]},
    }
    yield replace(_own(scene, "user.session.context.change", person, away, pause=600), security=behaviours)
    level: JsonObject = {"previousLevel": "LOW", "level": "HIGH", "detectionName": "Suspected Session Hijacking"}
    for name in ("user.risk.detect", "user.risk.change"):
        yield replace(
            _by_okta(scene, name, person, pause=2),
            visit=away,
            debug={"risk": ", ".join(f"{key}={value}" for key, value in level.items())},
            security={"risk": level},
        )
    yield _own(scene, "policy.auth_reevaluate.fail", person, away, outcome=Outcome("FAILURE", "High risk"))


def offboarding(scene: Scene, person: Person) -> Iterator[Happening]:
    """An administrator lets somebody go: out of groups and apps, deactivated, signed out."""
    administrator = scene.administrator()
    visit = scene.new_visit(administrator)

    def done(name: str, *targets: JsonObject) -> Happening:
        return Happening(scene.event_type(name), administrator, visit, [*targets], _SUCCESS, timedelta(seconds=1))

    whom = person_json(person)
    for group in scene.groups_of(person):
        yield done("group.user_membership.remove", whom, group)
    for name in ("Wiki", "Chat"):
        app = scene.things.named("AppInstance", name)
        yield done("application.user_membership.remove", scene.account(person, app), app, whom)
    yield done("user.lifecycle.deactivate", whom)
    yield done("user.session.clear", whom)
    yield _by_okta(scene, "application.provision.user.remove_entitlements", person, pause=30)


def just_in_time_access(scene: Scene, person: Person) -> Iterator[Happening]:
    """Access that is asked for, granted by membership in a group, and taken back after an hour."""
    group = scene.target("UserGroup", person)
    whom = person_json(person)
    yield scene.happening("access.request.create", person)
    yield replace(scene.happening("access.request.resolve", person), pause=timedelta(minutes=4))
    for name, pause in (("group.user_membership.add", 5), ("group.user_membership.remove", 3600)):
        yield replace(_by_okta(scene, name, person, pause=pause), targets=[whom, group])


STORIES: Mapping[str, Callable[[Scene, Person], Iterator[Happening]]] = {
    "sign-in": sign_in,
    "lockout": lockout,
    "push-bombing": push_bombing,
    "suspicious-travel": suspicious_travel,
    "offboarding": offboarding,
    "just-in-time-access": just_in_time_access,
}
"""The stories about one person, by the names under which they are asked for."""


def _let_in(scene: Scene, person: Person, visit: Visit) -> Iterator[Happening]:
    yield replace(
        _own(scene, "policy.evaluate_sign_on", person, visit, outcome=Outcome("CHALLENGE")),
        credential="PASSWORD",
    )
    yield _signed_in(scene, person, visit)
    yield replace(
        _own(scene, "user.authentication.auth_via_mfa", person, visit, pause=8),
        credential="OTP",
        debug={"factor": "OKTA_VERIFY_PUSH"},
    )


def _signed_in(scene: Scene, person: Person, visit: Visit) -> Happening:
    return replace(
        _own(scene, "user.session.start", person, visit, pause=1),
        credential="PASSWORD",
        debug={"logOnlySecurityData": '{"risk":{"level":"LOW"},"behaviors":{"New Device":"NEGATIVE"}}'},
    )


def _wrong_password(scene: Scene, person: Person, visit: Visit) -> Happening:
    return replace(
        _own(scene, "user.session.start", person, visit, outcome=_WRONG_PASSWORD, pause=3),
        targets=[],
        credential="PASSWORD",
        debug={"threatSuspected": "true"},
    )


def _own(
    scene: Scene, name: str, person: Person, visit: Visit, *, outcome: Outcome = _SUCCESS, pause: float = 0
) -> Happening:
    """What a person does, or what is done in their name."""
    usual = scene.happening(name, person)
    return replace(usual, actor=person, visit=visit, outcome=outcome, pause=timedelta(seconds=pause))


def _by_okta(scene: Scene, name: str, person: Person, *, pause: float = 0) -> Happening:
    """What Okta does in the background."""
    usual = scene.happening(name, person)
    return replace(usual, actor=OKTA_ITSELF, visit=None, outcome=_SUCCESS, pause=timedelta(seconds=pause))


def _elsewhere(scene: Scene, person: Person) -> Spot:
    """A hoster's address, far from where a person lives."""
    network = scene.random.choice(HOSTERS)
    place = scene.random.choice([place for place in PLACES if place.country != person.home.place.country])
    return Spot(network.address(scene.random), place, network)
