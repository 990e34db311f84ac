"""The supplies of all hooks that have types polled which no hook can deliver: beside the looks at them, few at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import aiohttp

from okta_hooks.api.system_log import SystemLogState
from okta_hooks.controller.gate import NotLeading
from okta_hooks.controller.hooks.hook_object import HookObject
from okta_hooks.controller.receivers.backfilling import AdminPorts
from okta_hooks.controller.work_queue import BackOff, WorkQueue
from okta_hooks.okta.errors import OktaError
from okta_hooks.okta.port import SystemLog
from okta_hooks.reconcile.timestamps import timestamp
from okta_hooks.system_log.backfill import PodUnavailable
from okta_hooks.system_log.port import LogReader
from okta_hooks.system_log.search import PagedSearch
from okta_hooks.system_log.supply import Supply

_AT_ONCE = 2
_LONGEST_TURN = timedelta(minutes=3)
"""After which a search is cut; it goes on where it was."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass
class _Known:
    supply: Supply
    log: SystemLog | None = None
    trouble: str = ""


@dataclass
class Supplies:
    """One for each hook, by the uid of its object.

    Args:
        session: Carries what is given to pods.
        clock: Tells the time.
    """

    session: aiohttp.ClientSession = field(repr=False)
    clock: Callable[[], datetime]
    _known: dict[str, _Known] = field(default_factory=dict)
    _queue: WorkQueue[str] = field(
        default_factory=lambda: WorkQueue(
            back_off=BackOff(first=timedelta(seconds=2), longest=timedelta(minutes=2)),
            limit=_LONGEST_TURN,
            expected=(OktaError, PodUnavailable, NotLeading, TimeoutError),
        )
    )

    def look(self, hook: HookObject, log: SystemLog | None, admin: AdminPorts | None) -> None:
        """A hook was looked at.

        Args:
            hook: Its object.
            log: The organisation's log; None where it could not be reached.
            admin: Where its processes are asked; None where they do not answer.
        """
        wanted = hook.spec.system_log
        if wanted is None:
            self.end(hook)
            return
        uid = hook.metadata.uid
        known = self._known.get(uid)
        if known is None:
            known = self._known[uid] = _Known(_supply(hook, self.clock))
        known.log = log
        known.supply.look(frozenset(wanted.event_types), admin.pod(self.session, "poll") if admin is not None else None)
        if known.supply.is_behind:
            self._queue.add(uid)

    def readers(self, hook: HookObject) -> Sequence[LogReader]:
        """Who of a hook reads along with its organisation's poll."""
        known = self._known.get(hook.metadata.uid)
        return (known.supply,) if known is not None else ()

    def state(self, hook: HookObject) -> SystemLogState | None:
        """What its status is to say; None where nothing is polled for it."""
        known = self._known.get(hook.metadata.uid)
        if known is None:
            return None
        until = _EPOCH + timedelta(microseconds=known.supply.given_until_ns // 1000)
        return SystemLogState(received=known.supply.count, given_until=timestamp(until), message=known.trouble or None)

    def end(self, hook: HookObject) -> None:
        """A hook goes, or wants nothing polled any more."""
        if self._known.pop(hook.metadata.uid, None) is not None:
            self._queue.forget(hook.metadata.uid)

    async def run(self) -> None:
        """Catch up with what could not be given, until cancelled."""
        await self._queue.run(self._turn, workers=_AT_ONCE)

    async def _turn(self, uid: str) -> None:
        known = self._known.get(uid)
        if known is None or known.log is None:
            return
        try:
            await known.supply.catch_up(PagedSearch(known.log))
            known.trouble = ""
        except (OktaError, PodUnavailable) as error:
            known.trouble = f"What was read is given later, and nothing is lost by that: {error}."
            raise


def _supply(hook: HookObject, clock: Callable[[], datetime]) -> Supply:
    """A supply that goes on where the status says that one was."""
    told = hook.status.system_log
    if told is None or told.given_until is None:
        return Supply(None, told.received if told is not None else 0, clock)
    until = datetime.fromisoformat(told.given_until) - _EPOCH
    return Supply(until // timedelta(microseconds=1) * 1000, told.received, clock)
