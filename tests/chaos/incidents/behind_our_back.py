"""What somebody does in Okta's console."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from chaos.stage import Stage
from contract.okta_hooks.controller.okta import Okta


@dataclass(frozen=True)
class ByHand:
    """Somebody changes the hook; the operator repairs it.

    Args:
        act: What they do to the hook of an id.
        named: See `Incident`.
    """

    act: Callable[[Okta, str], None]
    named: frozenset[str] = frozenset({"repaired"})

    async def begin(self, stage: Stage) -> None:
        """See `Incident`."""
        if stage.hook_id:
            self.act(stage.world.okta, stage.hook_id)

    async def end(self, stage: Stage) -> None:
        """See `Incident`."""


@dataclass(frozen=True)
class ConsoleDelivery:
    """Somebody sends events that came before, one as it was and one that they have edited."""

    named: frozenset[str] = frozenset()

    async def begin(self, stage: Stage) -> None:
        """See `Incident`."""
        came = [uuid for uuid in stage.emitted if uuid in stage.sink.events][-2:]
        if not came or not stage.hook_id:
            return
        events = [stage.event(uuid) for uuid in came]
        events[-1] = {**events[-1], "displayMessage": "something else"}
        await stage.organization.hooks.console.deliver(stage.hook_id, events)

    async def end(self, stage: Stage) -> None:
        """See `Incident`."""
