"""From Okta's event to an event of OCSF.

What has an attribute of its own is there; the parts of Okta's event that have none, or not for all that is in them, are
kept under `unmapped` as Okta wrote them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import msgspec
from msgspec.structs import replace

from okta_hooks.formats.addresses import passed_by
from okta_hooks.formats.log_event import LogEvent, given
from okta_hooks.formats.moments import rfc3339, unix_ms
from okta_hooks.formats.ocsf import people, places
from okta_hooks.formats.ocsf.classes import OTHER, Meaning, OcsfClass, meaning
from okta_hooks.formats.ocsf.event import OcsfEvent
from okta_hooks.formats.ocsf.objects import (
    VERSION,
    Api,
    Evidence,
    FindingInfo,
    Hook,
    KeyValue,
    Metadata,
    Observable,
    Product,
    Service,
)
from okta_hooks.formats.port import Arrival, Origin
from okta_hooks.formats.reading import Reading, read

_PRODUCT = Product("Okta", "Okta")
_SEVERITIES: Mapping[str | None, int] = {"DEBUG": 1, "INFO": 1, "WARN": 3, "ERROR": 4}
_STATUSES: Mapping[str, int] = {"SUCCESS": 1, "ALLOW": 1, "FAILURE": 2, "DENY": 2, "RATE_LIMIT": 2}
_FINDING_STATUSES: Mapping[int, int] = {1: 1, 2: 2, 3: 4}
"""A finding's status by its activity: new, in progress, resolved."""
_RISKS: Mapping[str, int] = {"LOW": 1, "MEDIUM": 2, "HIGH": 3}
_WHOLLY_MAPPED = {"uuid", "published", "eventType", "version", "severity", "displayMessage", "outcome"}
_ADDRESS, _USER = 2, 31  # types of observables


class OcsfFormat:
    """Writes the events of one origin.

    Args:
        origin: Where they come from.
    """

    def __init__(self, origin: Origin) -> None:
        self._origin = origin
        self._tags = tuple(KeyValue(name, value) for name, value in origin.labels.items())

    def render(self, event: bytes, arrival: Arrival) -> bytes:
        """See `Format`."""
        reading = read(event)
        known = reading.event
        meant = meaning(known.event_type or "")
        written = OcsfEvent(
            activity_id=meant.activity_id,
            activity_name=known.event_type if meant.activity_id == OTHER else None,
            category_uid=meant.ocsf_class.category_uid,
            class_uid=int(meant.ocsf_class),
            type_uid=meant.type_uid,
            severity_id=_SEVERITIES.get(known.severity, OTHER if known.severity else 0),
            severity=known.severity,
            time=unix_ms(known.moment) if known.moment else arrival.received_ns // 1_000_000,
            message=known.display_message,
            metadata=self._metadata(known, arrival),
            status=known.outcome.result if known.outcome else None,
            status_id=_status(known, meant),
            status_code=known.outcome.result if known.outcome else None,
            status_detail=known.outcome.reason if known.outcome else None,
            observables=_observables(known),
            unmapped=self._unmapped(reading, arrival),
        )
        return msgspec.json.encode(_COMPLETED[meant.ocsf_class](written, known))

    def _metadata(self, event: LogEvent, arrival: Arrival) -> Metadata:
        return Metadata(
            version=VERSION,
            product=_PRODUCT,
            uid=event.uuid,
            event_code=event.event_type,
            correlation_uid=event.transaction.id if event.transaction else None,
            tenant_uid=self._origin.org,
            log_name="System Log",
            log_version=event.version,
            log_level=event.severity,
            original_time=rfc3339(event.moment) if event.moment else None,
            logged_time=arrival.received_ns // 1_000_000,
            tags=self._tags,
        )

    def _unmapped(self, reading: Reading, arrival: Arrival) -> dict[str, msgspec.Raw | Hook]:
        mapped = _WHOLLY_MAPPED if reading.is_whole else set[str]()
        parts: dict[str, msgspec.Raw | Hook] = {
            name: raw for name, raw in reading.members.items() if name not in mapped and given(raw)
        }
        origin = self._origin
        return parts | {"hook": Hook(origin.org, origin.hook_id, origin.cluster, arrival.path)}


