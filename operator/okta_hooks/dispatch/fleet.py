"""One worker a sink, as configured."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from okta_hooks.dispatch.configuration import Configuration, SinkConfiguration
from okta_hooks.dispatch.latency import Latencies
from okta_hooks.dispatch.ledger import Ledger
from okta_hooks.dispatch.worker import SinkWorker
from okta_hooks.formats import Origin
from okta_hooks.journal import Position
from okta_hooks.routing import RouteSettings, leading_to

_LOGGER = logging.getLogger(__name__)

SinkRouting = tuple[RouteSettings, ...] | None
"""The routes to a sink; None where it gets everything."""
Order = tuple[SinkConfiguration, Origin, SinkRouting]
"""All that is configured for a sink; a worker stays as long as it is the same."""
Recruit = Callable[[SinkConfiguration, Origin, SinkRouting], SinkWorker]
"""Makes the worker of a sink."""


@dataclass(frozen=True)
class _Post:
    """A worker at work."""

    order: Order
    worker: SinkWorker
    task: asyncio.Task[None]


class Fleet:
    """The workers.

    Args:
        group: Where their tasks run.
        ledger: Where their cursors are.
        recruit: Makes them.
    """

    def __init__(self, group: asyncio.TaskGroup, ledger: Ledger, recruit: Recruit) -> None:
        self._group = group
        self._ledger = ledger
        self._recruit = recruit
        self._posts: dict[str, _Post] = {}

    @property
    def workers(self) -> Mapping[str, SinkWorker]:
        """Who serves which sink."""
        return {name: post.worker for name, post in self._posts.items()}

    @property
    def latencies(self) -> Mapping[str, Latencies]:
        """How long live events of each sink took, since its worker began."""
        return {name: post.worker.latencies for name, post in self._posts.items()}

    async def apply(self, configuration: Configuration, *, passed: Position, newest: Position | None) -> None:
        """Serve the sinks of a configuration, and no others; those that stay the same don't notice.

        Args:
            configuration: What to do.
            passed: Where a sink without a cursor begins: what is before, every sink had that there was.
            newest: The journal's end, if it can be told: a sink that has all before it may go without being named in
                `removed_sinks`.
        """
        wanted = {sink.name: _order(configuration, sink) for sink in configuration.sinks}
        await self._retire([name for name, post in self._posts.items() if wanted.get(name) != post.order])
        for name in set(self._ledger.cursors) - wanted.keys() - set(configuration.awaited_sinks):
            has_all = newest is not None and self._ledger.cursors[name].place >= newest
            await self._part_with(name, may_go=has_all or name in configuration.removed_sinks)
        for name, order in wanted.items():
            if name not in self._posts:
                await self._ledger.begin(name, passed)
                self._start(name, order)

    def _start(self, name: str, order: Order) -> None:
        worker = self._recruit(*order)
        task = self._group.create_task(worker.run(), name=f"sink {name}")
        self._posts[name] = _Post(order, worker, task)

    async def _retire(self, names: Sequence[str]) -> None:
        """Let workers end what they have begun, all at the same time."""
        tasks = [self._posts.pop(name).task for name in names]
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.wait(tasks)

    async def _part_with(self, name: str, *, may_go: bool) -> None:
        if may_go:
            await self._ledger.forget(name, now_ns=time.time_ns())
            _LOGGER.info("the sink %s is removed", name)
            return
        _LOGGER.warning(
            "the sink %s is gone and has not had everything, so its cursor is kept and holds the journal back: bring "
            "the sink back, or name it in removedSinks to give its backlog up",
            name,
        )


def _order(configuration: Configuration, sink: SinkConfiguration) -> Order:
    return sink, configuration.origin, leading_to(sink.name, configuration.routes)
