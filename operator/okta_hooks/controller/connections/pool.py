"""Which connection an organisation object has. It outlives the object, for hooks that are being deleted with it."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from okta_hooks.controller.connections.budgets import Budgets
from okta_hooks.controller.connections.credentials import SignIn
from okta_hooks.controller.connections.guard import Calls, Guard
from okta_hooks.controller.connections.guarded import GuardedHooks, GuardedLog
from okta_hooks.controller.connections.hook_list import HookList
from okta_hooks.controller.work_key import WorkKey
from okta_hooks.okta.gate import Gate
from okta_hooks.okta.organization import connect
from okta_hooks.okta.pacing import DEFAULT_SHARE, Pace
from okta_hooks.okta.port import SystemLog
from okta_hooks.reconcile.observed import Listing
from okta_hooks.system_log.port import LogSearch
from okta_hooks.system_log.search import PagedSearch

_RETIRED_FOR = timedelta(minutes=2)
"""How long a connection that was replaced is kept for calls under way: no reconcile takes longer."""


@dataclass(frozen=True)
class OpenOrganization:
    """An organisation that can be asked.

    Args:
        sign_in: How it is signed in to.
        hooks: Its event hooks.
        listed: The list that all who sign in alike share; nobody is shown what another credential was let see.
        log: Its System Log.
        pace: How fast it may be asked.
        missing_scopes: Tells which scopes are asked for and not granted; an API token has none.
    """

    sign_in: SignIn
    hooks: GuardedHooks
    listed: HookList
    log: SystemLog
    pace: Pace
    missing_scopes: Callable[[], tuple[str, ...]] = tuple

    async def list(self, not_before: datetime) -> Listing:
        """Its hooks, as they were at that moment or later.

        Raises:
            OktaError: They could not be listed.
        """
        return await self.listed.get(self.hooks.list, not_before)

    @property
    def search(self) -> LogSearch:
        """Searches a time of its System Log."""
        return PagedSearch(self.log)

    def remaining(self) -> Mapping[str, int]:
        """Requests left in each rate limit, as Okta told last."""
        return self.pace.remaining()


@dataclass(frozen=True)
class _Connected:
    organization: OpenOrganization
    closing: contextlib.AsyncExitStack


class Organizations:
    """Connections by organisation object, opened when they are needed; to be closed in the end.

    Args:
        gate: Asked before each call to Okta, and again before each request that a call takes.
        calls: Told of each call.
        clock: Tells seconds that never go back.
    """

    def __init__(self, gate: Gate, calls: Calls, clock: Callable[[], float] = time.monotonic) -> None:
        self._gate = gate
        self._calls = calls
        self._clock = clock
        self._budgets = Budgets()
        self._connected: dict[WorkKey, _Connected] = {}
        self._retired: list[tuple[float, contextlib.AsyncExitStack]] = []
        self._opening = asyncio.Lock()

    async def open(self, org: WorkKey, sign_in: SignIn, share: float = DEFAULT_SHARE) -> OpenOrganization:
        """The connection of an object; another one when what it signs in with has changed.

        Args:
            org: Which object it is.
            sign_in: How to sign in.
            share: The part of each of Okta's rate limits that it is to use.

        Raises:
            CredentialsRejected: The credential cannot be one.
            ValueError: The certificates to trust cannot be read.
        """
        async with self._opening:
            await self._close_retired()
            pace = self._budgets.pace(org, sign_in.url, share)
            before = self._connected.get(org)
            if before is not None and before.organization.sign_in == sign_in and before.organization.pace is pace:
                return before.organization
            connected = await self._connect(sign_in, self._list_for(sign_in), pace)
            if before is not None:
                self._retired.append((self._clock(), before.closing))
            self._connected[org] = connected
            return connected.organization

    def _list_for(self, sign_in: SignIn) -> HookList:
        """That of an object that signs in alike. A wrong credential neither reads nor spoils what others may list."""
        opened = (connected.organization for connected in self._connected.values())
        return next((each.listed for each in opened if each.sign_in == sign_in), None) or HookList()

    def remembered(self, org: WorkKey) -> OpenOrganization | None:
        """The connection that an object had last, whatever has become of the object and of its Secret."""
        connected = self._connected.get(org)
        return connected.organization if connected is not None else None

    def forget_share(self, org: WorkKey) -> None:
        """An object is gone: what it wanted to use counts no more. Its connection stays, for hooks that go with it."""
        self._budgets.forget(org)

    async def close(self) -> None:
        """Close every connection."""
        for connected in self._connected.values():
            await connected.closing.aclose()
        for _, closing in self._retired:
            await closing.aclose()
        self._connected.clear()
        self._retired.clear()

    async def _connect(self, sign_in: SignIn, listed: HookList, pace: Pace) -> _Connected:
        async with contextlib.AsyncExitStack() as stack:
            opened = await stack.enter_async_context(connect(sign_in.connection(), pace, self._gate))
            guard = Guard(self._gate, self._calls)
            hooks, log = GuardedHooks(opened.event_hooks, listed, guard), GuardedLog(opened.system_log, guard)
            opened_as = OpenOrganization(sign_in, hooks, listed, log, pace, opened.credential.missing_scopes)
            return _Connected(opened_as, stack.pop_all())

    async def _close_retired(self) -> None:
        oldest = self._clock() - _RETIRED_FOR.total_seconds()
        while self._retired and self._retired[0][0] < oldest:
            await self._retired.pop(0)[1].aclose()
