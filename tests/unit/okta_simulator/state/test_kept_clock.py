"""Okta's time from one life of an organisation to the next."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from okta_simulator.clock import Clock
from okta_simulator.organization import Organization
from okta_simulator.server import listen, serve
from okta_simulator.state.file import StateFile

DAY = timedelta(days=1)


async def shown_after_a_life(path: Path, clock: Clock, advance: timedelta = timedelta()) -> datetime:
    """What the clock shows at the end of a life in which it was set ahead."""
    clock.advance(advance)
    with closing(StateFile(path)) as state:
        async with serve(Organization(clock=clock, recorder=state), listen()):
            return clock.now()


async def test_a_clock_that_was_set_ahead_stays_ahead_in_the_next_life(tmp_path: Path) -> None:
    first = await shown_after_a_life(tmp_path / "state", Clock(), advance=DAY)
    assert await shown_after_a_life(tmp_path / "state", Clock()) > first


async def test_a_fast_clock_is_never_behind_what_it_showed(tmp_path: Path) -> None:
    first = await shown_after_a_life(tmp_path / "state", Clock(speed=10_000))
    assert await shown_after_a_life(tmp_path / "state", Clock()) >= first


async def test_a_clock_in_real_time_stays_in_real_time(tmp_path: Path) -> None:
    await shown_after_a_life(tmp_path / "state", Clock())
    shown = await shown_after_a_life(tmp_path / "state", Clock())
    assert abs(shown - datetime.now(UTC)) < timedelta(minutes=1)


async def test_without_a_file_nothing_is_kept() -> None:
    clock = Clock()
    clock.advance(DAY)
    Organization(clock=clock)
    assert Organization().clock.now() < clock.now()
