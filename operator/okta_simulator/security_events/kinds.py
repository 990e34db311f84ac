"""The kinds of security events that Okta takes in, and what each must say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from okta_simulator.json_values import Json, JsonObject

_LEVELS = frozenset({"low", "medium", "high", "secure", "none"})
_COMPLIANCE = frozenset({"compliant", "not-compliant"})
_ENTITIES = frozenset({"admin", "user", "policy", "system"})
_ANY: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Kind:
    """A kind of event.

    Args:
        word: What Okta's errors call it; of `mediationDeviceComplianceChangeEvent` there is a sample, the others are
            made like it.
        claims: The required text claims, and what they may say; nothing means anything.
        gives_reason: Whether `reason_admin` or `reason_user` must say why.
    """

    word: str
    claims: Mapping[str, frozenset[str]]
    gives_reason: bool = True


_OKTA = "https://schemas.okta.com/secevent/okta/event-type/"
_CAEP = "https://schemas.openid.net/secevent/caep/event-type/"
_RISC = "https://schemas.openid.net/secevent/risc/event-type/"

USER_RISK_CHANGE = _OKTA + "user-risk-change"

KINDS: Mapping[str, Kind] = {
    USER_RISK_CHANGE: Kind("mediationUserRiskChangeEvent", {"current_level": _LEVELS, "previous_level": _LEVELS}),
    _OKTA + "device-risk-change": Kind(
        "mediationDeviceRiskChangeEvent", {"current_level": _LEVELS, "previous_level": _LEVELS}
    ),
    _OKTA + "ip-change": Kind("mediationIpChangeEvent", {"current_ip_address": _ANY, "previous_ip_address": _ANY}),
    _CAEP + "session-revoked": Kind("caepSessionRevokedEvent", {}),
    _CAEP + "device-compliance-change": Kind(
        "mediationDeviceComplianceChangeEvent", {"current_status": _COMPLIANCE, "previous_status": _COMPLIANCE}
    ),
    _RISC + "identifier-changed": Kind("riscIdentifierChangedEvent", {}, gives_reason=False),
}


def complaint(event_type: str, event: Json) -> str | None:
    """What is wrong with an event, in Okta's words; None where nothing is."""
    kind = KINDS.get(event_type)
    if kind is None:
        return f"'events': The event type {event_type} is not supported"
    if not isinstance(event, dict):
        return f"'events.{kind.word}': The field must be an object"
    return next((wrong for wrong in _complaints(kind, event) if wrong), None)


def _complaints(kind: Kind, event: JsonObject) -> list[str | None]:
    timestamp, subjects = event.get("event_timestamp"), event.get("subjects")
    entity = event.get("initiating_entity")
    return [
        None if isinstance(timestamp, int) and not isinstance(timestamp, bool) else _blank(kind, "event_timestamp"),
        None if isinstance(subjects, dict) and subjects else _blank(kind, "subjects"),
        *(_about_text(kind, event, name, allowed) for name, allowed in kind.claims.items()),
        None if entity is None or entity in _ENTITIES else _invalid(kind, "initiating_entity"),
        None if not kind.gives_reason or _has_reason(event) else _blank(kind, "reason_admin"),
    ]


def _about_text(kind: Kind, event: JsonObject, name: str, allowed: frozenset[str]) -> str | None:
    value = event.get(name)
    if not value:
        return _blank(kind, name)
    if not isinstance(value, str) or (allowed and value not in allowed):
        return _invalid(kind, name)
    return None


def _has_reason(event: JsonObject) -> bool:
    return any(
        isinstance(reason, dict) and isinstance(reason.get("en"), str)
        for reason in (event.get("reason_admin"), event.get("reason_user"))
    )


def _blank(kind: Kind, name: str) -> str:
    return f"'events.{kind.word}.{_camel(name)}': The field cannot be left blank"


def _invalid(kind: Kind, name: str) -> str:
    return f"'events.{kind.word}.{_camel(name)}': The value is not valid"


def _camel(name: str) -> str:
    """Okta's errors print snake case in camel case (specification of `SecurityEventTokenError`)."""
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)
