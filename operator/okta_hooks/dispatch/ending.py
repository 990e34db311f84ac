"""Tasks that end together: with whoever started them, or with the first that fails."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Never


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
