"""The work queue: one reconcile a key at a time, none forgotten, none in a hot loop."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okta_hooks.controller.work_queue import BackOff, Overdue, WorkQueue

Reconcile = Callable[[str], Awaitable[timedelta | None]]
SOON = timedelta(milliseconds=1)
NEVER_IN_THIS_TEST = timedelta(hours=1)


@contextlib.asynccontextmanager
async def running(queue: WorkQueue[str], reconcile: Reconcile, workers: int = 4) -> AsyncIterator[None]:
    task = asyncio.create_task(queue.run(reconcile, workers=workers))
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


class Clock:
    """Stands until somebody puts it forward."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


async def every_task_got_on() -> None:
    """Return once all that can go on without time passing has done so."""
    for _ in range(10):
        await asyncio.sleep(0)


class Recorder:
    """A reconcile that notes what it was asked, and can be held up."""

    def __init__(self, again: timedelta | None = None) -> None:
        self.seen: list[str] = []
        self.again = again
        self.released = asyncio.Event()
        self.released.set()
        self.under_way: set[str] = set()
        self._called = asyncio.Condition()

    async def __call__(self, key: str) -> timedelta | None:
        assert key not in self.under_way, f"{key} is reconciled twice at once"
        self.under_way.add(key)
        self.seen.append(key)
        async with self._called:
            self._called.notify_all()
        await self.released.wait()
        self.under_way.discard(key)
        return self.again

    async def called(self, times: int) -> None:
        async with asyncio.timeout(10), self._called:
            await self._called.wait_for(lambda: len(self.seen) >= times)


async def test_a_key_that_is_added_is_reconciled() -> None:
    queue, reconcile = WorkQueue[str](), Recorder()
    async with running(queue, reconcile):
        queue.add("a")
        await reconcile.called(1)
    assert reconcile.seen == ["a"]


async def test_a_key_that_is_added_often_before_its_turn_is_reconciled_once() -> None:
    queue, reconcile = WorkQueue[str](), Recorder()
    for _ in range(100):
        queue.add("a")
    queue.add("b", SOON)
    async with running(queue, reconcile):
        await reconcile.called(2)
    assert reconcile.seen == ["a", "b"]


async def test_a_change_during_a_reconcile_is_looked_at_afterwards_and_not_beside_it() -> None:
    queue, reconcile = WorkQueue[str](), Recorder()
    reconcile.released.clear()
    async with running(queue, reconcile):
        queue.add("a")
        await reconcile.called(1)
        queue.add("a")
        reconcile.released.set()
        await reconcile.called(2)
    assert reconcile.seen == ["a", "a"]


async def test_one_object_that_hangs_holds_up_no_other() -> None:
    queue, reconcile = WorkQueue[str](), Recorder()
    reconcile.released.clear()
    async with running(queue, reconcile, workers=2):
        queue.add("hangs")
        await reconcile.called(1)
        queue.add("b")
        await reconcile.called(2)
    assert reconcile.seen == ["hangs", "b"]


async def test_no_more_reconciles_are_under_way_than_there_are_workers() -> None:
    queue, reconcile = WorkQueue[str](), Recorder()
    reconcile.released.clear()
    async with running(queue, reconcile, workers=2):
        for key in "abcdef":
            queue.add(key)
        await reconcile.called(2)
        await asyncio.sleep(0)
        assert len(reconcile.under_way) == 2
        reconcile.released.set()
        await reconcile.called(6)


async def test_a_reconcile_names_the_time_of_the_next_one() -> None:
    queue, reconcile = WorkQueue[str](), Recorder(again=SOON)
    async with running(queue, reconcile):
        queue.add("a")
        await reconcile.called(3)


async def test_an_earlier_appointment_stands() -> None:
    queue, reconcile = WorkQueue[str](), Recorder()
    queue.add("a", SOON)
    queue.add("a", NEVER_IN_THIS_TEST)
    async with running(queue, reconcile):
        await reconcile.called(1)


