"""The sink `splunkHec`: Splunk's HTTP Event Collector, and those who speak its protocol.

Splunk has no idempotency key, so a batch that was sent twice is there twice: each event carries its uuid as the indexed
field `uuid`, by which a search drops the second (`| dedup uuid`). A 200 says that the events are in a queue; with
`acknowledgement` the sink waits until they are in the index.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager

import msgspec
from yarl import URL

from okta_hooks.sinks.port import Answer, Delivered, Outgoing, Paused, Retry, Sink
from okta_hooks.sinks.splunk_acknowledgement import Acknowledgement, Channel
from okta_hooks.sinks.splunk_codes import verdict
from okta_hooks.sinks.transport import Client, Compression, Endpoint, Reply, opened
from okta_hooks.sinks.transport.client import gzipped
from okta_hooks.sinks.transport.credentials import SplunkToken
from okta_hooks.sinks.transport.urls import below
from okta_hooks.sinks.transport.wire import Message

_EVENTS = "/services/collector/event"
_ACKNOWLEDGEMENTS = "/services/collector/ack"
_HEADERS = {"Content-Type": "application/json"}


class SplunkHecSettings(
    Endpoint, frozen=True, kw_only=True, tag_field="type", tag="splunkHec", forbid_unknown_fields=True
):
    """What is configured of it; `url` is what comes before `/services/collector`.

    Attributes:
        token_file: Holds the collector's token.
        index: Where events go; without it, where the token says.
        source: What Splunk calls `source`.
        sourcetype: What Splunk calls `sourcetype`; the default is for the format `okta`.
        host: What Splunk calls `host`; without it, whatever the collector makes of it.
        compression: Whether requests are compressed.
        acknowledgement: How to wait until events are indexed; without it, that they are queued is enough.
    """

    token_file: str
    index: str | None = None
    source: str = "okta-event-hooks"
    sourcetype: str = "OktaIM2:log"
    host: str | None = None
    compression: Compression = "Gzip"
    acknowledgement: Acknowledgement | None = None

    @asynccontextmanager
    async def open(self) -> AsyncIterator[Sink]:
        """Keep connections, and a channel where there is acknowledgement."""
        async with opened(self, SplunkToken(self.token_file)) as client:
            sender = Sender(client, self)
            if self.acknowledgement is None:
                yield SplunkHecSink(sender)
            else:
                yield AcknowledgedSink(
                    sender, Channel(client, below(self.url, _ACKNOWLEDGEMENTS), self.acknowledgement)
                )


class Sender:
    """Writes batches as the collector reads them, and sends them.

    An event's bytes are copied and not parsed; what is around them is the same for all but the time and the uuid.

    Args:
        client: What sends them.
        settings: What is said of each event.
    """

    def __init__(self, client: Client, settings: SplunkHecSettings) -> None:
        self._client = client
        self._url: URL = below(settings.url, _EVENTS)
        self._compression = settings.compression
        told = {
            "host": settings.host,
            "source": settings.source,
            "sourcetype": settings.sourcetype,
            "index": settings.index,
        }
        self._told = msgspec.json.encode({name: value for name, value in told.items() if value})[1:-1]

    async def send(self, batch: Sequence[Outgoing], headers: Mapping[str, str]) -> Reply | Retry | Paused:
        """Send a batch, with headers beside those that every batch has."""
        message = Message(self._url, {**_HEADERS, **headers}, self._written(batch))
        return await self._client.post(await gzipped(message) if self._compression == "Gzip" else message)

    def _written(self, batch: Sequence[Outgoing]) -> bytes:
        written = []
        for event in batch:
            milliseconds = (event.published_ns or event.received_ns) // 1_000_000
            written.append(
                b'{"time":%d.%03d,%b,"event":%b,"fields":{"uuid":%b}}'
                % (
                    *divmod(milliseconds, 1000),
                    self._told,
                    event.payload,
                    msgspec.json.encode(event.uuid),
                )
            )
        return b"\n".join(written)


class SplunkHecSink:
    """Takes a batch for delivered when the collector has queued it.

    Args:
        sender: What sends it.
    """

    def __init__(self, sender: Sender) -> None:
        self._sender = sender

    async def deliver(self, batch: Sequence[Outgoing]) -> Answer:
        """See `Sink`."""
        reply = await self._sender.send(batch, {})
        return verdict(reply) if isinstance(reply, Reply) else reply


class AcknowledgedSink:
    """Takes a batch for delivered when it is indexed.

    Args:
        sender: What sends it.
        channel: What asks for it.
    """

    def __init__(self, sender: Sender, channel: Channel) -> None:
        self._sender = sender
        self._channel = channel

    async def deliver(self, batch: Sequence[Outgoing]) -> Answer:
        """See `Sink`."""
        if trouble := await self._channel.trouble():
            return trouble
        reply = await self._sender.send(batch, self._channel.headers)
        if not isinstance(reply, Reply):
            return reply
        taken = verdict(reply)
        return await self._channel.outcome(reply) if isinstance(taken, Delivered) else taken
