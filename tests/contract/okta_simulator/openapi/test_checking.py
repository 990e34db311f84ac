"""The judge itself: what is not in Okta's document is seen."""

from __future__ import annotations

import json
from typing import Any

import pytest
from multidict import CIMultiDict

from contract.okta_simulator.openapi.checking import Checker
from contract.okta_simulator.openapi.exchange import Exchange
from contract.okta_simulator.scenarios.requests import HOOK, IP_ZONE

HOOKS = "/api/v1/eventHooks"


def exchange(path: str = HOOKS, *, method: str = "POST", status: int = 200, **changes: Any) -> Exchange:  # noqa: ANN401
    """A hook is created, but for what is changed."""
    usual: dict[str, Any] = {
        "query": {},
        "sent_type": "application/json",
        "sent": json.dumps(HOOK).encode(),
        "headers": CIMultiDict(),
        "got_type": "application/json",
        "got": json.dumps({name: value for name, value in HOOK.items() if name != "channel"} | {"channel": CHANNEL}),
    }
    wanted = usual | changes
    got = wanted.pop("got")
    return Exchange(
        method=method, path=path, status=status, got=got if isinstance(got, bytes) else got.encode(), **wanted
    )


CHANNEL = {"type": "HTTP", "version": "1.0.0", "config": {"uri": "https://hooks.example.com"}}


def places(checker: Checker, exchange: Exchange) -> list[str]:
    return [complaint.place for complaint in checker.complaints(exchange)]


def test_what_is_right_passes(checker: Checker) -> None:
    assert places(checker, exchange()) == []


def test_an_operation_that_is_not_there(checker: Checker) -> None:
    assert places(checker, exchange(method="PATCH")) == ["operation"]


def test_a_status_that_is_not_declared(checker: Checker) -> None:
    assert places(checker, exchange(status=201, got="{}")) == ["201"]


@pytest.mark.parametrize("content_type", ["text/html", ""])
def test_another_content_type_of_the_answer(checker: Checker, content_type: str) -> None:
    assert places(checker, exchange(got_type=content_type)) == ["200"]


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"name": 1}, "200 /name"),
        ({"status": "PERHAPS"}, "200 /status"),
        ({"created": "yesterday"}, "200 /created"),
        ({"events": {"type": "EVENT_TYPE", "items": [1]}}, "200 /events/items/*"),
        ({"events": {"type": "EVENT_TYPE"}}, "200 /events"),
    ],
)
def test_an_answer_of_another_shape(checker: Checker, change: dict[str, object], place: str) -> None:
    answer = {**HOOK, "channel": CHANNEL, **change}
    assert places(checker, exchange(got=json.dumps(answer))) == [place]


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"colour": "red"}, "200 /colour"),
        ({"channel": {**CHANNEL, "colour": "red"}}, "200 /channel/colour"),
        ({"_links": {"colour": {"href": "https://example.com"}}}, "200 /_links/colour"),
    ],
)
def test_a_field_that_the_document_does_not_name(checker: Checker, change: dict[str, object], place: str) -> None:
    answer = {**HOOK, "channel": CHANNEL, **change}
    assert places(checker, exchange(got=json.dumps(answer))) == [place]


def test_fields_that_the_document_leaves_to_whoever_writes(checker: Checker) -> None:
    entries = json.dumps([{"debugContext": {"debugData": {"colour": "red", "deep": {"colour": "red"}}}}])
    assert places(checker, exchange("/api/v1/logs", method="GET", sent=b"", sent_type="", got=entries)) == []


def test_a_secret_in_an_answer(checker: Checker) -> None:
    assert places(checker, exchange(got=json.dumps(HOOK))) == ["200 /channel/config/authScheme/value"]


def test_an_error_of_another_shape(checker: Checker) -> None:
    assert places(checker, exchange(status=403, got='{"errorCauses": {}}')) == ["403 /errorCauses"]


def test_an_answer_where_there_is_none(checker: Checker) -> None:
    deleted = exchange(f"{HOOKS}/who1", method="DELETE", status=204, sent=b"", sent_type="")
    assert places(checker, deleted) == ["204"]


def test_a_request_that_should_have_been_refused(checker: Checker) -> None:
    assert places(checker, exchange(sent=json.dumps({**HOOK, "id": "who1"}).encode())) == ["request /id"]


def test_a_query_that_is_not_declared(checker: Checker) -> None:
    listed = exchange(method="GET", query={"limit": "1"}, sent=b"", sent_type="", got="[]")
    assert places(checker, listed) == ["query limit"]


def test_a_query_of_another_type(checker: Checker) -> None:
    listed = exchange("/api/v1/logs", method="GET", query={"limit": "many"}, sent=b"", sent_type="", got="[]")
    assert places(checker, listed) == ["query limit"]


def test_one_of_several_shapes_is_chosen_by_its_discriminator(checker: Checker) -> None:
    zone = {**IP_ZONE, "gateways": [{"type": "CIDR", "value": 1}]}
    got = exchange("/api/v1/zones/nzo1", method="GET", sent=b"", sent_type="", got=json.dumps(zone))
    assert places(checker, got) == ["200 /gateways/*/value"]
