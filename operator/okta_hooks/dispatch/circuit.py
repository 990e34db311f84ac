"""Who may hand something to a sink, and when: nobody while it fails, and then one to see whether it still does."""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from okta_hooks.admin.dispatcher_statistics import CircuitState
from okta_hooks.dispatch.backoff import Backoff
from okta_hooks.dispatch.judging import Holdup

_LOGGER = logging.getLogger(__name__)


class Permit:
    """The right to hand over one batch, until it is settled or held up.

    Args:
        circuit: What gave it.
        is_probe: Whether it is the one that tries a sink that failed.
    """

    def __init__(self, circuit: Circuit, *, is_probe: bool) -> None:
        self._circuit = circuit
        self._is_probe = is_probe

    def succeeded(self) -> None:
        """The batch is settled. An attempt from before a failure says nothing about the time since."""
        if self._is_probe:
            self._circuit.close()

    def failed(self, holdup: Holdup, *, took_some: bool) -> None:
        """The batch is held up, in whole or in part."""
        self._circuit.open(holdup, took_some=took_some)


class Circuit:
    """The state of one sink.

    Args:
        sink: Its name.
        backoff: How long to wait after failures.
        chance: Where jitter comes from.
    """

    def __init__(self, sink: str, backoff: Backoff, chance: random.Random) -> None:
        self._sink = sink
        self._backoff = backoff
        self._chance = chance
        self._failures = 0
        self._again_at = 0.0  # on the loop's clock, which never goes back
        self._probing = asyncio.Lock()
        self._is_probing = False
        self.holdup: Holdup | None = None
        """Why the sink can't be served now; None while it can."""

    @property
    def state(self) -> CircuitState:
        """Whether batches may pass."""
        if self.holdup is None:
            return CircuitState.CLOSED
        return CircuitState.HALF_OPEN if self._is_probing else CircuitState.OPEN

    @asynccontextmanager
    async def permit(self) -> AsyncIterator[Permit]:
        """Wait until a batch may be handed over."""
        if self.state is CircuitState.CLOSED:
            yield Permit(self, is_probe=False)
            return
        async with self._probing:
            if self.state is CircuitState.OPEN:  # whoever probed before has failed too
                await self._wait()
                self._is_probing = True
                try:
                    yield Permit(self, is_probe=True)
                finally:
                    self._is_probing = False
                return
        yield Permit(self, is_probe=False)

    async def hold(self, holdup: Holdup) -> None:
        """Let nothing pass for a while, since there is nothing that could be handed over; return when it is over."""
        self.open(holdup, took_some=False)
        await self._wait()

    def close(self) -> None:
        """Let everything pass."""
        if self.holdup:
            _LOGGER.info("the sink %s takes events again", self._sink)
        self.holdup, self._failures = None, 0

    def give_up(self) -> None:
        """Let everything pass, to see: what was held up is not to be handed over any more."""
        self.holdup, self._failures = None, 0

    def open(self, holdup: Holdup, *, took_some: bool) -> None:
        """Let nothing pass for a while; longer each time, unless the sink took something meanwhile."""
        if self.holdup is None or holdup.reason != self.holdup.reason:
            what_next = "it is asked again when that is corrected" if holdup.paused else "trying again"
            _LOGGER.warning("the sink %s takes no events: %s; %s", self._sink, holdup.reason, what_next)
        self._failures = 1 if took_some else self._failures + 1
        wait = self._backoff.wait(self._failures, self._chance, asked=holdup.after)
        self._again_at = asyncio.get_running_loop().time() + wait.total_seconds()
        self.holdup = holdup

    async def _wait(self) -> None:
        await asyncio.sleep(self._again_at - asyncio.get_running_loop().time())
