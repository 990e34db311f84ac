"""Searching a time of the System Log for events that never came, and bringing them. Page by page, oldest first.

It may be cut at any point and begun again where the last page ended: what was brought is known from then on, and what
is brought twice is sorted out by the dispatcher like any repeat.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from okta_hooks.system_log.due import Due, Duty
from okta_hooks.system_log.entry import LogEntry
from okta_hooks.system_log.port import LogSearch
from okta_hooks.system_log.windows import MILLISECOND, Window

_MOST_BYTES = 4 << 20
"""Of events that are brought at once: a receiver takes 15 MiB, and all that is held here is held in its memory too."""


class PodUnavailable(Exception):
    """A hook's pod can't say or take anything now; the sentence says why. It is asked again later."""


class Pod(Protocol):
    """What runs for a hook, as a back-fill sees it. Every method may raise `PodUnavailable`."""

    async def unknown(self, uuids: Sequence[str]) -> frozenset[str]:
        """Those of some uuids under which no event has ever come."""
        ...

    async def bring(self, events: Sequence[bytes]) -> None:
        """Give it events, as the System Log has them; when this returns they are on stable storage."""
        ...


@dataclass(frozen=True)
class Searched:
    """What came of a part of a search.

    Args:
        window: The part.
        missed: Events that should have come and did not.
        undecided: Events that did not come, and of which nobody here knows whether they should have.
        brought: How many of the missed were brought.
    """

    window: Window
    missed: int = 0
    undecided: int = 0
    brought: int = 0


async def search(window: Window, log: LogSearch, pod: Pod, due: Due, *, bring: bool) -> AsyncGenerator[Searched, None]:
    """Search a time, a page at a time; the parts that come out follow each other and make up the whole of it.

    Args:
        window: The time.
        log: Where.
        pod: Knows what came, and takes what did not.
        due: What should have come.
        bring: Whether what did not come is brought.

    Raises:
        OktaError: The log could not be read on; what came out before stands.
        PodUnavailable: The pod could not be asked, or did not take events; what came out before stands.
    """
    part = Searched(Window(window.since_ns, window.until_ns))
    pages = log.entries(since_ns=window.since_ns, until_ns=window.until_ns, event_types=due.event_types)
    async for page in pages:
        missing, undecided = await _missing(page, pod, due)
        if bring:
            for some in portions(missing):
                await pod.bring(some)
        part = replace(
            part,
            missed=part.missed + len(missing),
            undecided=part.undecided + undecided,
            brought=part.brought + (len(missing) if bring else 0),
        )
        reached = _reached(page, window)
        if reached > part.window.since_ns:
            yield replace(part, window=Window(part.window.since_ns, reached))
            part = Searched(Window(reached, window.until_ns))
    yield part


async def _missing(page: Sequence[LogEntry], pod: Pod, due: Due) -> tuple[Sequence[LogEntry], int]:
    """The entries that should have come and did not, each once; and how many did not and may not have had to."""
    duties = {entry.uuid: (entry, due.duty(entry)) for entry in page}
    expected = {uuid: told for uuid, told in duties.items() if told[1] is not Duty.LEAVE_OUT}
    unknown = await pod.unknown(list(expected)) if expected else frozenset()
    never_came = [told for uuid, told in expected.items() if uuid in unknown]
    missing = [entry for entry, duty in never_came if duty is Duty.DELIVER]
    return missing, len(never_came) - len(missing)


def portions(entries: Sequence[LogEntry]) -> Iterator[Sequence[bytes]]:
    """The JSON of entries, in their order, as many at a time as a receiver takes."""
    portion, size = list[bytes](), 0
    for entry in entries:
        if portion and size + len(entry.payload) > _MOST_BYTES:
            yield portion
            portion, size = [], 0
        portion.append(entry.payload)
        size += len(entry.payload)
    if portion:
        yield portion


def _reached(page: Sequence[LogEntry], window: Window) -> int:
    """Up to when everything has been seen: the next page may begin in the same millisecond as this one ends."""
    last = max((entry.published_ns for entry in page), default=0) // MILLISECOND * MILLISECOND
    return min(last, window.until_ns - 1)
