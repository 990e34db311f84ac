"""Steps that end although their task is cancelled, and tasks that end together."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from okta_hooks.dispatch.ending import ending_together
from okta_hooks.dispatch.interruption import finish

LONG = timedelta(hours=1)
NO_TIME = timedelta(0)


class Step:
    """Something that takes until it is told to end."""

    def __init__(self) -> None:
        self.begun = asyncio.Event()
        self.may_end = asyncio.Event()
        self.ended = False
        self.cancelled = False

    async def run(self) -> str:
        self.begun.set()
        try:
            await self.may_end.wait()
        except asyncio.CancelledError:
            self.cancelled = True
            raise
        self.ended = True
        return "done"


async def test_a_step_that_is_not_disturbed_gives_its_result() -> None:
    step = Step()
    step.may_end.set()
    assert await finish(step.run(), grace=LONG) == "done"


async def test_a_step_s_error_is_the_caller_s() -> None:
    async def fail() -> None:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        await finish(fail(), grace=LONG)


async def test_a_step_ends_by_itself_within_the_grace() -> None:
    step = Step()
    task = asyncio.create_task(finish(step.run(), grace=LONG))
    await step.begun.wait()
    task.cancel()
    step.may_end.set()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert (step.ended, step.cancelled) == (True, False)


async def test_a_step_is_cancelled_after_the_grace() -> None:
    step = Step()
    task = asyncio.create_task(finish(step.run(), grace=NO_TIME))
    await step.begun.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert (step.ended, step.cancelled) == (False, True)


async def test_tasks_end_with_whoever_started_them() -> None:
    step = Step()
    async with ending_together() as group:
        group.create_task(step.run())
        await step.begun.wait()
    assert step.cancelled


async def test_tasks_end_with_the_first_that_fails_and_its_error_is_told() -> None:
    step = Step()

    async def fail() -> None:
        await step.begun.wait()
        raise ValueError("no")

    async def run_both() -> None:
        async with ending_together() as group:
            group.create_task(step.run())
            group.create_task(fail())
            await asyncio.Event().wait()

    with pytest.raises(ValueError, match="no"):
        await run_both()
    assert step.cancelled
