"""The task that follows the configuration."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import timedelta

from okta_hooks.dispatch.configuration import Configuration, ConfigurationFile
from okta_hooks.dispatch.fleet import Fleet
from okta_hooks.journal import BEGINNING, JournalFailed, Position, Reader, Retention
from okta_hooks.routing import RouteTable

_LOGGER = logging.getLogger(__name__)


class Steering:
    """Keeps the workers to the newest configuration that can be used.

    Args:
        file: Where it is.
        fleet: The workers.
        passed: What every cursor has passed; a new sink begins there.
        reader: The journal, as it fails.
        first: The configuration to begin with.
    """

    def __init__(
        self, file: ConfigurationFile, fleet: Fleet, *, passed: Retention, reader: Reader, first: Configuration
    ) -> None:
        self._file = file
        self._fleet = fleet
        self._passed = passed
        self._reader = reader
        self._current = first
        self.route_troubles: Mapping[str, str | None] = {}
        """Every route, each with why it takes nothing."""

    def window(self) -> timedelta:
        """For how long a back-fill may bring what the journal no longer holds."""
        return timedelta(hours=self._current.backfill_hours)

    @property
    def configuration(self) -> Configuration:
        """What is in force."""
        return self._current

    @property
    def trouble(self) -> str | None:
        """Why the newest configuration is not in force."""
        return self._file.trouble

    async def apply(self) -> None:
        """Apply the current configuration."""
        self.route_troubles = {route.name: route.trouble for route in RouteTable(self._current.routes).routes}
        passed, newest = self._passed.read() or BEGINNING, await self._newest()
        await self._fleet.apply(self._current, passed=passed, newest=newest)

    async def run(self) -> None:
        """Apply each later one."""
        async for configuration in self._file.changes(self._current):
            self._current = configuration
            await self.apply()
            _LOGGER.info("the configuration has changed", extra={"sinks": [sink.name for sink in configuration.sinks]})

    async def _newest(self) -> Position | None:
        try:
            return (await self._reader.bounds()).newest
        except JournalFailed:
            return None
