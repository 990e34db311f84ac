"""The polls of all organisations that hooks belong to: who is polled when, who reads along, and what was learnt.

A poll begins when an organisation was looked at and a hook of it reads along. After the operator has started hooks join
one by one: the first round lets them come, since each change of what is read has a part of the log read again.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from okta_hooks.controller.connections.pool import OpenOrganization
from okta_hooks.controller.gate import NotLeading
from okta_hooks.controller.system_log.keeping import ConfigMapKeeper
from okta_hooks.controller.system_log.membership import Member, Membership
from okta_hooks.controller.system_log.pauses import after_failures
from okta_hooks.controller.work_key import WorkKey
from okta_hooks.controller.work_queue import WorkQueue
from okta_hooks.kube.api import KubernetesApi
from okta_hooks.kube.errors import KubernetesError
from okta_hooks.okta.errors import OktaError, Unavailable
from okta_hooks.okta.operations import READ_LOG
from okta_hooks.okta.port import SystemLog
from okta_hooks.system_log.chronicle import Chronicle
from okta_hooks.system_log.poll import Poll, Surroundings
from okta_hooks.system_log.port import LogReader
from okta_hooks.system_log.seen import LogSeen

SETTLES = timedelta(seconds=10)
"""What hooks are given to join before the first round."""
_AT_ONCE = 4
"""Rounds of different polls under way."""
_INHERITED_FOR = timedelta(hours=1)
"""For how long it is kept where a poll had come to whose object is gone: another object may go on with it."""
_LONGEST_ROUND = timedelta(minutes=10)
"""A round that takes longer is cut, and goes on where it was."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class _Follower:
    org: WorkKey
    hook_id: str
    readers: tuple[LogReader, ...]


@dataclass
class _Running:
    poll: Poll
    failures: int = 0
    trouble: str = ""
    failed_at: dict[str, datetime] = field(default_factory=dict)
    done_at: dict[str, datetime] = field(default_factory=dict)


class Polls:
    """Keeps them going.

    Args:
        api: Where it is kept how far each has come.
        namespace: The operator's.
        wake: Has a hook looked at of which something was learnt.
        clock: Tells the time.
        settles: What hooks are given to join before the first round.
    """

    def __init__(
        self,
        api: KubernetesApi,
        namespace: str,
        wake: Callable[[WorkKey], None],
        clock: Callable[[], datetime],
        settles: timedelta = SETTLES,
    ) -> None:
        self._api = api
        self._namespace = namespace
        self._wake = wake
        self._clock = clock
        self._settles = settles
        self._orgs = Membership()
        self._followers: dict[WorkKey, _Follower] = {}
        self._running: dict[WorkKey, _Running] = {}
        self._gone: dict[WorkKey, Sequence[WorkKey]] = {}  # and who shared a poll with them
        self._queue = WorkQueue[WorkKey](limit=_LONGEST_ROUND, expected=(KubernetesError, NotLeading))

    def follow(self, org: WorkKey, organization: OpenOrganization, interval: timedelta) -> None:
        """An organisation object was looked at, and this is its connection now."""
        before = self._orgs.of(org)
        self._orgs.put(org, Member(organization, interval))
        self._gone.pop(org, None)
        leader = self._orgs.leader(org)
        if leader is not None and (before is None or before.interval != interval or leader not in self._running):
            self._queue.add(leader, self._settles if leader not in self._running else interval)

    def forget(self, org: WorkKey) -> None:
        """An organisation object is gone."""
        self._gone[org] = self._orgs.sharing(org)
        self._orgs.remove(org)
        self._running.pop(org, None)
        self._queue.add(org, _INHERITED_FOR)

    def read_along(self, hook: WorkKey, org: WorkKey, hook_id: str, readers: Sequence[LogReader]) -> None:
        """A hook was looked at: these of its read along with the poll of its organisation.

        Args:
            hook: The hook's object.
            org: The object of its organisation.
            hook_id: Its identifier in Okta; empty where there is none.
            readers: Who is given what is read.
        """
        self._followers[hook] = _Follower(org, hook_id, tuple(readers))

    def leave(self, hook: WorkKey) -> None:
        """A hook is gone."""
        self._followers.pop(hook, None)

    def seen(self, org: WorkKey, hook_id: str) -> LogSeen:
        """What the log of an organisation says of a hook."""
        leader = self._orgs.leader(org)
        running = self._running.get(leader) if leader is not None else None
        if running is None:
            return LogSeen()
        return LogSeen(
            told=running.poll.chronicle.of(hook_id),
            failed_at=running.failed_at.get(hook_id),
            done_at=running.done_at.get(hook_id),
            read_through_at=running.poll.read_through_at,
            trouble=running.trouble,
        )

    async def run(self) -> None:
        """Poll until cancelled."""
        await self._queue.run(self.round, workers=_AT_ONCE)

    async def round(self, org: WorkKey) -> timedelta | None:
        """Poll the log of an organisation once; gives the time after which to do so again, None for not at all."""
        interval = self._orgs.interval(org)
        if org in self._gone:
            await self._keeper(org).forget()
            self._gone.pop(org, None)
            return None
        if interval is None or self._orgs.leader(org) != org:
            self._running.pop(org, None)
            return None
        if not self._hooks_of(org):
            return interval
        running = self._running.setdefault(org, _Running(Poll(self._surroundings(org))))
        return await self._advance(org, running, interval)

    async def _advance(self, org: WorkKey, running: _Running, interval: timedelta) -> timedelta:
        before = running.poll.chronicle
        try:
            await running.poll.round()
        except OktaError as error:
            running.failures, running.trouble = running.failures + 1, str(error)
            pause = after_failures(error, interval, running.failures, self._clock())
            _log.warning("the System Log of %s is read again in %.0f s: %s", org, pause.total_seconds(), error)
            return pause
        finally:
            self._tell(org, running, before)
        running.failures, running.trouble = 0, ""
        return interval

    def _tell(self, org: WorkKey, running: _Running, before: Chronicle) -> None:
        """Have the hooks looked at of which the log had something new."""
        after = running.poll.chronicle
        news = {hook_id: told for hook_id, told in after.hooks.items() if told != before.of(hook_id)}
        for hook_id, told in news.items():
            if told.failures != before.of(hook_id).failures:
                running.failed_at[hook_id] = self._clock()
            if told.done != before.of(hook_id).done:
                running.done_at[hook_id] = self._clock()
        for hook, follower in self._hooks_of(org).items():
            if follower.hook_id in news:
                self._wake(hook)

    def _surroundings(self, org: WorkKey) -> Surroundings:
        return Surroundings(
            log=lambda: self._log_of(org),
            readers=lambda: [reader for each in self._hooks_of(org).values() for reader in each.readers],
            keeper=self._keeper(org),
            clock=self._clock,
        )

    def _keeper(self, org: WorkKey) -> ConfigMapKeeper:
        return ConfigMapKeeper(self._api, self._namespace, org, lambda: self._predecessors(org))

    def _predecessors(self, org: WorkKey) -> Sequence[WorkKey]:
        """Objects that may have led the poll before this one."""
        left = (gone for gone, heirs in self._gone.items() if org in heirs)
        return (*self._orgs.sharing(org), *left)

    def _log_of(self, org: WorkKey) -> SystemLog:
        member = self._orgs.of(org)
        if member is None:
            raise Unavailable(READ_LOG.name, f"{org} is gone", reached=False)
        return member.organization.log

    def _hooks_of(self, org: WorkKey) -> dict[WorkKey, _Follower]:
        sharing = frozenset(self._orgs.sharing(org))
        return {hook: each for hook, each in self._followers.items() if each.org in sharing}
