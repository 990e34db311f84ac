"""Reads the hook's status all the time, and remembers what it said."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

from contract.okta_hooks.controller.world import World
from okta_hooks.controller.hooks.hook_object import HookObject


@dataclass
class Witness:
    """What the status said since somebody asked last.

    What it said before already is no evidence, until it has said something else in between.

    Args:
        world: Where the hook is.
        said: Reasons of conditions that were not True, and `repaired` where a repair was counted.
    """

    world: World
    said: set[str] = field(default_factory=set)
    _last: frozenset[tuple[str, str]] = frozenset()
    _repairs: int = 0

    def begin(self) -> None:
        """Forget what was said before."""
        self.said.clear()

    async def watch(self) -> None:
        """Look four times a second, until this is cancelled."""
        while True:
            self._note(await self.world.hook())
            await asyncio.sleep(0.25)

    def _note(self, hook: HookObject) -> None:
        now = frozenset((each.type, each.reason) for each in hook.status.conditions if each.status != "True")
        self.said |= {reason for _, reason in now - self._last}
        repairs = hook.status.repairs.count if hook.status.repairs is not None else 0
        if repairs > self._repairs:
            self.said.add("repaired")
        self._last, self._repairs = now, repairs
