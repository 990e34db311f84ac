"""Events that wait to be delivered, by hook."""

from __future__ import annotations

import asyncio
from collections import deque
from itertools import islice

from okta_simulator.event_hooks.envelope import Waiting


class Outbox:
    """Queues of waiting events, one for each hook that has any.

    Whoever empties the queues learns of each new one by `next_hook`, and ends it by `close` once it is empty.

    Args:
        most_waiting: Events that one queue holds at most.
    """

    def __init__(self, most_waiting: int) -> None:
        self._most_waiting = most_waiting
        self._queues: dict[str, deque[Waiting]] = {}
        self._opened: asyncio.Queue[str] = asyncio.Queue()  # never longer than there are hooks

    def put(self, hook_id: str, event: Waiting) -> bool:
        """Let an event wait for a hook; False when too many wait already."""
        queue = self._queues.get(hook_id)
        if queue is None:
            queue = self._queues[hook_id] = deque()
            self._opened.put_nowait(hook_id)
        if len(queue) >= self._most_waiting:
            return False
        queue.append(event)
        return True

    async def next_hook(self) -> str:
        """A hook whose queue is new; each is handed out once."""
        return await self._opened.get()

    def waiting(self, hook_id: str) -> int:
        """How many events wait for a hook."""
        return len(self._queues.get(hook_id, ()))

    def take(self, hook_id: str, most: int) -> list[Waiting]:
        """The events that have waited longest."""
        queue = self._queues[hook_id]
        taken = list(islice(queue, most))
        for _ in taken:
            queue.popleft()
        return taken

    def close(self, hook_id: str) -> None:
        """End an empty queue; the next event of the hook begins a new one."""
        del self._queues[hook_id]
