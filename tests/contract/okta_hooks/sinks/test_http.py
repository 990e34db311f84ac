"""`http` keeps the contract of sinks, in every way to write events; and the CloudEvents SDK reads what it sends."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable, Sequence

import msgspec
import pytest
from cloudevents.core.base import BaseCloudEvent
from cloudevents.core.bindings.http import HTTPMessage, from_binary_event, from_structured_event
from cloudevents.core.formats.json import JSONFormat
from cloudevents.core.v1.event import CloudEvent

from contract.okta_hooks.sinks.sink_contract import SinkContract
from okta_hooks.sinks import AnySink, Delivered, Outgoing
from samples.dispatch import until
from samples.sinks import configured, outgoing
from servers.stub import Asked, Stub, stub


def of_lines(asked: Asked) -> list[bytes]:
    return asked.body.splitlines()


def of_array(asked: Asked) -> list[bytes]:
    return [bytes(raw) for raw in msgspec.json.decode(asked.body, type=list[msgspec.Raw])]


def of_one(asked: Asked) -> list[bytes]:
    return [asked.body]


class Receiver:
    """An endpoint that takes events in one of the ways to write them."""

    def __init__(self, server: Stub, settings: dict[str, object], payloads: Callable[[Asked], list[bytes]]) -> None:
        self._server = server
        self._payloads = payloads
        self._settings = configured(type="http", url=server.url, timeoutSeconds=5, **settings)

    @property
    def settings(self) -> AnySink:
        return self._settings

    async def received(self, count: int) -> Sequence[bytes]:
        await until(lambda: len(self._received()) >= count)
        return self._received()

    def _received(self) -> list[bytes]:
        return [payload for asked in self._server.asked for payload in self._payloads(asked)]

    async def fail(self) -> None:
        await self._server.stop()


class TestHttp(SinkContract):
    @pytest.fixture(
        params=[
            ({"body": "JsonLines"}, of_lines),
            ({"body": "JsonLines", "compression": "Gzip"}, of_lines),
            ({"body": "JsonArray"}, of_array),
            ({"body": "CloudEventsBatch"}, of_array),
            ({"body": "CloudEventsStructured"}, of_one),
        ],
        ids=lambda param: "-".join(param[0].values()),
    )
    async def side(self, request: pytest.FixtureRequest) -> AsyncIterator[Receiver]:
        settings, payloads = request.param
        async with stub() as server:
            yield Receiver(server, settings, payloads)


EVENTS = [
    {
        "specversion": "1.0",
        "id": f"u{number}",
        "source": "https://acme.okta.com/who1",
        "type": "com.okta.user.session.start",
        "time": "2026-01-31T12:00:00.123Z",
        "subject": 'Zoë ☃ "%"',
        "datacontenttype": "application/json",
        "data": {"displayName": "Zoë", "n": number},
    }
    for number in range(2)
]


def cloud_events() -> list[Outgoing]:
    return [outgoing(str(event["id"]), json.dumps(event).encode()) for event in EVENTS]


def attributes(event: BaseCloudEvent) -> dict[str, object]:
    """All that the SDK read, as our samples have it."""
    read = {name: value for name, value in event.get_attributes().items() if name != "time"}
    time = event.get_time()
    assert time is not None
    return {**read, "time": time.strftime("%Y-%m-%dT%H:%M:%S.123Z"), "data": event.get_data()}


@pytest.mark.parametrize(
    ("body", "read"), [("CloudEventsStructured", from_structured_event), ("CloudEventsBinary", from_binary_event)]
)
async def test_the_cloudevents_sdk_reads_single_events(body: str, read: Callable[[HTTPMessage], CloudEvent]) -> None:
    async with stub() as server, configured(type="http", url=server.url, body=body).open() as sink:
        assert await sink.deliver(cloud_events()) == Delivered()
    messages = [HTTPMessage(headers=dict(asked.headers), body=asked.body) for asked in server.asked]
    assert [attributes(read(message)) for message in messages] == EVENTS


async def test_the_cloudevents_sdk_reads_each_event_of_a_batch() -> None:
    async with stub() as server, configured(type="http", url=server.url, body="CloudEventsBatch").open() as sink:
        assert await sink.deliver(cloud_events()) == Delivered()
    (asked,) = server.asked
    assert [attributes(JSONFormat().read(CloudEvent, event)) for event in of_array(asked)] == EVENTS
