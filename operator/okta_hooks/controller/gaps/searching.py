"""The searches of all hooks: beside the looks at them, a bounded turn at a time, few at once."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from okta_hooks.controller.gaps.telling import standing
from okta_hooks.controller.gate import NotLeading
from okta_hooks.controller.hooks.hook_object import HookObject
from okta_hooks.controller.work_key import WorkKey
from okta_hooks.controller.work_queue import BackOff, WorkQueue
from okta_hooks.kube.objects import ObjectKey
from okta_hooks.kube.resources import HOOK
from okta_hooks.okta.errors import OktaError
from okta_hooks.system_log.backfill import Pod, PodUnavailable
from okta_hooks.system_log.gaps import GRACE, Gaps, Surroundings
from okta_hooks.system_log.port import LogReader, LogSearch
from okta_hooks.system_log.standing import Standing

_AT_ONCE = 2
"""Searches under way: each holds a page of the log, and what is sent of it."""
_TURN = 20.0
"""Seconds after which a search lets others have a turn."""
_LONGEST_TURN = timedelta(minutes=3)
"""After which a turn is cut: one page may be waited for as long as an organisation answers slowly."""
_JUDGE_EVERY = timedelta(seconds=5)
_HEARD_OF_AGAIN = timedelta(seconds=1)


@dataclass
class _Search:
    hook: WorkKey
    gaps: Gaps
    log: LogSearch | None = None
    pod: Pod | None = None
    trouble: str = ""


@dataclass(frozen=True)
class Found:
    """What is to be said of a search: where it stands, and what is in its way."""

    standing: Standing
    trouble: str


@dataclass(frozen=True)
class SeenOfHook:
    """What a look at a hook found.

    Args:
        around: What a search has to go by.
        log: The organisation's log; None while it cannot be asked.
        pod: What runs for the hook; None while it cannot be asked.
    """

    around: Surroundings
    log: LogSearch | None = None
    pod: Pod | None = None


@dataclass
class GapSearches:
    """One for each hook, by the uid of its object.

    Args:
        wake: Has a hook looked at after a time, so that its status tells what was found.
        grace: What each event is given to come.
    """

    wake: Callable[[WorkKey, timedelta], None]
    grace: timedelta = GRACE
    _searches: dict[str, _Search] = field(default_factory=dict)
    _queue: WorkQueue[str] = field(
        default_factory=lambda: WorkQueue(
            back_off=BackOff(first=timedelta(seconds=2), longest=timedelta(minutes=2)),
            limit=_LONGEST_TURN,
            expected=(OktaError, PodUnavailable, NotLeading, TimeoutError),
        )
    )

    def look(self, hook: HookObject, seen: SeenOfHook) -> None:
        """A hook was looked at: go by what was seen."""
        uid = hook.metadata.uid
        search = self._searches.get(uid)
        if search is None:
            gaps = Gaps(standing(hook.status), grace=self.grace)
            search = self._searches[uid] = _Search(WorkKey(HOOK, hook.metadata.key), gaps)
        search.log, search.pod = seen.log, seen.pod
        search.gaps.look(seen.around)
        self._queue.add(uid, _JUDGE_EVERY)

    def found(self, uid: str) -> Found | None:
        """What a hook's search has found; None where there is none."""
        search = self._searches.get(uid)
        return Found(search.gaps.standing, search.trouble) if search is not None else None

    def readers(self, uid: str) -> Sequence[LogReader]:
        """Who of a hook reads along with the poll of its organisation."""
        search = self._searches.get(uid)
        return (search.gaps,) if search is not None else ()

    def end(self, uid: str) -> None:
        """A hook goes, or is not to be searched any more: its search ends with the page that is under way."""
        search = self._searches.pop(uid, None)
        if search is not None:
            search.gaps.end()
            self._queue.forget(uid)

    def forget(self, key: ObjectKey) -> None:
        """A hook is gone, whoever it was."""
        for uid in [uid for uid, search in self._searches.items() if search.hook.key == key]:
            self.end(uid)

    async def run(self) -> None:
        """Search until cancelled."""
        await self._queue.run(self._turn, workers=_AT_ONCE)

    async def _turn(self, uid: str) -> timedelta | None:
        search = self._searches.get(uid)
        if search is None:
            return None
        counted, trouble = search.gaps.standing.counts, search.trouble
        try:
            await _work(search)
            search.trouble = ""
        except (OktaError, PodUnavailable) as error:
            search.trouble = str(error)
            raise
        finally:
            if (counted, trouble) != (search.gaps.standing.counts, search.trouble):
                self.wake(search.hook, _HEARD_OF_AGAIN)
        can_go_on = search.pod is not None and search.log is not None and search.gaps.standing.next is not None
        return timedelta() if can_go_on else _JUDGE_EVERY


async def _work(search: _Search) -> None:
    """One turn: as much as there is to do and can be done now."""
    log, pod, gaps = search.log, search.pod, search.gaps
    if pod is None or not gaps.has_work:
        return
    await gaps.judge(pod)
    if log is not None:
        await gaps.fill(log, pod, until=time.monotonic() + _TURN)
