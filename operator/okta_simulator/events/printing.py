"""What happens, printed as events: identity, time, contexts that agree with each other."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from random import Random

from okta_simulator.clock import Clock
from okta_simulator.events.happening import Happening, Visit
from okta_simulator.events.log_event import LogEvent, timestamp
from okta_simulator.events.people import Person
from okta_simulator.events.shape import Origin, Shape
from okta_simulator.ids import Ids
from okta_simulator.json_values import JsonObject

OKTA_ITSELF: JsonObject = {
    "id": "SystemPrincipal",
    "type": "SystemPrincipal",
    "alternateId": "system@okta.com",
    "displayName": "Okta System",
    "detailEntry": None,
}
_URIS: Mapping[str, str] = {
    "user.session": "/idp/idx/challenge/answer",
    "user.authentication.sso": "/app/example_wiki_1/sso/saml",
    "user.authentication": "/idp/idx/authenticators/poll",
    "user.mfa": "/idp/idx/enroll",
    "app.oauth2": "/oauth2/v1/token",
    "user": "/api/v1/users",
    "group": "/api/v1/groups",
    "policy": "/api/v1/policies",
}
_ORIGINS_KEPT = 4096


class Printer:
    """Prints events. What many events share is printed once: an origin belongs to an address and a device.

    Args:
        shape: Prints the parts that options decide.
        clock: Okta's time.
        ids: Makes identities.
        random: Decides about order.
    """

    def __init__(self, shape: Shape, clock: Clock, ids: Ids, random: Random) -> None:
        self._shape = shape
        self._clock = clock
        self._ids = ids
        self._random = random
        self._origins: dict[tuple[str, str, str], Origin] = {}
        self._actors: dict[tuple[str, str, str], JsonObject] = {}
        self._job = shape.job()

    def event(self, happening: Happening, published: datetime | None = None) -> LogEvent:
        """The event of what happens, published now or at another time."""
        event_type, absent = happening.event_type, self._shape.absent
        origin = self._job if happening.visit is None else self._origin(happening.visit)
        request = happening.transaction or self._ids.new("aB")
        targets = [self._shape.trimmed(target) for target in happening.targets]
        self._random.shuffle(targets)
        return LogEvent(
            uuid=self._ids.uuid(),
            published=timestamp(published or self._clock.now()),
            event_type=event_type.name,
            severity=event_type.severity,
            display_message=event_type.message,
            actor=self._actor(happening.actor),
            outcome=self._shape.outcome(happening.outcome),
            target=targets or absent,
            client=origin.client,
            request=origin.request,
            device=origin.device,
            security_context={**origin.security_context, **happening.security},
            authentication_context=self._authentication(happening),
            transaction={"type": "JOB" if happening.visit is None else "WEB", "id": request, "detail": {}},
            debug_context={"debugData": self._debug_data(happening, request)},
            legacy_event_type=absent,
        )

    def _actor(self, actor: Person | JsonObject) -> JsonObject:
        if not isinstance(actor, Person):
            return self._shape.trimmed(actor)
        key = (actor.id, actor.login, actor.name)
        if key not in self._actors:
            self._actors[key] = self._shape.trimmed(person_json(actor))
        return self._actors[key]

    def _origin(self, visit: Visit) -> Origin:
        key = (visit.spot.address, visit.model.name, visit.device.id if visit.device else "")
        if key not in self._origins:
            if len(self._origins) >= _ORIGINS_KEPT:
                self._origins.clear()
            self._origins[key] = self._new_origin(visit)
        return self._origins[key]

    def _new_origin(self, visit: Visit) -> Origin:
        client: JsonObject = {
            "userAgent": visit.model.user_agent_json(),
            "zone": "null",
            "device": visit.model.form,
            "id": None,
            "ipAddress": visit.spot.address,
            "geographicalContext": visit.spot.place.as_json(),
        }
        return self._shape.web(
            client,
            [visit.spot.as_json()],
            security_context=visit.spot.network.as_json(),
            device=visit.device.as_json() if visit.device else None,
        )

    def _authentication(self, happening: Happening) -> JsonObject:
        visit, credential = happening.visit, happening.credential
        session = visit.session if visit else None
        return self._shape.trimmed(
            {
                "authenticationProvider": "FACTOR_PROVIDER" if credential in ("OTP", "SMS") else None,
                "credentialProvider": "OKTA_CREDENTIAL_PROVIDER" if credential else None,
                "credentialType": credential,
                "issuer": None,
                "interface": None,
                "authenticationStep": 0,
                "rootSessionId": session,
                "externalSessionId": session,
            }
        )

    def _debug_data(self, happening: Happening, request: str) -> JsonObject:
        if happening.visit is None:
            return dict(happening.debug)
        uri = _uri(happening.event_type.name)
        data: JsonObject = {"requestId": request, "requestUri": uri, "url": f"{uri}?", "threatSuspected": "false"}
        if happening.visit.device is not None:
            data["deviceFingerprint"] = happening.visit.device.fingerprint
        return {**data, **happening.debug}


def person_json(person: Person) -> JsonObject:
    """Somebody as an actor or a target."""
    return {
        "id": person.id,
        "type": "User",
        "alternateId": person.login,
        "displayName": person.name,
        "detailEntry": None,
    }


def _uri(event_type: str) -> str:
    name = event_type
    while name:
        if name in _URIS:
            return _URIS[name]
        name = name.rpartition(".")[0]
    return "/api/v1/" + event_type.partition(".")[0]
