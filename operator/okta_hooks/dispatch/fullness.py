"""Which sinks hold nothing back: those that say `Skip`, while the journal is nearly full."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection

from okta_hooks.dispatch.configuration import Configuration, OnFull

_NEARLY = 0.9
"""Of the size at which the receiver refuses; what is left is for what comes until the journal has dropped something."""


class Fullness:
    """Tells which.

    Args:
        used_bytes: Tells how large the journal is.
        configuration: What is in force.
    """

    def __init__(self, used_bytes: Callable[[], Awaitable[int]], configuration: Callable[[], Configuration]) -> None:
        self._used_bytes = used_bytes
        self._configuration = configuration

    async def yielding(self) -> Collection[str]:
        """The sinks' names."""
        configuration = self._configuration()
        skipping = [sink.name for sink in configuration.sinks if sink.on_full is OnFull.SKIP]
        if not skipping or configuration.journal_max_bytes is None:
            return ()
        return skipping if await self._used_bytes() >= _NEARLY * configuration.journal_max_bytes else ()
