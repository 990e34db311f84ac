"""The event loop of a process that listens."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Coroutine


def run_loop(main: Coroutine[object, object, None]) -> None:
    """Run a process' main coroutine, on uvloop where there is one."""
    if sys.platform == "linux":
        import uvloop  # noqa: PLC0415 -- not where the package does not exist

        uvloop.run(main)
    else:
        asyncio.run(main)
