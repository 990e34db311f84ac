"""A bound on lines that a stranger can cause."""

from __future__ import annotations

from okta_hooks.telemetry.throttle import Throttle


def test_the_first_lines_of_each_kind_pass_and_the_rest_is_counted() -> None:
    now = 0.0
    throttle = Throttle(lines=2, period=60, clock=lambda: now)
    assert [throttle.admit("refused") for _ in range(4)] == [0, 0, None, None]
    assert throttle.admit("other") == 0
    now = 60.0
    assert throttle.admit("refused") == 2
    assert throttle.admit("refused") == 0
