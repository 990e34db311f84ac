"""The fields under `okta`: named and typed as in Elastic's integration for Okta.

So its index template, dashboards and detection rules fit. What the integration has no field for is under
`okta.unmapped`, as Okta wrote it.
"""

from __future__ import annotations

import msgspec

from okta_hooks.formats.addresses import address
from okta_hooks.formats.log_event import (
    ABSENT,
    Actor,
    AuthenticationContext,
    Client,
    DebugContext,
    DebugData,
    LogEvent,
    Outcome,
    Part,
    SecurityContext,
    Target,
    Transaction,
    given,
)
from okta_hooks.formats.reading import Members, Reading, part


class _Fields(msgspec.Struct, frozen=True, omit_defaults=True):
    """What all of them have in common."""


class _Actor(_Fields, frozen=True):
    id: str | None = None
    type: str | None = None
    alternate_id: str | None = None
    display_name: str | None = None
    detail_entry: msgspec.Raw | None = msgspec.field(default=None, name="detailEntry")


class _Target(_Actor, frozen=True):
    change_details: msgspec.Raw | None = msgspec.field(default=None, name="changeDetails")


class _UserAgent(_Fields, frozen=True):
    raw_user_agent: str | None = None
    os: str | None = None
    browser: str | None = None


class _Client(_Fields, frozen=True):
    id: str | None = None
    ip: str | None = None
    device: str | None = None
    zone: str | None = None
    user_agent: _UserAgent | None = None


class _Outcome(_Fields, frozen=True):
    result: str | None = None
    reason: str | None = None


class _Transaction(_Fields, frozen=True):
    id: str | None = None
    type: str | None = None
    detail: msgspec.Raw | None = None


class _Issuer(_Fields, frozen=True):
    id: str | None = None
    type: str | None = None


class _AuthenticationContext(_Fields, frozen=True):
    authentication_provider: str | None = None
    authentication_step: int | None = None
    credential_provider: str | None = None
    credential_type: str | None = None
    external_session_id: str | None = None
    interface: str | None = None
    issuer: _Issuer | None = None


class _Organization(_Fields, frozen=True):
    name: str | None = None


class _AutonomousSystem(_Fields, frozen=True):
    number: int | None = None
    organization: _Organization | None = None


class _Risk(_Fields, frozen=True):
    level: str | None = None
    previous_level: str | None = None
    detection_name: str | None = None
    reasons: list[str] | None = None


class _SecurityContext(_Fields, frozen=True):
    autonomous_system: _AutonomousSystem | None = msgspec.field(default=None, name="as")
    isp: str | None = None
    domain: str | None = None
    is_proxy: bool | None = None
    risk: _Risk | None = None
    user_behaviors: msgspec.Raw | None = None


class _DebugData(_Fields, frozen=True):
    device_fingerprint: str | None = None
    dt_hash: str | None = None
    factor: str | None = None
    request_id: str | None = None
    request_uri: str | None = None
    threat_suspected: str | None = None
    url: str | None = None
    flattened: msgspec.Raw | None = None


class _DebugContext(_Fields, frozen=True):
    debug_data: _DebugData | None = None


class _Request(_Fields, frozen=True):
    ip_chain: msgspec.Raw | None = None


class Hook(_Fields, frozen=True):
    """By which hook the event came, and how: ours, not the integration's."""

    org: str
    path: str
    id: str = ""


class Okta(_Fields, frozen=True):
    """All of them."""

    hook: Hook
    uuid: str | None = None
    event_type: str | None = None
    version: str | None = None
    severity: str | None = None
    display_message: str | None = None
    actor: _Actor | None = None
    client: _Client | None = None
    outcome: _Outcome | None = None
    target: list[_Target] | None = None
    transaction: _Transaction | None = None
    authentication_context: _AuthenticationContext | None = None
    security_context: _SecurityContext | None = None
    debug_context: _DebugContext | None = None
    request: _Request | None = None
    unmapped: dict[str, msgspec.Raw] | None = None


