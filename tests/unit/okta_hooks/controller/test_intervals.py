"""When to look again while nothing changes."""

from __future__ import annotations

from datetime import timedelta

from okta_hooks.controller.intervals import DEFAULT_RESYNC, next_look, resync_interval
from unit.okta_hooks.controller.given import START

INTERVAL = timedelta(minutes=5)


def test_the_hooks_own_interval_comes_before_the_organisations() -> None:
    assert resync_interval("1m", "10m") == timedelta(minutes=1)
    assert resync_interval(None, "10m") == timedelta(minutes=10)
    assert resync_interval(None, None) == DEFAULT_RESYNC


def test_looks_are_spread_around_the_interval() -> None:
    looks = {next_look(INTERVAL, START) for _ in range(100)}
    assert len(looks) > 1
    assert all(0.9 * INTERVAL <= look <= 1.1 * INTERVAL for look in looks)


def test_what_is_due_sooner_comes_sooner() -> None:
    assert next_look(INTERVAL, START, None, START + timedelta(seconds=15)) == timedelta(seconds=15)


def test_what_is_due_already_does_not_make_a_hot_loop() -> None:
    assert next_look(INTERVAL, START, START - timedelta(hours=1)) == timedelta(milliseconds=200)
