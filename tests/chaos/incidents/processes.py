"""Processes that end as by a loss of power."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from chaos.stage import Stage


@dataclass(frozen=True)
class ContainerKilled:
    """The receiver or the dispatcher is killed, and not started again for a while."""

    container: Literal["receiver", "dispatcher"]
    named: frozenset[str] = frozenset()

    async def begin(self, stage: Stage) -> None:
        """See `Incident`."""
        container = getattr(stage.pod, self.container)
        container.may_run.clear()
        container.kill()

    async def end(self, stage: Stage) -> None:
        """See `Incident`."""
        getattr(stage.pod, self.container).may_run.set()


@dataclass(frozen=True)
class OperatorKilled:
    """There is no operator for a while, and so nobody who could write a status."""

    named: frozenset[str] = frozenset()

    async def begin(self, stage: Stage) -> None:
        """See `Incident`."""
        await stage.operators.kill()

    async def end(self, stage: Stage) -> None:
        """See `Incident`."""
        await stage.operators.start()