class _Chain(Part, frozen=True):
    ip_chain: msgspec.Raw = ABSENT


_HAVE_A_FIELD = {field.encode_name for field in msgspec.structs.fields(LogEvent)} - {"legacyEventType"}


def okta_fields(reading: Reading, hook: Hook) -> Okta:
    """The fields of an event."""
    event = reading.event
    return Okta(
        hook=hook,
        uuid=event.uuid,
        event_type=event.event_type,
        version=event.version,
        severity=event.severity,
        display_message=event.display_message,
        actor=_actor(event.actor),
        client=_client(event.client),
        outcome=_outcome(event.outcome),
        target=[_target(target) for target in event.target] if event.target else None,
        transaction=_transaction(event.transaction),
        authentication_context=_authentication_context(event.authentication_context),
        security_context=_security_context(event.security_context),
        debug_context=_debug_context(event.debug_context),
        request=_request(reading.members),
        unmapped=_unmapped(reading.members) or None,
    )


def _actor(actor: Actor | None) -> _Actor | None:
    if actor is None:
        return None
    return _Actor(actor.id, actor.type, actor.alternate_id, actor.display_name, given(actor.detail_entry))


def _target(target: Target) -> _Target:
    return _Target(
        target.id,
        target.type,
        target.alternate_id,
        target.display_name,
        given(target.detail_entry),
        given(target.change_details),
    )


def _outcome(outcome: Outcome | None) -> _Outcome | None:
    return _Outcome(outcome.result, outcome.reason) if outcome else None


def _transaction(transaction: Transaction | None) -> _Transaction | None:
    if transaction is None:
        return None
    return _Transaction(transaction.id, transaction.type, given(transaction.detail))


def _authentication_context(context: AuthenticationContext | None) -> _AuthenticationContext | None:
    if context is None:
        return None
    return _AuthenticationContext(
        authentication_provider=context.authentication_provider,
        authentication_step=context.authentication_step,
        credential_provider=context.credential_provider,
        credential_type=context.credential_type,
        external_session_id=context.external_session_id,
        interface=context.interface,
        issuer=_Issuer(context.issuer.id, context.issuer.type) if context.issuer else None,
    )


def _client(client: Client | None) -> _Client | None:
    if client is None:
        return None
    agent = client.user_agent
    return _Client(
        id=client.id,
        ip=address(client.ip_address),
        device=client.device,
        zone=client.zone,
        user_agent=_UserAgent(agent.raw_user_agent, agent.os, agent.browser) if agent else None,
    )


def _security_context(context: SecurityContext | None) -> _SecurityContext | None:
    if context is None:
        return None
    organization = _Organization(context.as_org) if context.as_org else None
    risk = context.risk
    return _SecurityContext(
        autonomous_system=_AutonomousSystem(context.as_number, organization) if context.as_number else None,
        isp=context.isp,
        domain=context.domain,
        is_proxy=context.is_proxy,
        risk=_Risk(risk.level, risk.previous_level, risk.detection_name, risk.reasons) if risk else None,
        user_behaviors=given(context.user_behaviors),
    )


def _debug_context(context: DebugContext | None) -> _DebugContext | None:
    if context is None or not given(context.debug_data):
        return None
    known = part(DebugData, context.debug_data)
    return _DebugContext(
        _DebugData(
            device_fingerprint=known.device_fingerprint,
            dt_hash=known.dt_hash,
            factor=known.factor,
            request_id=known.request_id,
            request_uri=known.request_uri,
            threat_suspected=known.threat_suspected,
            url=known.url,
            flattened=context.debug_data,
        )
    )


def _request(members: Members) -> _Request | None:
    """The addresses that the request came through, wherever Okta has put them."""
    for name in ("request", "client"):
        if name in members and (chain := given(part(_Chain, members[name]).ip_chain)):
            return _Request(chain)
    return None


def _unmapped(members: Members) -> dict[str, msgspec.Raw]:
    return {name: raw for name, raw in members.items() if name not in _HAVE_A_FIELD and given(raw)}
