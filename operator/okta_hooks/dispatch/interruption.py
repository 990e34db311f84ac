"""Letting a step end when its task is cancelled: what was handed to a sink is better written down than sent again."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from datetime import timedelta
from typing import TypeVar

T = TypeVar("T")


async def finish(step: Coroutine[None, None, T], *, grace: timedelta) -> T:
    """Do a step; when the caller is cancelled meanwhile, let it end by itself, but not for longer than a grace.

    Raises:
        asyncio.CancelledError: The caller was cancelled; the step has ended, or was cancelled too.
    """
    task = asyncio.ensure_future(step)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait([task], timeout=grace.total_seconds())
        task.cancel()
        await asyncio.wait([task])
        if not task.cancelled():
            task.exception()  # seen: the cancellation is what the caller is told
        raise
