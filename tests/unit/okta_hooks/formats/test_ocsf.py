"""What the format `ocsf` makes of an event."""

from __future__ import annotations

import json

import pytest

from okta_hooks.formats.ocsf.classes import Meaning, OcsfClass, meaning
from samples.formats import ARRIVAL, a_format
from samples.log_events import samples

FORMAT = a_format(type="ocsf")
ADA = {"type": "User", "id": "00u1", "alternateId": "ada@example.com", "displayName": "Ada"}
BOB = {"type": "User", "id": "00u2", "alternateId": "bob@example.com", "displayName": "Bob"}
WIKI = {"type": "AppInstance", "id": "0oa1", "displayName": "Wiki"}


def written(event_type: str, **fields: object) -> dict[str, object]:
    """What is written of an event of a type."""
    event = {"uuid": "u", "published": "2026-01-31T12:00:00.250Z", "eventType": event_type, **fields}
    made: dict[str, object] = json.loads(FORMAT.render(json.dumps(event).encode(), ARRIVAL))
    return made


def test_the_time_is_in_milliseconds() -> None:
    assert written("user.session.start")["time"] == 1_769_860_800_250


def test_class_and_activity_make_the_type() -> None:
    made = written("user.lifecycle.suspend")
    assert [made[name] for name in ("category_uid", "class_uid", "activity_id", "type_uid")] == [3, 3001, 5, 300105]


def test_a_type_that_nobody_knows_is_a_base_event() -> None:
    assert meaning("moon.landing.start") == Meaning(OcsfClass.BASE_EVENT, 99)


def test_a_type_that_okta_adds_to_a_family_is_of_its_class() -> None:
    assert meaning("user.lifecycle.teleport").ocsf_class is OcsfClass.ACCOUNT_CHANGE


@pytest.mark.parametrize("event_type", ["iam.role.permissions.delete", "system.idp.key.create"])
def test_a_thing_that_loses_or_gets_a_part_is_updated(event_type: str) -> None:
    assert meaning(event_type) == Meaning(OcsfClass.ENTITY_MANAGEMENT, 3)


def test_who_signs_in_to_an_app_is_the_user_of_okta_and_not_the_account_in_the_app() -> None:
    made = written("user.authentication.sso", actor=ADA, target=[WIKI, BOB | {"type": "AppUser"}])
    assert made["user"] == {
        "name": "ada@example.com",
        "uid": "00u1",
        "full_name": "Ada",
        "email_addr": "ada@example.com",
        "type": "User",
        "type_id": 1,
    }
    assert made["service"] == {"name": "Wiki", "uid": "0oa1"}


def test_an_account_that_is_changed_is_that_of_the_target() -> None:
    made = written("user.lifecycle.suspend", actor=ADA, target=[BOB])
    assert isinstance(made["user"], dict)
    assert made["user"]["uid"] == "00u2"


def test_a_finding_says_what_it_is_about() -> None:
    made = written("user.risk.detect", target=[BOB], securityContext={"risk": {"level": "HIGH"}})
    assert (made["risk_level_id"], made["status_id"]) == (3, 1)
    assert isinstance(made["evidences"], list)
    assert made["evidences"][0]["user"]["uid"] == "00u2"


@pytest.mark.parametrize(("outcome", "status"), [("SUCCESS", 1), ("DENY", 2), ("ABANDONED", 99), (None, None)])
def test_the_status_is_okta_s_outcome(outcome: str | None, status: int | None) -> None:
    made = written("user.session.start", outcome={"result": outcome, "reason": "why"})
    assert made["status_id"] == (0 if status is None else status)
    assert made.get("status_code") == outcome
    assert made["status_detail"] == "why"


def test_what_has_no_attribute_is_kept_as_okta_wrote_it() -> None:
    sample = samples()["user.session.start"][0]
    okta = json.loads(sample)
    made = json.loads(FORMAT.render(sample, ARRIVAL))
    for name in ("client", "debugContext", "securityContext", "target"):
        assert made["unmapped"][name] == okta[name]
