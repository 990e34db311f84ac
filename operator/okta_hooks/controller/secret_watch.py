"""A look at every Secret that objects name, each minute; watching Secrets would need the right to list them all."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import timedelta

from okta_hooks.api.values import SecretKeyRef
from okta_hooks.controller.blocked import Blocked
from okta_hooks.controller.secrets import Hashing, SecretReader
from okta_hooks.controller.work_key import WorkKey
from okta_hooks.kube import errors

EVERY = timedelta(minutes=1)
_AT_A_TIME = 4

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Named:
    """A key of a Secret that an object names."""

    namespace: str
    reference: SecretKeyRef


@dataclass
class SecretWatch:
    """Looks whether a Secret has changed, appeared or gone, and has whoever names it reconciled.

    Args:
        secrets: Reads them.
        hashing: Compares them.
        changed: Told of each object that names one that has changed.
    """

    secrets: SecretReader
    hashing: Hashing
    changed: Callable[[WorkKey], None]
    _named: dict[WorkKey, frozenset[Named]] = field(default_factory=dict)
    _seen: dict[Named, str] = field(default_factory=dict)

    def names(self, work: WorkKey, named: Iterable[Named]) -> None:
        """An object names these; none when it is gone."""
        self._named[work] = frozenset(named)
        if not self._named[work]:
            del self._named[work]

    async def run(self) -> None:
        """Look, again and again, until cancelled."""
        while True:
            await self.look()
            await asyncio.sleep(EVERY.total_seconds())

    async def look(self) -> None:
        """Look at each once."""
        named = frozenset().union(*self._named.values())
        self._seen = {each: seen for each, seen in self._seen.items() if each in named}
        slots = asyncio.Semaphore(_AT_A_TIME)
        async with asyncio.TaskGroup() as tasks:
            for each in named:
                tasks.create_task(self._look_at(each, slots))

    async def _look_at(self, named: Named, slots: asyncio.Semaphore) -> None:
        async with slots:
            try:
                now = self.hashing.of(await self.secrets.value(named.namespace, named.reference))
            except Blocked:
                now = ""
            except errors.KubernetesError as error:
                _log.info("Secret %s/%s was not looked at: %s", named.namespace, named.reference.name, error)
                return
        before = self._seen.get(named)
        self._seen[named] = now
        if before is not None and before != now:
            for work in [work for work, all_named in self._named.items() if named in all_named]:
                self.changed(work)
