"""Events written in a sink's format, as soon as they can be."""

from __future__ import annotations

from collections.abc import Sequence

from okta_hooks.dispatch.batch import Prepared
from okta_hooks.dispatch.circuit import Circuit
from okta_hooks.dispatch.judging import Holdup
from okta_hooks.dispatch.preparation import Preparation
from okta_hooks.formats import KeyUnusable
from okta_hooks.journal import Record


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
        while True:
            try:
                return self._preparation.prepare(records)
            except KeyUnusable as error:
                await self._circuit.hold(Holdup(str(error), paused=True))
