"""Okta's clock: what it shows, and who wakes when."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from okta_simulator.clock import LATEST, Clock

START = datetime(2026, 11, 23, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
AT_MOST = 10.0  # seconds after which a wait that should have ended has failed


async def test_it_shows_the_real_time_unless_told_otherwise() -> None:
    before = datetime.now(UTC)
    shown = Clock().now()
    assert before <= shown <= datetime.now(UTC) + timedelta(seconds=1)


async def test_it_stands_still_at_speed_zero() -> None:
    clock = Clock(speed=0, start=START)
    await asyncio.sleep(0)
    assert clock.now() == START


async def test_it_shows_the_time_it_was_set_ahead_to() -> None:
    clock = Clock(speed=0, start=START)
    clock.advance(HOUR)
    assert clock.now() == START + HOUR


async def test_who_waits_wakes_when_the_clock_is_set_past_the_moment() -> None:
    clock = Clock(speed=0, start=START)
    async with asyncio.timeout(AT_MOST), asyncio.TaskGroup() as group:
        waiting = group.create_task(clock.sleep(HOUR))
        await asyncio.sleep(0)
        clock.advance(HOUR)
        await waiting
    assert clock.now() == START + HOUR


async def test_who_waits_goes_on_waiting_when_the_clock_is_not_set_far_enough() -> None:
    clock = Clock(speed=0, start=START)
    async with asyncio.TaskGroup() as group:
        waiting = group.create_task(clock.sleep(HOUR))
        for _ in range(3):
            clock.advance(timedelta(minutes=1))
            await asyncio.sleep(0)
        assert not waiting.done()
        waiting.cancel()


async def test_a_new_speed_counts_for_those_who_wait_already() -> None:
    clock = Clock(speed=0, start=START)
    async with asyncio.timeout(AT_MOST), asyncio.TaskGroup() as group:
        waiting = group.create_task(clock.sleep(HOUR))
        await asyncio.sleep(0)
        clock.set_speed(100_000)
        await waiting
    assert clock.now() >= START + HOUR


async def test_a_new_speed_does_not_move_what_is_shown() -> None:
    clock = Clock(speed=0, start=START)
    clock.set_speed(5)
    clock.set_speed(0)
    assert clock.now() - START < timedelta(seconds=AT_MOST)


async def test_waiting_for_what_has_passed_ends_at_once() -> None:
    await Clock(speed=0, start=START).sleep_until(START - HOUR)


async def test_waiting_can_be_cancelled() -> None:
    waiting = asyncio.create_task(Clock(speed=0).sleep(HOUR))
    await asyncio.sleep(0)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting


@pytest.mark.parametrize("speed", [-1, float("nan"), float("inf"), 1e9])
async def test_an_impossible_speed_is_refused(speed: float) -> None:
    with pytest.raises(ValueError, match="speed must be between 0 and 100000"):
        Clock(speed=speed)
    with pytest.raises(ValueError, match="speed must be between 0 and 100000"):
        Clock().set_speed(speed)


@pytest.mark.parametrize("step", [timedelta(seconds=-1), LATEST - START + HOUR])
async def test_it_is_never_set_back_nor_beyond_reason(step: timedelta) -> None:
    with pytest.raises(ValueError, match="set ahead until the year 2999, and never back"):
        Clock(speed=0, start=START).advance(step)