async def test_a_change_is_looked_at_before_the_appointment() -> None:
    queue, reconcile = WorkQueue[str](), Recorder(again=NEVER_IN_THIS_TEST)
    async with running(queue, reconcile):
        queue.add("a")
        await reconcile.called(1)
        queue.add("a")
        await reconcile.called(2)


async def test_a_failure_is_logged_and_tried_again(caplog: pytest.LogCaptureFixture) -> None:
    queue = WorkQueue[str](back_off=BackOff(first=SOON))
    attempts = asyncio.Semaphore(0)

    async def fails(key: str) -> None:
        attempts.release()
        raise RuntimeError(key)

    async with running(queue, fails):
        queue.add("a")
        async with asyncio.timeout(10):
            await attempts.acquire()
            await attempts.acquire()
    assert "reconciling a failed" in caplog.text


async def test_a_reconcile_that_takes_too_long_is_given_up_and_tried_again() -> None:
    queue = WorkQueue[str](back_off=BackOff(first=SOON), limit=SOON)
    attempts = asyncio.Semaphore(0)

    async def hangs(key: str) -> None:
        attempts.release()
        await asyncio.Event().wait()
        raise AssertionError(key)

    async with running(queue, hangs):
        queue.add("a")
        async with asyncio.timeout(10):
            await attempts.acquire()
            await attempts.acquire()


async def test_a_forgotten_key_is_not_looked_at_again() -> None:
    queue, reconcile = WorkQueue[str](), Recorder()
    queue.add("gone")
    queue.forget("gone")
    queue.add("a", SOON)
    async with running(queue, reconcile):
        await reconcile.called(1)
    assert reconcile.seen == ["a"]


async def test_a_reconcile_under_way_for_too_long_is_reported() -> None:
    clock = Clock()
    queue, reconcile = WorkQueue[str](clock=clock), Recorder()
    reconcile.released.clear()
    async with running(queue, reconcile):
        queue.add("a")
        await reconcile.called(1)
        clock.seconds += 60
        assert queue.overdue(timedelta(seconds=60)) is None
        assert queue.overdue(timedelta(seconds=59)) == Overdue("a", 60)


@given(failures=st.integers(1, 10_000))
def test_pauses_grow_to_a_bound(failures: int) -> None:
    back_off = BackOff(first=timedelta(seconds=1), longest=timedelta(minutes=5))
    step = min(2 ** (failures - 1), 300)
    assert timedelta(seconds=step / 2) <= back_off.after(failures) <= timedelta(seconds=step)


class TestClosing:
    """What is under way ends by itself, within a time; nothing else begins."""

    async def test_what_is_under_way_ends_before_the_queue_is_closed(self) -> None:
        queue, reconcile = WorkQueue[str](), Recorder()
        reconcile.released.clear()
        async with running(queue, reconcile):
            queue.add("a")
            await reconcile.called(1)
            closing = asyncio.create_task(queue.close(NEVER_IN_THIS_TEST))
            await asyncio.sleep(0)
            assert not closing.done()
            reconcile.released.set()
            await closing
            assert reconcile.under_way == set()

    async def test_nothing_that_is_due_begins_any_more(self) -> None:
        clock = Clock()
        queue, reconcile = WorkQueue[str](clock=clock), Recorder(again=timedelta(minutes=1))
        async with running(queue, reconcile):
            queue.add("a")
            await reconcile.called(1)
            await queue.close(NEVER_IN_THIS_TEST)
            clock.seconds += 60
            queue.add("b")
            await every_task_got_on()
        assert reconcile.seen == ["a"]

    async def test_a_reconcile_that_does_not_end_is_not_waited_for_without_end(self) -> None:
        queue, reconcile = WorkQueue[str](), Recorder()
        reconcile.released.clear()
        async with running(queue, reconcile):
            queue.add("a")
            await reconcile.called(1)
            await queue.close(SOON)
            assert reconcile.under_way == {"a"}

    async def test_a_queue_that_was_never_run_is_closed_at_once(self) -> None:
        queue = WorkQueue[str]()
        queue.add("a")
        await queue.close(NEVER_IN_THIS_TEST)
