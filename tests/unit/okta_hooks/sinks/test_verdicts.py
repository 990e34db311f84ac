"""What verdicts on single events say of a batch."""

from __future__ import annotations

import pytest

from okta_hooks.sinks import Answer, Delivered, Judged, Paused, Refused, RefusedForGood, Retry
from okta_hooks.sinks.verdicts import Verdict, together

TAKEN, LATER, WRONG, BAD = Delivered(), Retry("later"), Paused("wrong"), Refused("bad")


@pytest.mark.parametrize(
    ("each", "answer"),
    [
        ([TAKEN, TAKEN], TAKEN),
        ([TAKEN, LATER], Judged((TAKEN, LATER))),
        ([BAD, TAKEN], Judged((RefusedForGood("bad"), TAKEN))),
        ([TAKEN, WRONG], Judged((TAKEN, Retry("wrong")))),
        ([BAD, BAD], BAD),
        ([BAD, LATER], LATER),
        ([BAD, LATER, WRONG], WRONG),
    ],
)
def test_an_event_is_refused_for_good_only_beside_one_that_was_taken(each: list[Verdict], answer: Answer) -> None:
    assert together(each) == answer
