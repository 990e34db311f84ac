"""When a batch is complete: as configured, else as suits the sink."""

from __future__ import annotations

from datetime import timedelta

from okta_hooks.dispatch.batching import Batching
from okta_hooks.dispatch.source import BatchLimits
from samples.sinks import configured

OBJECTS = configured(type="objectStorage", bucket="okta")


def test_by_default_no_event_waits_for_another() -> None:
    assert Batching().limits(configured(type="stdout")) == BatchLimits(500, 1 << 20, timedelta(0))


def test_by_default_an_object_is_a_megabyte_or_what_a_minute_brings() -> None:
    assert Batching().limits(OBJECTS) == BatchLimits(10_000, 1 << 20, timedelta(seconds=60))


def test_what_is_configured_counts_also_when_it_is_zero() -> None:
    batching = Batching(max_events=7, max_age_seconds=0)
    assert batching.limits(OBJECTS) == BatchLimits(7, 1 << 20, timedelta(0))
