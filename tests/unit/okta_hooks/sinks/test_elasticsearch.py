"""`elasticsearch`: how events are written, and answers that no healthy server gives."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from okta_hooks.sinks import Answer, AnySink, Delivered, Judged, Outgoing, Paused, Refused, RefusedForGood, Retry
from samples.sinks import configured, outgoing
from servers.stub import Said, Stub, stub

DAY_NS = 86_400_000_000_000
EVENTS = [outgoing(f"u{number}", b'{"n":%d}' % number) for number in range(3)]


def of(server: Stub, **more: object) -> AnySink:
    return configured(type="elasticsearch", url=server.url, **more)


def bulk(*statuses: int, **error: str) -> Said:
    items = [{"create": {"status": s, **({"error": error} if s >= 400 else {})}} for s in statuses]
    return Said(200, json.dumps({"errors": any(s >= 400 for s in statuses), "items": items}).encode())


async def answer_to(said: Said) -> Answer:
    async with stub(lambda _: said) as server, of(server).open() as sink:
        return await sink.deliver(EVENTS)


async def test_each_event_is_created_under_its_uuid_in_the_index_of_its_day() -> None:
    batch = [
        Outgoing("a", b'{"n":1}', "t", 2 * DAY_NS - 1, 5 * DAY_NS),
        Outgoing('b"', b'{"n":2}', "t", 2 * DAY_NS, 5 * DAY_NS),
        Outgoing("c", b'{"n":3}', "t", None, 5 * DAY_NS),
    ]
    async with stub(lambda _: bulk(201, 201, 201)) as server, of(server).open() as sink:
        assert await sink.deliver(batch) == Delivered()
    (asked,) = server.asked
    assert asked.body.splitlines() == [
        b'{"create":{"_index":"okta-1970.01.02","_id":"a"}}',
        b'{"n":1}',
        b'{"create":{"_index":"okta-1970.01.03","_id":"b\\""}}',
        b'{"n":2}',
        b'{"create":{"_index":"okta-1970.01.06","_id":"c"}}',
        b'{"n":3}',
    ]
    assert asked.headers["Content-Encoding"] == "gzip"
    assert "refresh" not in asked.query


async def test_an_api_key_is_sent_as_elasticsearch_gives_it_out(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("aWQ6a2V5")
    auth = {"type": "apiKey", "apiKeyFile": str(tmp_path / "key")}
    async with stub(lambda _: bulk(201, 201, 201)) as server, of(server, auth=auth).open() as sink:
        await sink.deliver(EVENTS)
    assert server.asked[0].headers["Authorization"] == "ApiKey aWQ6a2V5"


async def test_an_event_that_is_there_already_is_delivered() -> None:
    assert await answer_to(bulk(409, 201, 409, type="version_conflict_engine_exception")) == Delivered()


async def test_an_event_that_finds_no_room_is_tried_again_and_no_other() -> None:
    answer = await answer_to(bulk(201, 429, 503, type="es_rejected_execution_exception", reason="queue full"))
    assert answer == Judged(
        (
            Delivered(),
            Retry("127.0.0.1 answers 429 (es_rejected_execution_exception: queue full)"),
            Retry("127.0.0.1 answers 503 (es_rejected_execution_exception: queue full)"),
        )
    )


async def test_the_event_that_does_not_fit_the_mapping_is_refused_without_being_quoted() -> None:
    answer = await answer_to(
        bulk(201, 400, 201, type="document_parsing_exception", reason="no date. Preview of field's value: 'Zoë'")
    )
    refused = RefusedForGood("127.0.0.1 answers 400 (document_parsing_exception: no date.)")
    assert answer == Judged((Delivered(), refused, Delivered()))


async def test_a_mapping_that_no_event_fits_refuses_the_batch() -> None:
    answer = await answer_to(bulk(400, 400, 400, type="document_parsing_exception", reason="@timestamp is missing"))
    assert answer == Refused("127.0.0.1 answers 400 (document_parsing_exception: @timestamp is missing)")


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (404, "index_not_found_exception"),
        (403, "security_exception"),
        (400, "index_closed_exception"),
        (400, "invalid_index_name_exception"),
    ],
)
async def test_an_index_that_can_t_be_written_pauses(status: int, error: str) -> None:
    assert await answer_to(bulk(status, status, status, type=error, reason="no")) == Paused(
        f"127.0.0.1 answers {status} ({error}: no): correct the index, or what the credential may do with it"
    )


async def test_a_request_that_failed_as_a_whole_gives_its_reason() -> None:
    error = b'{"error":{"root_cause":[{"type":"x"}],"type":"security_exception","reason":"unknown key"},"status":401}'
    assert await answer_to(Said(401, error)) == Paused(
        "127.0.0.1 answers 401 (security_exception: unknown key): correct the credential, or what it may do there"
    )


@pytest.mark.parametrize("body", [b"<html>", b"", b"[]", b'{"errors":true,"items":[{"create":{"status":201}}]}'])
async def test_an_answer_that_leaves_events_out_is_tried_again(body: bytes) -> None:
    assert isinstance(await answer_to(Said(200, body)), Retry)


async def test_success_without_items_is_success() -> None:
    assert await answer_to(Said(200, b'{"took":1,"errors":false}')) == Delivered()
