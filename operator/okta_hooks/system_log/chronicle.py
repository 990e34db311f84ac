"""What Okta wrote down about hooks themselves: deliveries that it gave up, and who did what to a hook. Pure.

The seven types `event_hook.*` are documented by name only, so their entries are read loosely: a hook is whatever target
or piece of debug data looks like the id of one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Literal, get_args

import msgspec

from okta_hooks.system_log.entry import LogEntry

Deed = Literal["created", "updated", "deleted", "activated", "deactivated", "verified"]

DELIVERY = "event_hook.delivery"
"""Written only where a delivery has failed."""
EVENT_TYPES = frozenset({DELIVERY, *(f"event_hook.{deed}" for deed in get_args(Deed))})
"""Every type of entry about hooks (Okta's catalogue of event types)."""

_MOST_HOOKS = 100
_MOST_UUIDS = 300
_LONGEST_TEXT = 300
_HOOK_ID = re.compile(r"\bwho[0-9A-Za-z]{17}\b")
_NAMES = {f"event_hook.{deed}": deed for deed in get_args(Deed)}


class Done(msgspec.Struct, frozen=True, rename="camel"):
    """Something that somebody did to a hook.

    Attributes:
        by: Who; empty where Okta does not say.
        at_ns: When, in nanoseconds of Unix time, by Okta's clock.
    """

    by: str
    at_ns: int


class HookChronicle(msgspec.Struct, frozen=True, rename="camel"):
    """What is known of one hook.

    Attributes:
        failures: How many deliveries Okta gave up.
        failed_at_ns: When the last of them was, in nanoseconds of Unix time by Okta's clock; 0 where there was none.
        reason: Why, in Okta's words; empty where it does not say.
        done: What was done to the hook last, by what it was.
    """

    failures: int = 0
    failed_at_ns: int = 0
    reason: str = ""
    done: Mapping[Deed, Done] = msgspec.field(default_factory=dict)


class Chronicle(msgspec.Struct, frozen=True, rename="camel"):
    """What is known of the hooks of an organisation, those last that something was written about last.

    Attributes:
        hooks: By the id of the hook; an entry of which no hook can be told counts for none.
        counted: Identities of the failures that were counted last, so that a page that comes again counts once.
    """

    hooks: Mapping[str, HookChronicle] = msgspec.field(default_factory=dict)
    counted: tuple[str, ...] = ()

    def of(self, hook_id: str) -> HookChronicle:
        """What is known of a hook."""
        return self.hooks.get(hook_id, HookChronicle())

    def with_entries(self, entries: Iterable[LogEntry]) -> Chronicle:
        """The same once these were read."""
        chronicle = self
        for entry in entries:
            if entry.event_type in EVENT_TYPES:
                chronicle = chronicle._with(entry)
        return chronicle

    def _with(self, entry: LogEntry) -> Chronicle:
        hooks, counted = dict(self.hooks), self.counted
        if entry.event_type == DELIVERY:
            if entry.uuid in counted:
                return self
            counted = (*counted, entry.uuid)[-_MOST_UUIDS:] if entry.uuid else counted
        for hook_id in hook_ids(entry):
            hooks[hook_id] = _told(hooks.pop(hook_id, HookChronicle()), entry)
        newest = dict(list(hooks.items())[-_MOST_HOOKS:])
        return Chronicle(newest, counted)


def hook_ids(entry: LogEntry) -> tuple[str, ...]:
    """The hooks that an entry is about, each once."""
    named = (*(target.id for target in entry.targets), *entry.debug_data.values())
    return tuple(dict.fromkeys(found for text in named for found in _HOOK_ID.findall(text)))


def _told(known: HookChronicle, entry: LogEntry) -> HookChronicle:
    at = entry.published_ns
    if entry.event_type == DELIVERY:
        is_last = at >= known.failed_at_ns
        return msgspec.structs.replace(
            known,
            failures=known.failures + 1,
            failed_at_ns=max(at, known.failed_at_ns),
            reason=entry.outcome.reason[:_LONGEST_TEXT] if is_last else known.reason,
        )
    deed = _NAMES[entry.event_type]
    before = known.done.get(deed)
    if entry.outcome.result == "FAILURE" or (before is not None and before.at_ns > at):
        return known
    return msgspec.structs.replace(known, done={**known.done, deed: Done(entry.actor.name[:_LONGEST_TEXT], at)})
