"""How the watch is kept up."""

from __future__ import annotations

from itertools import islice

from okta_hooks.controller.watching import Pauses


def test_a_watch_that_fails_is_tried_again_without_end_and_at_least_every_half_minute() -> None:
    day = list(islice(Pauses(), 24 * 60 * 60))
    assert len(day) == 24 * 60 * 60
    assert max(day) <= 30


def test_each_request_begins_with_the_shortest_pause() -> None:
    pauses = Pauses()
    assert next(iter(pauses)) == next(iter(pauses)) == min(islice(pauses, 100))
