"""The hooks of one organisation, as all who manage some of them see it: one list an interval, however many they are."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from okta_hooks.controller.clock import utc_now
from okta_hooks.okta.errors import OktaError, PermissionMissing
from okta_hooks.okta.port import Hook
from okta_hooks.reconcile.observed import Listing

FAILURE_HOLDS = timedelta(seconds=5)
"""For how long a list that could not be fetched is not tried again, so that many who wait do not try one by one."""

Fetch = Callable[[], Awaitable[tuple[Hook, ...]]]


@dataclass(frozen=True)
class _Note:
    """What a write of our own made of a hook; None where it is gone."""

    at: datetime
    hook_id: str
    hook: Hook | None


class HookList:
    """Fetched by whoever needs it newer than it is; others wait for the same answer.

    Args:
        clock: Tells the time.
    """

    def __init__(self, clock: Callable[[], datetime] = utc_now) -> None:
        self._clock = clock
        self._fetching = asyncio.Lock()
        self._hooks: dict[str, Hook] = {}
        self._begun_at: datetime | None = None
        self._doubted_at: datetime | None = None
        self._failure: tuple[datetime, OktaError] | None = None
        self._notes: list[_Note] = []

    async def get(self, fetch: Fetch, not_before: datetime) -> Listing:
        """The hooks as they were at that moment or later; our own writes since are in it.

        Raises:
            OktaError: The list could not be fetched.
        """
        async with self._fetching:
            oldest = max(not_before, self._doubted_at or not_before)
            if self._begun_at is None or self._begun_at < oldest:
                self._insist_on_a_pause(oldest)
                self._begun_at = await self._fetch(fetch)
            return Listing(tuple(self._hooks.values()), self._begun_at)

    def written(self, hook: Hook) -> None:
        """A write of our own was answered with this."""
        self._note(_Note(self._clock(), hook.id, hook))

    def deleted(self, hook_id: str) -> None:
        """A hook was deleted, or found to be gone."""
        self._note(_Note(self._clock(), hook_id, None))

    def distrust(self) -> None:
        """A write may have taken effect, or not: only a list that is begun from now on can tell."""
        self._doubted_at = self._clock()

    async def _fetch(self, fetch: Fetch) -> datetime:
        begun_at = self._clock()
        try:
            self._hooks = {hook.id: hook for hook in await fetch()}
        except OktaError as error:
            self._failure = (self._clock(), error)
            raise
        self._failure = None
        for note in self._notes:  # written while the list was on its way, which may show what was before
            if note.at >= begun_at:
                self._keep(note)
        self._notes.clear()
        return begun_at

    def _insist_on_a_pause(self, oldest: datetime) -> None:
        """A failure answers for a moment; that the credential may not read, for as long as a list would have done."""
        if self._failure is not None:
            at, error = self._failure
            is_lasting = isinstance(error, PermissionMissing) and at >= oldest
            if is_lasting or self._clock() - at < FAILURE_HOLDS:
                raise replace(error)

    def _note(self, note: _Note) -> None:
        self._keep(note)
        if self._fetching.locked():
            self._notes.append(note)

    def _keep(self, note: _Note) -> None:
        if note.hook is None:
            self._hooks.pop(note.hook_id, None)
        else:
            self._hooks[note.hook_id] = note.hook
