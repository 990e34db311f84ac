"""One active dispatcher at a time."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from okta_hooks.journal import JournalLocked
from okta_hooks.journal.jetstream.lease import Lease
from samples.streams import DispatcherSide

SHORT = timedelta(milliseconds=500)


async def test_of_several_dispatchers_one_gets_the_lease(dispatcher: DispatcherSide) -> None:
    leases = [Lease(dispatcher.bucket, f"pod-{number}", lasts=timedelta(hours=1)) for number in range(3)]
    asking = [asyncio.create_task(lease.acquire()) for lease in leases]
    await asyncio.wait(asking, return_when=asyncio.FIRST_COMPLETED)
    assert sum(task.done() for task in asking) == 1
    for task in asking:
        task.cancel()


async def test_a_lease_that_is_released_is_free_at_once(dispatcher: DispatcherSide) -> None:
    one, other = (Lease(dispatcher.bucket, name, lasts=timedelta(hours=1)) for name in ("pod-1", "pod-2"))
    await one.acquire()
    await one.release()
    await other.acquire()


async def test_the_lease_of_one_that_is_not_heard_of_is_taken_over(dispatcher: DispatcherSide) -> None:
    one, other = (Lease(dispatcher.bucket, name, lasts=SHORT) for name in ("pod-1", "pod-2"))
    await one.acquire()
    await other.acquire()


async def test_who_lost_the_lease_ends(dispatcher: DispatcherSide) -> None:
    one, other = (Lease(dispatcher.bucket, name, lasts=SHORT) for name in ("pod-1", "pod-2"))
    await one.acquire()
    await other.acquire()
    with pytest.raises(JournalLocked):
        await one.hold()


async def test_who_holds_the_lease_keeps_it(dispatcher: DispatcherSide) -> None:
    lasts = timedelta(seconds=2)
    one, other = (Lease(dispatcher.bucket, name, lasts=lasts) for name in ("pod-1", "pod-2"))
    await one.acquire()
    holding = asyncio.create_task(one.hold())
    asking = asyncio.create_task(other.acquire())
    done, _ = await asyncio.wait([holding, asking], timeout=2 * lasts.total_seconds())
    assert not done
    holding.cancel()
    asking.cancel()


async def test_the_same_pod_started_again_goes_on_at_once(dispatcher: DispatcherSide) -> None:
    for _ in range(2):
        await Lease(dispatcher.bucket, "pod-1", lasts=timedelta(hours=1)).acquire()
