"""Which hooks to look at when the object of an organisation or a sink changes or appears."""

from __future__ import annotations

from collections.abc import Iterable

from okta_hooks.controller.work_key import WorkKey


class Bindings:
    """What each hook's last reconcile looked for, found or not."""

    def __init__(self) -> None:
        self._needed: dict[WorkKey, frozenset[WorkKey]] = {}

    def looked_for(self, hook: WorkKey, needed: Iterable[WorkKey]) -> frozenset[WorkKey]:
        """A hook depends on these objects; gives those of which that is news, and those on which it no longer does."""
        before, self._needed[hook] = self._needed.get(hook, frozenset()), frozenset(needed)
        return before ^ self._needed[hook]

    def hooks_of(self, work: WorkKey) -> tuple[WorkKey, ...]:
        """The hooks that depend on an object."""
        return tuple(hook for hook, needed in self._needed.items() if work in needed)

    def forget(self, hook: WorkKey) -> frozenset[WorkKey]:
        """A hook is gone; gives the objects on which it depended."""
        return self._needed.pop(hook, frozenset())
