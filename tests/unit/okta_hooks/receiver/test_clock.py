"""What is noticed of a clock that is put."""

from __future__ import annotations

import pytest

from okta_hooks.admin.statistics import ClockJump
from okta_hooks.receiver.clock import ClockWatch


class Clocks:
    """A clock that can be put, and one that can't."""

    def __init__(self) -> None:
        self.ahead = 1_700_000_000.0
        self.steady = 100.0

    def watch(self) -> ClockWatch:
        return ClockWatch(clock=lambda: self.steady + self.ahead, steady=lambda: self.steady)


@pytest.mark.parametrize("seconds", [3600.0, -3600.0])
def test_a_jump_is_told_with_how_long_ago_it_was(seconds: float) -> None:
    clocks = Clocks()
    watch = clocks.watch()
    clocks.ahead += seconds
    watch.look()
    clocks.steady += 60
    watch.look()
    assert watch.jump == ClockJump(seconds, 60)


def test_a_clock_that_is_kept_in_step_does_not_jump() -> None:
    clocks = Clocks()
    watch = clocks.watch()
    for _ in range(100):
        clocks.steady += 2
        clocks.ahead += 0.5
        watch.look()
    assert watch.jump is None


def test_a_look_that_comes_late_is_no_jump() -> None:
    clocks = Clocks()
    watch = clocks.watch()
    clocks.steady += 86_400
    watch.look()
    assert watch.jump is None
