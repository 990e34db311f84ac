"""One time-out for many tasks."""

from __future__ import annotations

import asyncio

import pytest

from okta_hooks.receiver.deadlines import Deadlines


async def nothing_ever() -> None:
    await asyncio.Event().wait()


async def at_once() -> str:
    return "done"


async def test_work_in_time_gives_its_result() -> None:
    assert await Deadlines(60).within(at_once()) == "done"


async def test_work_that_takes_too_long_is_cancelled_and_told_so() -> None:
    with pytest.raises(TimeoutError):
        await Deadlines(0.01).within(nothing_ever())


async def test_each_task_has_its_own_end() -> None:
    deadlines = Deadlines(0.01)
    async with asyncio.timeout(10):
        outcomes = await asyncio.gather(
            *(deadlines.within(work) for work in (nothing_ever(), at_once(), nothing_ever())), return_exceptions=True
        )
    assert [type(outcome) for outcome in outcomes] == [TimeoutError, str, TimeoutError]


async def test_it_works_again_after_all_have_ended() -> None:
    deadlines = Deadlines(0.01)
    for _ in range(3):
        with pytest.raises(TimeoutError):
            await deadlines.within(nothing_ever())


async def test_the_task_goes_on_after_its_time_was_over() -> None:
    with pytest.raises(TimeoutError):
        await Deadlines(0.01).within(nothing_ever())
    await asyncio.sleep(0)
    task = asyncio.current_task()
    assert task is not None
    assert task.cancelling() == 0


async def test_somebody_else_s_cancellation_stays_one() -> None:
    task = asyncio.create_task(Deadlines(60).within(nothing_ever()))
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_errors_of_the_work_come_through() -> None:
    async def failing() -> None:
        raise ValueError("its own")

    with pytest.raises(ValueError, match="its own"):
        await Deadlines(60).within(failing())
