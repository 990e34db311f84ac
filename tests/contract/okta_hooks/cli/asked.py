"""A dispatcher that runs, with somebody who asks it, and events for it."""

from __future__ import annotations

from dataclasses import dataclass

from dispatching.process import RunningProcess
from dispatching.statistics import numbers
from okta_hooks.cli.cluster.dispatcher import Dispatcher
from okta_hooks.journal import LogAppender, Record
from samples.dispatch import until

SECOND = 1_000_000_000
BEGIN = 1_700_000_000 * SECOND  # 2023-11-14T22:13:20Z
UNWRITABLE = b"on two\nlines, and no JSON"
"""An event that no format can put on one line, so that it becomes a dead letter at once."""


@dataclass(frozen=True)
class Asked:
    """A dispatcher, who asks it, and what the receiver does in the meantime."""

    dispatcher: Dispatcher
    journal: LogAppender
    process: RunningProcess
    port: int

    async def receive(self, *records: Record) -> None:
        """Let events come in, and every sink have had them."""
        await self.journal.append(list(records))
        await self.settled(len(records))

    async def settled(self, unique: int) -> None:
        """Return once so many events are known, and no sink is behind."""

        def has_all() -> bool:
            now = numbers(self.port)
            return sum(now.unique.values()) >= unique and all(sink.backlog == 0 for sink in now.sinks.values())

        await until(has_all)


def event(number: int, *, event_type: str = "user.session.start") -> Record:
    """The event of that number, received so many seconds after the first."""
    content = b'{"uuid":"uuid-%d","eventType":"%s","n":%d}' % (number, event_type.encode(), number)
    return Record(f"uuid-{number}", content, BEGIN + number * SECOND)


def unwritable(number: int) -> Record:
    """An event that becomes a dead letter."""
    return Record(f"uuid-{number}", UNWRITABLE, BEGIN + number * SECOND)
