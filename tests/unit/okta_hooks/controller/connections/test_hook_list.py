"""The list that all hooks of an organisation share."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from okta_hooks.controller.connections.hook_list import FAILURE_HOLDS, HookList
from okta_hooks.okta.errors import OktaError, PermissionMissing, Unavailable
from okta_hooks.okta.port import Hook
from unit.okta_hooks.controller.given import START, SteppingClock, definition

HOOK = Hook("who1", definition(), "ACTIVE", "VERIFIED", "")
OTHER = Hook("who2", definition("other"), "ACTIVE", "VERIFIED", "")
AN_HOUR = timedelta(hours=1)


class Fetching:
    """Answers with what Okta has, as often as it is asked."""

    def __init__(self, *hooks: Hook) -> None:
        self.hooks = hooks
        self.times = 0
        self.error: OktaError | None = None

    async def __call__(self) -> tuple[Hook, ...]:
        self.times += 1
        if self.error is not None:
            raise self.error
        return self.hooks


async def test_who_asks_for_no_newer_list_gets_the_same_one() -> None:
    listed, fetch = HookList(SteppingClock()), Fetching(HOOK)
    await listed.get(fetch, START)
    assert (await listed.get(fetch, START)).hooks == (HOOK,)
    assert fetch.times == 1


async def test_who_needs_a_newer_list_gets_one() -> None:
    clock, fetch = SteppingClock(), Fetching(HOOK)
    listed = HookList(clock)
    await listed.get(fetch, START)
    asked_at = clock()
    assert (await listed.get(fetch, asked_at)).at >= asked_at


async def test_many_who_ask_at_once_are_answered_by_one_list() -> None:
    listed, fetch = HookList(SteppingClock()), Fetching(HOOK)
    await asyncio.gather(*(listed.get(fetch, START) for _ in range(25)))
    assert fetch.times == 1


async def test_our_own_writes_are_in_it() -> None:
    listed, fetch = HookList(SteppingClock()), Fetching(HOOK)
    await listed.get(fetch, START)
    listed.written(OTHER)
    listed.deleted(HOOK.id)
    assert (await listed.get(fetch, START)).hooks == (OTHER,)


async def test_a_write_during_a_fetch_is_in_it_though_the_answer_is_older() -> None:
    listed = HookList(SteppingClock())

    async def fetch() -> tuple[Hook, ...]:
        listed.written(OTHER)
        return (HOOK,)

    assert (await listed.get(fetch, START)).hooks == (HOOK, OTHER)


async def test_after_a_write_in_doubt_the_list_is_fetched_again() -> None:
    listed, fetch = HookList(SteppingClock()), Fetching(HOOK)
    await listed.get(fetch, START)
    listed.distrust()
    await listed.get(fetch, START)
    assert fetch.times == 2


async def test_doubt_that_comes_up_during_a_fetch_is_not_forgotten() -> None:
    listed, fetch = HookList(SteppingClock()), Fetching(HOOK)

    async def doubted() -> tuple[Hook, ...]:
        listed.distrust()
        return ()

    await listed.get(doubted, START)
    assert (await listed.get(fetch, START)).hooks == (HOOK,)


async def test_a_failure_is_not_repeated_by_everybody_who_waits() -> None:
    listed, fetch = HookList(SteppingClock()), Fetching(HOOK)
    fetch.error = Unavailable("list event hooks", "no answer")
    for _ in range(25):
        with pytest.raises(Unavailable, match="no answer"):
            await listed.get(fetch, START)
    assert fetch.times == 1


class TestACredentialThatMayNotList:
    """What it was told holds for as long as a list would have done."""

    @pytest.fixture
    def fetch(self) -> Fetching:
        fetch = Fetching()
        fetch.error = PermissionMissing("list event hooks", "You do not have permission")
        return fetch

    async def test_is_not_asked_by_everybody_each_minute(self, fetch: Fetching) -> None:
        clock = SteppingClock()
        listed = HookList(clock)
        for _ in range(4):
            with pytest.raises(PermissionMissing):
                await listed.get(fetch, clock() - timedelta(minutes=5))
            clock.now += timedelta(minutes=1)
        assert fetch.times == 1

    async def test_is_asked_again_by_whoever_needs_a_newer_list(self, fetch: Fetching) -> None:
        clock = SteppingClock()
        listed = HookList(clock)
        for _ in range(2):
            with pytest.raises(PermissionMissing):
                await listed.get(fetch, clock())
            clock.now += FAILURE_HOLDS
        assert fetch.times == 2


async def test_after_a_while_a_failed_list_is_fetched_again() -> None:
    clock, fetch = SteppingClock(), Fetching(HOOK)
    listed = HookList(clock)
    fetch.error = Unavailable("list event hooks", "no answer")
    with pytest.raises(Unavailable):
        await listed.get(fetch, START)
    clock.now += FAILURE_HOLDS
    fetch.error = None
    assert (await listed.get(fetch, START)).hooks == (HOOK,)
