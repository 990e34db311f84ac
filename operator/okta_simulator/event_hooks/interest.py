"""Which hooks an event concerns; pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import msgspec

from okta_simulator.event_hooks.filters.parser import condition
from okta_simulator.event_hooks.hook import EventHook
from okta_simulator.events.log_event import LogEvent
from okta_simulator.json_values import JsonObject


@dataclass(frozen=True)
class Interest:
    """The hooks that an event concerns.

    Args:
        concerned: Ids of those that subscribe to its type.
        reached: Ids of those among them whose filter lets it through.
    """

    concerned: tuple[str, ...]
    reached: tuple[str, ...]


def interest(hooks: Iterable[EventHook], event: LogEvent, now: datetime) -> Interest:
    """The active and verified hooks that subscribe to an event's type and whose events flow already."""
    concerned = [
        hook
        for hook in hooks
        if event.event_type in hook.event_types and hook.receives_events and hook.flows_from <= now
    ]
    reached = [hook.id for hook in concerned if _passes(hook, event)]
    return Interest(tuple(hook.id for hook in concerned), tuple(reached))


def _passes(hook: EventHook, event: LogEvent) -> bool:
    return all(condition(one.expression)(event) for one in hook.filters or () if one.event_type == event.event_type)


def naming_hooks(event: LogEvent, hook_ids: Iterable[str]) -> LogEvent:
    """The event with `debugContext.debugData.targetEventHookIds`, as Okta marks what hooks are configured for."""
    joined = ",".join(hook_ids)
    if not joined:
        return event
    context: JsonObject = event.debug_context if isinstance(event.debug_context, dict) else {}
    data = context.get("debugData")
    named = {**(data if isinstance(data, dict) else {}), "targetEventHookIds": joined}
    return msgspec.structs.replace(event, debug_context={**context, "debugData": named})
