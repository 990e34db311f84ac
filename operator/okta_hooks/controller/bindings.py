"""Which hooks to look at when the object of an organisation or a sink changes or appears."""

from __future__ import annotations

from collections.abc import Iterable

from okta_hooks.controller.work_key import WorkKey


class Bindings:
    """What each hook's last reconcile looked for, found or not."""

    def __init__(self) -> None:
        self._needed: dict[WorkKey, frozenset[WorkKey]] = {}

    def looked_for(self, hook: WorkKey, needed: Iterable[WorkKey]) -> None:
        """A hook depends on these objects."""
        self._needed[hook] = frozenset(needed)

    def hooks_of(self, work: WorkKey) -> tuple[WorkKey, ...]:
        """The hooks that depend on an object."""
        return tuple(hook for hook, needed in self._needed.items() if work in needed)

    def forget(self, hook: WorkKey) -> None:
        """A hook is gone."""
        self._needed.pop(hook, None)
