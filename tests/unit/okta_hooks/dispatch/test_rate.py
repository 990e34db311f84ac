"""No more than so many events a second."""

from __future__ import annotations

from okta_hooks.dispatch.rate import Rate


class Clock:
    """Time that passes only while somebody sleeps."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.now += seconds


async def seconds_for(*batches: int, per_second: float | None) -> float:
    clock = Clock()
    rate = Rate(per_second, clock=clock, sleep=clock.sleep)
    for events in batches:
        await rate.take(events)
    return clock.now - 100


async def test_the_first_batch_passes_at_once() -> None:
    assert await seconds_for(500, per_second=10) == 0


async def test_the_next_one_waits_until_the_one_before_is_paid() -> None:
    assert await seconds_for(10, 30, 5, per_second=10) == 4


async def test_time_without_events_is_not_saved_up() -> None:
    clock = Clock()
    rate = Rate(10, clock=clock, sleep=clock.sleep)
    await rate.take(10)
    await clock.sleep(60)
    await rate.take(10)
    await rate.take(10)
    assert clock.now == 161


async def test_without_a_rate_nothing_waits() -> None:
    assert await seconds_for(10_000, 10_000, per_second=None) == 0
