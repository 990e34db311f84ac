"""What a status says of events."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import pytest

from okta_hooks.sinks import Delivered, Paused, Refused, Retry
from okta_hooks.sinks.transport import Reply
from okta_hooks.sinks.transport.verdicts import of_status


@pytest.mark.parametrize(
    ("statuses", "answer"),
    [
        ((200, 201, 202, 204, 299), Delivered),
        ((301, 302, 307, 308, 401, 403, 404, 405, 407, 410, 415), Paused),
        ((408, 409, 425, 429, 500, 502, 503, 504, 599), Retry),
        ((400, 413, 422, 431), Refused),
    ],
)
def test_each_status_means_one_thing(statuses: Sequence[int], answer: type) -> None:
    assert {type(of_status(Reply("siem", status))) for status in statuses} == {answer}


def test_whoever_says_when_to_come_back_is_listened_to() -> None:
    after = timedelta(seconds=17)
    assert of_status(Reply("siem", 503, b"", after)) == Retry("siem answers 503", after)


@pytest.mark.parametrize(
    ("status", "sentence"),
    [
        (401, "siem answers 401: correct the credential, or what it may do there"),
        (404, "siem answers 404: correct the address, or what listens there"),
        (308, "siem answers 308: give the address that it points to, since none is followed with a credential"),
    ],
)
def test_a_pause_says_what_to_correct(status: int, sentence: str) -> None:
    assert of_status(Reply("siem", status)) == Paused(sentence)


def test_a_page_for_people_is_no_success_whatever_its_status() -> None:
    page = Reply("portal", 200, b" \n<!DOCTYPE html><title>Log in</title>")
    assert of_status(page) == Retry(
        "portal answers 200 with a page for people: see that the address is right, and that no login stands before it"
    )
