"""`http`: how events are written into requests, and what is said of each."""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence

import pytest

from okta_hooks.sinks import Answer, Delivered, Judged, Outgoing, Paused, Refused, RefusedForGood, Retry
from samples.sinks import configured, outgoing
from servers.stub import Asked, Said, Stub, in_turn, stub

EVENTS = [outgoing(f"u{number}", b'{"n":%d}' % number) for number in range(3)]


def cloud_event(number: int) -> Outgoing:
    event = {"specversion": "1.0", "id": f"u{number}", "source": "/Zoë %", "type": "t", "n": number, "flag": True}
    return outgoing(f"u{number}", json.dumps({**event, "data": {"amount": 1.0}}, ensure_ascii=False).encode())


async def delivered(server: Stub, batch: Sequence[Outgoing], **settings: object) -> Answer:
    async with configured(type="http", url=server.url, **settings).open() as sink:
        return await sink.deliver(batch)


@pytest.mark.parametrize(
    ("body", "content_type", "written"),
    [
        ("JsonLines", "application/x-ndjson", b'{"n":0}\n{"n":1}\n{"n":2}\n'),
        ("JsonArray", "application/json", b'[{"n":0},{"n":1},{"n":2}]'),
        ("CloudEventsBatch", "application/cloudevents-batch+json; charset=utf-8", b'[{"n":0},{"n":1},{"n":2}]'),
    ],
)
async def test_many_events_go_in_one_request(body: str, content_type: str, written: bytes) -> None:
    async with stub() as server:
        assert await delivered(server, EVENTS, body=body) == Delivered()
    assert [(asked.headers["Content-Type"], asked.body) for asked in server.asked] == [(content_type, written)]


async def test_a_request_is_compressed_where_that_is_wanted() -> None:
    async with stub() as server:
        await delivered(server, EVENTS, compression="Gzip")
    (asked,) = server.asked
    assert asked.headers["Content-Encoding"] == "gzip"
    assert asked.body == b'{"n":0}\n{"n":1}\n{"n":2}\n'  # as aiohttp's server has decompressed it
    assert int(asked.headers["Content-Length"]) < len(gzip.compress(asked.body)) + 50


@pytest.mark.parametrize("body", ["JsonLines", "JsonArray", "CloudEventsStructured"])
async def test_an_event_that_is_alone_in_a_request_has_its_uuid_as_key(body: str) -> None:
    async with stub() as server:
        await delivered(server, [outgoing("a\r\nb ü", b"{}")], body=body)
    assert server.asked[0].headers["Idempotency-Key"] == "a%0D%0Ab%20%C3%BC"


async def test_events_that_share_a_request_have_no_key() -> None:
    async with stub() as server:
        await delivered(server, EVENTS)
    assert "Idempotency-Key" not in server.asked[0].headers


async def test_structured_cloud_events_go_one_by_one_in_their_order() -> None:
    async with stub() as server:
        assert await delivered(server, EVENTS, body="CloudEventsStructured") == Delivered()
    assert [asked.body for asked in server.asked] == [event.payload for event in EVENTS]
    assert {asked.headers["Content-Type"] for asked in server.asked} == {"application/cloudevents+json; charset=utf-8"}


async def test_a_binary_cloud_event_has_its_attributes_in_headers_and_its_data_untouched() -> None:
    async with stub() as server:
        assert await delivered(server, [cloud_event(7)], body="CloudEventsBinary") == Delivered()
    (asked,) = server.asked
    assert asked.body == b'{"amount": 1.0}'
    assert {name: value for name, value in asked.headers.items() if name.lower().startswith("ce-")} == {
        "ce-specversion": "1.0",
        "ce-id": "u7",
        "ce-source": "/Zo%C3%AB%20%25",
        "ce-type": "t",
        "ce-n": "7",
        "ce-flag": "true",
    }
    assert asked.headers["Content-Type"] == "application/json"


async def test_a_format_that_writes_no_cloud_events_pauses_instead_of_sending_half() -> None:
    async with stub() as server:
        assert await delivered(server, EVENTS, body="CloudEventsBinary") == Paused(
            "its events are no CloudEvents: give it the format `cloudevents`"
        )
        assert server.asked == []


async def test_one_by_one_nothing_overtakes_an_event_that_has_to_wait() -> None:
    async with stub(in_turn(Said(200), Said(503))) as server:
        answer = await delivered(server, EVENTS, body="CloudEventsStructured")
        assert answer == Judged((Delivered(), *[Retry("127.0.0.1 answers 503")] * 2))
        assert len(server.asked) == 2


async def test_one_by_one_an_event_is_refused_beside_others_that_are_taken() -> None:
    async with stub(lambda asked: Said(422 if b"1" in asked.body else 200)) as server:
        answer = await delivered(server, EVENTS, body="CloudEventsStructured")
    assert answer == Judged((Delivered(), RefusedForGood("127.0.0.1 answers 422"), Delivered()))


async def test_one_by_one_events_that_are_all_refused_are_refused_as_a_batch() -> None:
    async with stub(lambda _: Said(400)) as server:
        assert await delivered(server, EVENTS, body="CloudEventsStructured") == Refused("127.0.0.1 answers 400")


async def test_a_batch_is_judged_event_by_event_where_the_answer_does() -> None:
    def judge(asked: Asked) -> Said:
        items = [{"id": f"u{n}", "status": 422 if n == 1 else 200} for n in range(len(asked.body.splitlines()))]
        return Said(207, json.dumps({"items": items}).encode())

    async with stub(judge) as server:
        answer = await delivered(server, EVENTS)
    assert answer == Judged((Delivered(), RefusedForGood("127.0.0.1 answers 422"), Delivered()))


async def test_an_answer_for_each_of_many_events_is_read_to_its_end() -> None:
    batch = [outgoing(f"{number:0100}", b"{}") for number in range(5000)]
    items = [{"id": event.uuid, "status": 200, "reason": "x" * 200} for event in batch]
    async with stub(lambda _: Said(207, json.dumps({"items": items}).encode())) as server:
        assert await delivered(server, batch) == Delivered()
