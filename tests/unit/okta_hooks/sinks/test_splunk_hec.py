"""`splunkHec`: how events are written, and how their indexing is waited for.

No Splunk can be installed here; the stub says what Splunk's documentation says ("About HTTP Event Collector Indexer
Acknowledgment").
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from okta_hooks.sinks import AnySink, Delivered, Outgoing, Paused, Retry
from samples.sinks import RECEIVED_NS, configured, outgoing
from servers.stub import Asked, Said, Stub, stub

EVENTS = [outgoing(f"u{number}", b'{"n": %d}' % number) for number in range(2)]


@pytest.fixture
def token(tmp_path: Path) -> str:
    (tmp_path / "token").write_text("0000-1111")
    return str(tmp_path / "token")


def hec(server: Stub, token: str, **more: object) -> AnySink:
    return configured(type="splunkHec", url=server.url, tokenFile=token, **more)


async def test_events_are_written_one_after_the_other_with_what_is_known_of_them(token: str) -> None:
    async with stub() as server, hec(server, token, index="okta", host="acme").open() as sink:
        assert await sink.deliver(EVENTS) == Delivered()
    (asked,) = server.asked
    assert asked.path == "/services/collector/event"
    assert asked.headers["Authorization"] == "Splunk 0000-1111"
    assert asked.headers["Content-Encoding"] == "gzip"
    first, second = asked.body.splitlines()
    assert first == (
        b'{"time":1769860799.000,"host":"acme","source":"okta-event-hooks","sourcetype":"OktaIM2:log","index":"okta",'
        b'"event":{"n": 0},"fields":{"uuid":"u0"}}'
    )
    assert json.loads(second)["fields"] == {"uuid": "u1"}


async def test_the_time_is_when_it_was_published_to_the_millisecond(token: str) -> None:
    event = Outgoing("u", b"{}", "t", RECEIVED_NS + 7_999_999, RECEIVED_NS + 10**12)
    async with stub() as server, hec(server, token).open() as sink:
        await sink.deliver([event])
    assert b'"time":1769860800.007,' in server.asked[0].body


async def test_without_a_published_time_it_is_when_it_was_received(token: str) -> None:
    event = Outgoing('u"', b"{}", "t", None, RECEIVED_NS)
    async with stub() as server, hec(server, token).open() as sink:
        await sink.deliver([event])
    assert json.loads(server.asked[0].body)["time"] == RECEIVED_NS / 10**9


async def test_the_address_may_have_a_path_and_a_query(token: str) -> None:
    async with stub() as server:
        settings = configured(type="splunkHec", url=f"{server.url}/insert/splunk/?a=b", tokenFile=token)
        async with settings.open() as sink:
            await sink.deliver(EVENTS)
    assert (server.asked[0].path, dict(server.asked[0].query)) == (
        "/insert/splunk/services/collector/event",
        {"a": "b"},
    )


class Indexers:
    """A collector with indexer acknowledgement.

    Args:
        looks: After how many questions a batch is indexed.
    """

    def __init__(self, looks: int) -> None:
        self._looks = looks
        self.channels: set[str] = set()
        self.batches = 0
        self.questions: list[int] = []

    def __call__(self, asked: Asked) -> Said:
        self.channels.add(asked.headers["X-Splunk-Request-Channel"])
        if asked.path.endswith("/ack"):
            (number,) = json.loads(asked.body)["acks"]
            self.questions.append(number)
            indexed = 0 < number <= self.batches and self.questions.count(number) >= self._looks
            return Said(200, json.dumps({"acks": {str(number): indexed}}).encode())
        self.batches += 1
        return Said(200, b'{"text":"Success","code":0,"ackId":%d}' % self.batches)


@pytest.fixture
async def server() -> AsyncIterator[Stub]:
    async with stub() as server:
        yield server


async def test_a_batch_is_delivered_when_it_is_indexed(server: Stub, token: str) -> None:
    server.answer = indexers = Indexers(looks=3)
    async with hec(server, token, acknowledgement={}).open() as sink:
        assert [await sink.deliver(EVENTS) for _ in range(2)] == [Delivered()] * 2
    assert indexers.questions == [0, 1, 1, 1, 2, 2, 2]
    assert len(indexers.channels) == 1


async def test_a_batch_that_is_not_indexed_in_time_is_sent_again(server: Stub, token: str) -> None:
    server.answer = Indexers(looks=10_000)
    async with hec(server, token, acknowledgement={"timeoutSeconds": 0.05}).open() as sink:
        assert await sink.deliver(EVENTS) == Retry("127.0.0.1 did not acknowledge a batch within 0.05 s")


async def test_each_sink_that_is_opened_has_a_channel_of_its_own(server: Stub, token: str) -> None:
    server.answer = indexers = Indexers(looks=1)
    for _ in range(2):
        async with hec(server, token, acknowledgement={}).open() as sink:
            await sink.deliver(EVENTS)
    assert len(indexers.channels) == 2


async def test_a_token_without_acknowledgement_pauses_before_anything_is_sent(server: Stub, token: str) -> None:
    server.answer = lambda _: Said(400, b'{"text":"ACK is disabled","code":14}')
    async with hec(server, token, acknowledgement={}).open() as sink:
        assert await sink.deliver(EVENTS) == Paused(
            "the token that 127.0.0.1 was given has no indexer acknowledgement: switch it on there, or "
            "`acknowledgement` off"
        )
    assert [asked.path for asked in server.asked] == ["/services/collector/ack"]


async def test_a_token_that_wants_acknowledgement_pauses_who_has_none(server: Stub, token: str) -> None:
    server.answer = lambda _: Said(400, b'{"text":"Data channel is missing","code":10}')
    async with hec(server, token).open() as sink:
        assert await sink.deliver(EVENTS) == Paused(
            "127.0.0.1 answers 400 with code 10 (Data channel is missing): switch `acknowledgement` on, or take it "
            "from the token"
        )


async def test_a_collector_that_ends_while_it_is_asked_gets_the_batch_again(server: Stub, token: str) -> None:
    def end(asked: Asked) -> Said:
        if asked.path.endswith("/event"):
            return Said(200, b'{"text":"Success","code":0,"ackId":1}')
        return Said(503, b'{"text":"Server is shutting down","code":23}')

    server.answer = end
    async with hec(server, token, acknowledgement={}).open() as sink:
        assert isinstance(await sink.deliver(EVENTS), Retry)
