"""`/clock`: what Okta's clock shows, its speed, and setting it ahead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from aiohttp import web

from okta_simulator.clock import Clock, possible_speed
from okta_simulator.control.api import Operation, body_of
from okta_simulator.control.messages import ClockChange, ClockState
from okta_simulator.errors import validation_failed


@dataclass(frozen=True)
class ClockControl:
    """Reads and changes the clock."""

    clock: Clock

    def operations(self) -> Sequence[Operation]:
        """The operations on the clock."""
        return [Operation("GET", "/clock", self._show), Operation("POST", "/clock", self._change)]

    async def _show(self, _: web.Request) -> ClockState:
        return ClockState(now=self.clock.now(), speed=self.clock.speed)

    async def _change(self, request: web.Request) -> ClockState:
        change = await body_of(request, ClockChange)
        try:
            speed = self.clock.speed if change.speed is None else possible_speed(change.speed)
            self.clock.advance(timedelta(seconds=change.advance_seconds))
        except (ValueError, OverflowError) as error:
            raise validation_failed("clock", str(error)) from error
        self.clock.set_speed(speed)
        return await self._show(request)
