"""Which hooks to look at when an organisation object changes or appears."""

from __future__ import annotations

from collections.abc import Iterable

from okta_hooks.controller.work_key import WorkKey


class Bindings:
    """What each hook's last reconcile looked for, found or not."""

    def __init__(self) -> None:
        self._orgs: dict[WorkKey, frozenset[WorkKey]] = {}

    def looked_for(self, hook: WorkKey, orgs: Iterable[WorkKey]) -> None:
        """A hook depends on these objects."""
        self._orgs[hook] = frozenset(orgs)

    def hooks_of(self, org: WorkKey) -> tuple[WorkKey, ...]:
        """The hooks that depend on an object."""
        return tuple(hook for hook, orgs in self._orgs.items() if org in orgs)

    def forget(self, hook: WorkKey) -> None:
        """A hook is gone."""
        self._orgs.pop(hook, None)
