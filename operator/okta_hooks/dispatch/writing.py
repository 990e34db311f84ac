"""Events written in a sink's format, as soon as they can be."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from okta_hooks.dispatch.batch import Event, Outcome, Prepared
from okta_hooks.dispatch.circuit import Circuit
from okta_hooks.dispatch.judging import Holdup
from okta_hooks.dispatch.preparation import Preparation
from okta_hooks.formats import KeyUnusable
from okta_hooks.journal import Record

_AT_ONCE = 10
"""After so many events others have a turn: an expression that is dear may take a second for one."""


class Writing:
    """Prepares the events of one sink; without the key that its format needs, it waits, and the sink counts as paused.

    Args:
        preparation: What becomes of a record.
        circuit: Says why the sink gets nothing, and how long to wait before the next look.
    """

    def __init__(self, preparation: Preparation, circuit: Circuit) -> None:
        self._preparation = preparation
        self._circuit = circuit

    async def prepare(self, records: Sequence[Record]) -> Prepared:
        """Choose and write, now or when somebody has corrected what is missing."""
        events, outcome = list[Event](), Outcome()
        for first in range(0, len(records), _AT_ONCE):
            some = await self._prepare(records[first : first + _AT_ONCE])
            events += some.events
            outcome.add(some.outcome)
            await asyncio.sleep(0)
        return Prepared(events, outcome)

    async def _prepare(self, records: Sequence[Record]) -> Prepared:
        while True:
            try:
                return self._preparation.prepare(records)
            except KeyUnusable as error:
                await self._circuit.hold(Holdup(str(error), paused=True))
