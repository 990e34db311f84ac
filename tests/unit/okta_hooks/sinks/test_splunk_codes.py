"""The codes of the HTTP Event Collector, each with what it means for a batch."""

from __future__ import annotations

import pytest

from okta_hooks.sinks import Delivered, Paused, Refused, Retry
from okta_hooks.sinks.splunk_codes import CODES, verdict
from okta_hooks.sinks.transport import Reply

TO_CORRECT = {1: 403, 2: 401, 3: 401, 4: 403, 7: 400, 10: 400, 11: 400, 14: 400, 16: 400, 21: 400, 22: 400}
AT_FAULT = {5: 400, 6: 400, 12: 400, 13: 400, 15: 400}
LATER = {8: 500, 9: 503, 17: 200, 18: 503, 19: 503, 20: 503, 23: 503, 26: 429, 27: 429}
TAKEN = {0: 200, 24: 200, 25: 200}


def said(code: int, status: int) -> Reply:
    return Reply("splunk", status, b'{"text":"Words of Splunk","code":%d}' % code)


@pytest.mark.parametrize(
    ("codes", "answer"), [(TO_CORRECT, Paused), (AT_FAULT, Refused), (LATER, Retry), (TAKEN, Delivered)]
)
def test_each_code_means_one_thing(codes: dict[int, int], answer: type) -> None:
    assert {type(verdict(said(code, status))) for code, status in codes.items()} == {answer}


def test_no_code_is_forgotten() -> None:
    assert CODES.keys() == TO_CORRECT.keys() | AT_FAULT.keys() | LATER.keys() | TAKEN.keys() == set(range(28))


def test_a_wrong_index_says_what_to_do() -> None:
    assert verdict(said(7, 400)) == Paused(
        "splunk answers 400 with code 7 (Words of Splunk): let the token write to the index, or name another"
    )


def test_the_event_at_fault_is_named() -> None:
    reply = Reply("splunk", 400, b'{"text":"Invalid data format","code":6,"invalid-event-number":12}')
    assert verdict(reply) == Refused("splunk answers 400 with code 6 (Invalid data format, at event 12)")


def test_a_code_that_is_not_known_yet_is_judged_by_its_status() -> None:
    assert isinstance(verdict(said(99, 503)), Retry)
    assert isinstance(verdict(said(99, 403)), Paused)


def test_success_without_a_body_is_success() -> None:
    assert verdict(Reply("victorialogs", 200)) == Delivered()


@pytest.mark.parametrize("body", [b"<html>log in</html>", b"OK", b"{}"])
def test_success_in_other_words_is_none(body: bytes) -> None:
    assert isinstance(verdict(Reply("portal", 200, body)), Retry)


def test_a_proxy_in_front_is_judged_by_its_status() -> None:
    assert isinstance(verdict(Reply("proxy", 502, b"<html>bad gateway</html>")), Retry)
    assert isinstance(verdict(Reply("proxy", 413, b"<html>too large</html>")), Refused)
