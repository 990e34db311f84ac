"""What a sink's answer means for each event of a batch. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Generic, TypeVar

from okta_hooks.sinks import Answer, Delivered, EventAnswer, Judged, Paused, Refused, RefusedForGood, Retry

E = TypeVar("E")


@dataclass(frozen=True)
class Holdup:
    """Why a sink can't be served.

    Attributes:
        reason: What it said.
        paused: Whether somebody has to correct something; else time may help.
        after: When it wants to be asked again, if it said so.
    """

    reason: str
    paused: bool = False
    after: timedelta | None = None


@dataclass(frozen=True)
class Judgement(Generic[E]):
    """What becomes of a batch.

    Attributes:
        delivered: Those that the sink took.
        refused: Those that it will never take, each with the reason.
        again: Those to try again, in their order.
        holdup: Why there are some to try again.
        unexplained: Why all were refused, where the sink does not say which event is at fault.
    """

    delivered: Sequence[E] = ()
    refused: Sequence[tuple[E, str]] = ()
    again: Sequence[E] = ()
    holdup: Holdup | None = None
    unexplained: str | None = None


def judge(events: Sequence[E], answer: Answer) -> Judgement[E]:
    """Apply an answer to the events that it answers.

    A `Judged` that does not judge each event exactly once is a sink's mistake: all of them are tried again, since
    nobody can tell which arrived.
    """
    match answer:
        case Delivered():
            return Judgement(delivered=events)
        case Retry(reason, after):
            return Judgement(again=events, holdup=Holdup(reason, after=after))
        case Paused(reason):
            return Judgement(again=events, holdup=Holdup(reason, paused=True))
        case Refused(reason):
            return Judgement(unexplained=reason)
        case Judged(answers) if len(answers) != len(events):
            return Judgement(again=events, holdup=Holdup(f"it answered for {len(answers)} of {len(events)} events"))
        case Judged(answers):
            return _judge_each(events, answers)


def _judge_each(events: Sequence[E], answers: Sequence[EventAnswer]) -> Judgement[E]:
    pairs = list(zip(events, answers, strict=True))
    delivered = tuple(event for event, answer in pairs if isinstance(answer, Delivered))
    refused = tuple((event, answer.reason) for event, answer in pairs if isinstance(answer, RefusedForGood))
    again = [(event, answer) for event, answer in pairs if isinstance(answer, Retry)]
    if not again:
        return Judgement(delivered, refused)
    waits = [answer.after for _, answer in again if answer.after]
    holdup = Holdup(again[0][1].reason, after=max(waits, default=None))
    return Judgement(delivered, refused, tuple(event for event, _ in again), holdup)
