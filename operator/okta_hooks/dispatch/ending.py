"""How tasks end: together, with whoever started them or with the first that fails; and by a signal."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Never


class Ending:
    """The wish of a signal that this process end: it breaks off what is only starting, and is waited for by what runs.

    To be made in the task that starts.
    """

    def __init__(self) -> None:
        self._wish = asyncio.Event()
        self._starting = asyncio.current_task()
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, self._take)

    @property
    def is_wished(self) -> bool:
        """Whether a signal came."""
        return self._wish.is_set()

    async def wished(self) -> None:
        """Return once a signal came; from now on it breaks nothing off."""
        self._starting = None
        await self._wish.wait()

    def _take(self) -> None:
        self._wish.set()
        if self._starting is not None:
            self._starting.cancel()


class _Ended(Exception):
    """Whoever started the tasks is done."""


@asynccontextmanager
async def ending_together() -> AsyncIterator[asyncio.TaskGroup]:
    """A group of tasks that never end by themselves; on leaving, they are cancelled.

    Raises:
        Exception: The first error of one of them, which ends the others and the context.
    """
    try:
        async with asyncio.TaskGroup() as group:
            yield group
            _end()
    except BaseExceptionGroup as errors:
        failures = errors.split(_Ended)[1]
        if failures:
            raise _first(failures) from errors


def _end() -> Never:
    raise _Ended


def _first(errors: BaseExceptionGroup[BaseException]) -> BaseException:
    first = errors.exceptions[0]
    return _first(first) if isinstance(first, BaseExceptionGroup) else first
