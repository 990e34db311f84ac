"""What a sink's answer means for each event."""

from __future__ import annotations

from datetime import timedelta

from okta_hooks.dispatch.judging import Holdup, Judgement, judge
from okta_hooks.sinks import Delivered, Judged, Paused, Refused, RefusedForGood, Retry

BATCH = ["a", "b", "c"]


def test_a_delivered_batch_is_settled() -> None:
    assert judge(BATCH, Delivered()) == Judgement(delivered=BATCH)


def test_a_batch_to_retry_is_tried_again_whole_and_when_the_sink_says() -> None:
    again = judge(BATCH, Retry("busy", timedelta(seconds=3)))
    assert again == Judgement(again=BATCH, holdup=Holdup("busy", after=timedelta(seconds=3)))


def test_a_paused_sink_makes_no_dead_letters() -> None:
    paused = judge(BATCH, Paused("the token is wrong"))
    assert paused == Judgement(again=BATCH, holdup=Holdup("the token is wrong", paused=True))


def test_a_batch_that_is_refused_without_a_word_on_any_event_is_left_unexplained() -> None:
    assert judge(BATCH, Refused("HTTP 413")) == Judgement(unexplained="HTTP 413")


def test_each_event_gets_its_own_verdict() -> None:
    mixed = judge(BATCH, Judged((Delivered(), RefusedForGood("too long"), Retry("busy"))))
    assert mixed == Judgement(("a",), (("b", "too long"),), ("c",), Holdup("busy"))


def test_the_longest_wait_that_an_event_asks_for_counts() -> None:
    waits = (Retry("busy", timedelta(seconds=1)), Retry("busy"), Retry("busy", timedelta(seconds=5)))
    assert judge(BATCH, Judged(waits)).holdup == Holdup("busy", after=timedelta(seconds=5))


def test_an_answer_for_another_number_of_events_settles_none() -> None:
    short = judge(BATCH, Judged((Delivered(), Delivered())))
    assert short == Judgement(again=BATCH, holdup=Holdup("it answered for 2 of 3 events"))
