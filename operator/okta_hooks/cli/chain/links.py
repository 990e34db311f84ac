"""The chain from Okta to the sinks: what is at each link, and whether it holds. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

import msgspec

from okta_hooks.api.conditions import ConditionType, Reason
from okta_hooks.api.hook_status import OktaEventHookStatus, SinkStatus
from okta_hooks.api.values import Condition
from okta_hooks.cli.chain.hook import Metadata

_NOT_APPLICABLE = frozenset({Reason.EXTERNAL, Reason.PROBE_OFF, Reason.INACTIVE})
_WARNINGS = frozenset({Reason.CERTIFICATE_EXPIRING})


class Mark(StrEnum):
    """Whether a link holds."""

    HOLDS = "ok"
    WARNS = "!"
    BROKEN = "!!"
    UNKNOWN = "??"
    NOT_APPLICABLE = "--"


class Link(msgspec.Struct, frozen=True, rename="camel"):
    """A link of the chain.

    Attributes:
        mark: Whether it holds.
        name: What it is.
        detail: What was seen of it.
        reason: The reason of its condition.
        message: What is wrong and what to do, where something is.
        since: When that began, as its condition tells.
    """

    mark: Mark
    name: str
    detail: str
    reason: str = ""
    message: str = ""
    since: str = ""

    @property
    def wants_somebody(self) -> bool:
        """Whether there is something to say of it."""
        return bool(self.message) and self.mark in (Mark.BROKEN, Mark.WARNS, Mark.UNKNOWN)


class Chain(msgspec.Struct, frozen=True, rename="camel"):
    """The whole of it.

    Attributes:
        namespace: The hook's namespace.
        name: Its name.
        ready: The status of its condition Ready.
        reason: Why.
        since: Since when.
        links: From Okta to the sinks.
        remarks: What else is to be known, in sentences.
    """

    namespace: str
    name: str
    ready: str
    reason: str
    since: str
    links: tuple[Link, ...]
    remarks: tuple[str, ...]

    @property
    def is_broken(self) -> bool:
        """Whether a link is broken."""
        return any(link.mark is Mark.BROKEN for link in self.links)


def chain(metadata: Metadata, status: OktaEventHookStatus) -> Chain:
    """What a status says."""
    ready = _condition(status, ConditionType.READY)
    return Chain(
        namespace=metadata.namespace,
        name=metadata.name,
        ready=ready.status if ready is not None else "Unknown",
        reason=ready.reason if ready is not None else Reason.PENDING,
        since=ready.last_transition_time if ready is not None else "",
        links=(*_conditions(status), *map(_sink, status.sinks or ())),
        remarks=tuple(_remarks(metadata, status)),
    )


def _conditions(status: OktaEventHookStatus) -> Iterator[Link]:
    yield _link(status, "Hook in Okta", ConditionType.SYNCED, _in_okta(status))
    yield _link(status, "Trusted by Okta", ConditionType.VERIFIED, _trust(status))
    yield _link(status, "Public address", ConditionType.ENDPOINT_REACHABLE, _address(status))
    yield _link(status, "Receiver", ConditionType.RECEIVER_READY, "")
    yield _link(status, "Deliveries", ConditionType.DELIVERING, _deliveries(status))
    yield _link(status, "Sinks", ConditionType.SINKS_HEALTHY, f"{len(status.sinks or ())} in all")


def _link(status: OktaEventHookStatus, name: str, kind: ConditionType, detail: str) -> Link:
    condition = _condition(status, kind)
    if condition is None:
        return Link(Mark.UNKNOWN, name, detail, Reason.PENDING, "The operator has not looked yet: is it running?")
    return Link(
        mark=_mark(condition),
        name=name,
        detail=detail,
        reason=condition.reason,
        message=condition.message,
        since=condition.last_transition_time,
    )


def _mark(condition: Condition) -> Mark:
    if condition.reason in _NOT_APPLICABLE:
        return Mark.NOT_APPLICABLE
    if condition.status == "True":
        return Mark.WARNS if condition.reason in _WARNINGS else Mark.HOLDS
    return Mark.BROKEN if condition.status == "False" else Mark.UNKNOWN


def _in_okta(status: OktaEventHookStatus) -> str:
    org = f"{status.org.url} ({status.org.kind} {status.org.name})" if status.org is not None else "no organization yet"
    hook = f"{status.hook_id or 'no hook yet'}{f', {status.okta.status}' if status.okta is not None else ''}"
    return f"{hook} at {org}"


def _trust(status: OktaEventHookStatus) -> str:
    return status.okta.verification_status if status.okta is not None else ""


def _address(status: OktaEventHookStatus) -> str:
    until = f", certificate until {status.endpoint.certificate_expires}" if status.endpoint is not None else ""
    return f"{status.url or 'none yet'}{until}"


def _deliveries(status: OktaEventHookStatus) -> str:
    seen = status.deliveries
    if seen is None:
        return ""
    last = f", the last at {seen.last_event_time}" if seen.last_event_time is not None else ""
    missed = f", {seen.missed} missed" if seen.missed else ""
    aside = f", {seen.quarantined} put aside" if seen.quarantined else ""
    return f"{seen.received} events{last}{missed}{aside}"


def _sink(sink: SinkStatus) -> Link:
    waits = f", {sink.backlog} wait" if sink.backlog else ""
    oldest = f" since {sink.oldest_event_time}" if sink.backlog and sink.oldest_event_time else ""
    dead = f", {sink.dead_letters} dead letters" if sink.dead_letters else ""
    return Link(
        mark=_mark_of_sink(sink),
        name=f"  {sink.name}",
        detail=f"{sink.state}: {sink.delivered} taken{waits}{oldest}{dead}",
        reason=sink.reason or "",
        message=sink.message or "",
    )


def _mark_of_sink(sink: SinkStatus) -> Mark:
    if sink.reason is not None:
        return Mark.BROKEN
    return Mark.UNKNOWN if sink.state == "Pending" else Mark.HOLDS


def _remarks(metadata: Metadata, status: OktaEventHookStatus) -> Iterator[str]:
    if metadata.deletion_timestamp is not None:
        yield f"It is to be deleted since {metadata.deletion_timestamp}."
    if status.observed_generation < metadata.generation:
        yield "The operator has not looked at the present spec yet: what is above is about the one before."
    stalled = _condition(status, ConditionType.STALLED)
    if stalled is not None and stalled.status == "True":
        yield "The operator can do no more by itself: it waits for somebody."
    repairs = status.repairs
    if repairs is not None and repairs.count:
        times = "once" if repairs.count == 1 else f"{repairs.count} times"
        yield f"It was changed in Okta {times}, last at {repairs.last_time}: {repairs.last_message}"


def _condition(status: OktaEventHookStatus, kind: ConditionType) -> Condition | None:
    return next((each for each in status.conditions if each.type == kind), None)
