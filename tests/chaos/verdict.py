"""What has to be true in the end. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

_MOST_SHOWN = 3


@dataclass(frozen=True)
class Ending:
    """How a run ended.

    Args:
        emitted: The uuids of all events that the hook was subscribed to.
        at_sink: Those that are at the sink.
        altered: Those that came to it again with other content.
        repeats: How many came to it again, the same.
        allowed_repeats: How many of these killed dispatchers and lost answers explain.
        hooks: How many Okta holds.
        conditions: The status of each condition, with its reason and sentence.
        unnamed: Incidents that the status did not name while they lasted, with what it said instead.
    """

    emitted: Sequence[str]
    at_sink: frozenset[str]
    altered: Sequence[str] = ()
    repeats: int = 0
    allowed_repeats: int = 0
    hooks: int = 1
    conditions: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    unnamed: Mapping[str, str] = field(default_factory=dict)


def faults(ending: Ending) -> Iterator[str]:
    """What is not as it has to be, in sentences."""
    emitted = frozenset(ending.emitted)
    for uuids, what in (
        (emitted - ending.at_sink, "were emitted and are not at the sink"),
        (ending.at_sink - emitted, "are at the sink and were not due"),
        (frozenset(ending.altered), "came to the sink again with other content"),
    ):
        if uuids:
            yield f"{len(uuids)} events {what}: {', '.join(sorted(uuids)[:_MOST_SHOWN])}"
    if ending.repeats > ending.allowed_repeats:
        yield f"{ending.repeats} events came to the sink again; no more than {ending.allowed_repeats} are explained"
    if ending.hooks != 1:
        yield f"Okta holds {ending.hooks} hooks"
    for name, (status, told) in sorted(ending.conditions.items()):
        if status != "True":
            yield f"{name} is {status}: {told}"
    for incident, said in sorted(ending.unnamed.items()):
        yield f"the status did not name `{incident}`; it said {said or 'nothing'}"
