"""What an answer that is not a success means."""

from __future__ import annotations

import pytest

from okta_hooks.kube import errors
from okta_hooks.kube.answers import error_from


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (401, errors.Forbidden),
        (403, errors.Forbidden),
        (404, errors.NotFound),
        (409, errors.Conflict),
        (410, errors.Gone),
        (422, errors.Refused),
        (429, errors.Unavailable),
        (500, errors.Unavailable),
        (504, errors.Unavailable),
    ],
)
def test_a_status_is_one_of_few_errors(status: int, kind: type[errors.KubernetesError]) -> None:
    assert type(error_from(status, {}, b"", "get")) is kind


def test_the_servers_sentence_is_told_with_what_was_asked() -> None:
    error = error_from(409, {}, b'{"kind": "Status", "message": "the object has been modified"}', "replace Lease a/b")
    assert str(error) == "replace Lease a/b: the object has been modified"


def test_a_page_of_something_in_between_is_told_by_its_status() -> None:
    assert str(error_from(502, {}, b"<html>Bad Gateway</html>", "get")) == "get: HTTP status 502"


def test_a_busy_server_says_when_to_come_again() -> None:
    error = error_from(429, {"Retry-After": "7"}, b"", "get")
    assert isinstance(error, errors.Unavailable)
    assert error.retry_after == 7


def test_a_sentence_without_end_is_cut() -> None:
    assert len(str(error_from(500, {}, b'{"message": "%s"}' % (b"x" * 1_000_000), "get"))) < 3000