def _status(event: LogEvent, meant: Meaning) -> int:
    if meant.ocsf_class is OcsfClass.DETECTION_FINDING:
        return _FINDING_STATUSES.get(meant.activity_id, OTHER)
    result = event.outcome.result if event.outcome else None
    return _STATUSES.get(result, OTHER) if result else 0


def _observables(event: LogEvent) -> tuple[Observable, ...]:
    """Addresses and ids of users, wherever in the event they are."""
    addresses = [Observable("ip", _ADDRESS, ip) for ip in passed_by(event)]
    users = [] if event.actor is None else [event.actor]
    users += [target for target in event.target or () if target.type == "User"]
    ids = dict.fromkeys(user.id for user in users if user.id)
    return (*addresses, *(Observable("user.uid", _USER, uid) for uid in ids))


def _base_event(written: OcsfEvent, _event: LogEvent) -> OcsfEvent:
    return written


def _detection_finding(written: OcsfEvent, event: LogEvent) -> OcsfEvent:
    types = (event.event_type,) if event.event_type else ()
    risk = event.security_context.risk if event.security_context else None
    return replace(
        written,
        finding_info=FindingInfo(event.uuid or "", event.display_message, types, written.time),
        evidences=(Evidence(people.actor(event), places.source(event), people.user(event)),),
        resources=people.resources(event),
        risk_level=risk.level if risk else None,
        risk_level_id=_RISKS.get(risk.level, OTHER) if risk and risk.level else None,
    )


def _account_change(written: OcsfEvent, event: LogEvent) -> OcsfEvent:
    return replace(_requested(written, event), user=people.user(event))


def _authentication(written: OcsfEvent, event: LogEvent) -> OcsfEvent:
    return replace(
        _requested(written, event),
        user=people.signed_in(event),
        service=people.service(event),
        session=people.session(event),
        is_mfa=True if event.event_type == "user.authentication.auth_via_mfa" else None,
    )


def _entity_management(written: OcsfEvent, event: LogEvent) -> OcsfEvent:
    return replace(_requested(written, event), entity=people.entity(event))


def _user_access(written: OcsfEvent, event: LogEvent) -> OcsfEvent:
    return replace(
        _requested(written, event),
        user=people.user(event),
        privileges=people.privileges(event),
        resources=people.resources(event),
    )


def _group_management(written: OcsfEvent, event: LogEvent) -> OcsfEvent:
    return replace(_requested(written, event), group=people.group(event), user=people.member(event))


def _api_activity(written: OcsfEvent, event: LogEvent) -> OcsfEvent:
    return replace(
        _requested(written, event),
        actor=people.actor(event) or people.UNKNOWN_ACTOR,
        api=Api(event.event_type or "", Service("Okta")),
        src_endpoint=places.caller(event),
        resources=people.resources(event),
    )


def _requested(written: OcsfEvent, event: LogEvent) -> OcsfEvent:
    return replace(
        written,
        actor=people.actor(event),
        src_endpoint=places.source(event),
        http_request=places.http_request(event),
    )


_COMPLETED: Mapping[OcsfClass, Callable[[OcsfEvent, LogEvent], OcsfEvent]] = {
    OcsfClass.BASE_EVENT: _base_event,
    OcsfClass.DETECTION_FINDING: _detection_finding,
    OcsfClass.ACCOUNT_CHANGE: _account_change,
    OcsfClass.AUTHENTICATION: _authentication,
    OcsfClass.ENTITY_MANAGEMENT: _entity_management,
    OcsfClass.USER_ACCESS: _user_access,
    OcsfClass.GROUP_MANAGEMENT: _group_management,
    OcsfClass.API_ACTIVITY: _api_activity,
}
"""An event with what its class has besides what every class has."""
