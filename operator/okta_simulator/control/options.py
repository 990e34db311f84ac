"""`/options`: what was chosen of the organisation when it started."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from aiohttp import web

from okta_simulator.control.api import Operation
from okta_simulator.options import Options


@dataclass(frozen=True)
class OptionsControl:
    """Shows the options; they can't be changed while the organisation runs."""

    options: Options

    def operations(self) -> Sequence[Operation]:
        """The operation on options."""
        return [Operation("GET", "/options", self._show)]

    async def _show(self, _: web.Request) -> Options:
        return self.options
