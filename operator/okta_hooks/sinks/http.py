"""The sink `http`: a POST to an endpoint of the user's own.

Many events go in one request, as lines of JSON, as a JSON array or as a batch of CloudEvents; or each goes in a request
of its own, in their order, as a CloudEvent that is structured or binary. What a status means is in docs/sinks.md.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Literal

from yarl import URL

from okta_hooks.sinks import multi_status
from okta_hooks.sinks.cloudevents_binding import NotACloudEvent, SingleMessage, binary, escaped, structured
from okta_hooks.sinks.port import Answer, Outgoing, Paused, Retry, Sink
from okta_hooks.sinks.transport import Client, Compression, Endpoint, opened
from okta_hooks.sinks.transport.client import gzipped
from okta_hooks.sinks.transport.credentials import Basic, Bearer
from okta_hooks.sinks.transport.oauth import ClientCredentials
from okta_hooks.sinks.transport.verdicts import of_status
from okta_hooks.sinks.transport.wire import Message
from okta_hooks.sinks.verdicts import Verdict, together

_VERDICT_AT_MOST = 512
"""Bytes of an answer that are read for each event."""

Body = Literal["JsonLines", "JsonArray", "CloudEventsBatch", "CloudEventsStructured", "CloudEventsBinary"]


@dataclass(frozen=True)
class _Frame:
    """What is around and between the events of one request."""

    content_type: str
    start: bytes
    between: bytes
    end: bytes


_FRAMES: Mapping[Body, _Frame] = {
    "JsonLines": _Frame("application/x-ndjson", b"", b"\n", b"\n"),
    "JsonArray": _Frame("application/json", b"[", b",", b"]"),
    "CloudEventsBatch": _Frame("application/cloudevents-batch+json; charset=utf-8", b"[", b",", b"]"),
}
_SINGLE: Mapping[Body, Callable[[bytes], SingleMessage]] = {
    "CloudEventsStructured": structured,
    "CloudEventsBinary": binary,
}


class HttpSettings(Endpoint, frozen=True, kw_only=True, tag_field="type", tag="http", forbid_unknown_fields=True):
    """What is configured of it.

    Attributes:
        body: How events are written into requests; those with CloudEvents in their name need the format `cloudevents`.
        compression: Whether requests are compressed.
        auth: What to be known by.
    """

    body: Body = "JsonLines"
    compression: Compression = "None"
    auth: Bearer | Basic | ClientCredentials | None = None

    @asynccontextmanager
    async def open(self) -> AsyncIterator[Sink]:
        """Keep connections, and a token."""
        async with opened(self, self.auth) as client:
            sender = Sender(client, URL(self.url), self.compression)
            if frame := _FRAMES.get(self.body):
                yield ManyInOneSink(sender, frame)
            else:
                yield OneByOneSink(sender, _SINGLE[self.body])


class Sender:
    """Sends requests, and says what their answers mean.

    Args:
        client: What sends them.
        url: Where to.
        compression: Whether they are compressed.
    """

    def __init__(self, client: Client, url: URL, compression: Compression) -> None:
        self._client = client
        self._url = url
        self._compression = compression

    async def send(self, body: bytes, headers: Mapping[str, str], events: Sequence[Outgoing]) -> Sequence[Verdict]:
        """Send events in one request.

        Args:
            body: The request's body.
            headers: What goes with it.
            events: Those that are in it.

        Returns:
            A verdict on each.
        """
        if len(events) == 1:
            headers = {**headers, "Idempotency-Key": escaped(events[0].uuid)}
        message = Message(self._url, headers, body, reply_limit=(1 << 16) + _VERDICT_AT_MOST * len(events))
        reply = await self._client.post(await gzipped(message) if self._compression == "Gzip" else message)
        if isinstance(reply, Retry | Paused):
            return [reply] * len(events)
        return multi_status.verdicts(reply, events) if reply.status == 207 else [of_status(reply)] * len(events)


class ManyInOneSink:
    """Sends a batch in one request.

    Args:
        sender: What sends it.
        frame: How the events are written in it.
    """

    def __init__(self, sender: Sender, frame: _Frame) -> None:
        self._sender = sender
        self._frame = frame

    async def deliver(self, batch: Sequence[Outgoing]) -> Answer:
        """See `Sink`."""
        frame = self._frame
        events = frame.between.join([event.payload for event in batch])
        body = b"".join([frame.start, events, frame.end])
        return together(await self._sender.send(body, {"Content-Type": frame.content_type}, batch))


class OneByOneSink:
    """Sends each event in a request of its own, the next one when the last was answered.

    Args:
        sender: What sends them.
        message: How an event is written.
    """

    def __init__(self, sender: Sender, message: Callable[[bytes], SingleMessage]) -> None:
        self._sender = sender
        self._message = message

    async def deliver(self, batch: Sequence[Outgoing]) -> Answer:
        """See `Sink`. What follows an event that has to wait is not sent, so that the order stays."""
        verdicts: list[Verdict] = []
        for event in batch:
            verdict = await self._deliver(event)
            verdicts.append(verdict)
            if isinstance(verdict, Retry | Paused):
                break
        return together([*verdicts, *verdicts[-1:] * (len(batch) - len(verdicts))])

    async def _deliver(self, event: Outgoing) -> Verdict:
        try:
            message = self._message(event.payload)
        except NotACloudEvent:
            return Paused("its events are no CloudEvents: give it the format `cloudevents`")
        (verdict,) = await self._sender.send(message.body, message.headers, [event])
        return verdict
