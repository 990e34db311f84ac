"""The sink `elasticsearch`: the bulk interface of Elasticsearch and OpenSearch.

Each event is created under its uuid, in the index of the day when Okta published it: a repeat meets the first copy, and
the conflict is success. Nothing is refreshed on our account.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace

import msgspec

from okta_hooks.sinks.index_pattern import IndexPattern, day_of
from okta_hooks.sinks.port import Answer, Delivered, Outgoing, Paused, Refused, Retry, Sink
from okta_hooks.sinks.transport import Client, Compression, Endpoint, Reply, opened
from okta_hooks.sinks.transport.client import gzipped
from okta_hooks.sinks.transport.credentials import ApiKey, Basic, Bearer
from okta_hooks.sinks.transport.urls import below
from okta_hooks.sinks.transport.verdicts import of_status
from okta_hooks.sinks.transport.wire import Message
from okta_hooks.sinks.verdicts import Verdict, together

_WANTED = "errors,items.create.status,items.create.error.type,items.create.error.reason"
"""What the answer is to say; all else would be read for nothing."""
_ITEM_AT_MOST = 1024
"""Bytes of the answer that are read for each event."""
_CONFLICT = 409
_WRONG_INDEX = frozenset(
    {
        "index_closed_exception",
        "index_not_found_exception",
        "invalid_index_name_exception",
        "security_exception",
    }
)
"""Types of errors that say nothing of the event."""


class ElasticsearchSettings(
    Endpoint, frozen=True, kw_only=True, tag_field="type", tag="elasticsearch", forbid_unknown_fields=True
):
    """What is configured of it; `url` is what comes before `/_bulk`.

    Attributes:
        index: The index or data stream, with `yyyy`, `MM` and `dd` in braces where the day is to stand.
        auth: What to be known by.
        compression: Whether requests are compressed.
    """

    index: str = "okta-{yyyy.MM.dd}"
    auth: Basic | ApiKey | Bearer | None = None
    compression: Compression = "Gzip"

    def __post_init__(self) -> None:
        super().__post_init__()
        IndexPattern(self.index)

    @asynccontextmanager
    async def open(self) -> AsyncIterator[Sink]:
        """Keep connections."""
        async with opened(self, self.auth) as client:
            yield ElasticsearchSink(client, self)


class ElasticsearchSink:
    """Creates events.

    Args:
        client: What sends them.
        settings: Where they go.
    """

    def __init__(self, client: Client, settings: ElasticsearchSettings) -> None:
        self._client = client
        self._url = below(settings.url, "/_bulk").update_query(filter_path=_WANTED)
        self._index = IndexPattern(settings.index)
        self._compression = settings.compression

    async def deliver(self, batch: Sequence[Outgoing]) -> Answer:
        """See `Sink`."""
        limit = (1 << 16) + _ITEM_AT_MOST * len(batch)
        message = Message(self._url, {"Content-Type": "application/x-ndjson"}, self._written(batch), limit)
        reply = await self._client.post(await gzipped(message) if self._compression == "Gzip" else message)
        return _judged(reply, len(batch)) if isinstance(reply, Reply) else reply

    def _written(self, batch: Sequence[Outgoing]) -> bytes:
        """An action and the event for each, as lines; the event's bytes are copied and not parsed."""
        return b"".join(self._lines(batch))

    def _lines(self, batch: Sequence[Outgoing]) -> Iterator[bytes]:
        day, start = None, b""
        for event in batch:
            if (its_day := day_of(event.published_ns or event.received_ns)) != day:
                day, start = its_day, b'{"create":{"_index":%b,"_id":' % msgspec.json.encode(self._index.name(its_day))
            yield b"%b%b}}\n%b\n" % (start, msgspec.json.encode(event.uuid), event.payload)


class _Error(msgspec.Struct, frozen=True):
    type: str = ""
    reason: str = ""


class _Failure(msgspec.Struct, frozen=True):
    error: _Error


class _Outcome(msgspec.Struct, frozen=True):
    status: int
    error: _Error | None = None


class _Item(msgspec.Struct, frozen=True):
    create: _Outcome


class _Bulk(msgspec.Struct, frozen=True):
    errors: bool
    items: list[_Item] = []


def _judged(reply: Reply, count: int) -> Answer:
    if not reply.is_success:
        return of_status(replace(reply, body=_explained(reply)))
    try:
        bulk = msgspec.json.decode(reply.body, type=_Bulk)
    except msgspec.DecodeError:
        return Retry(f"{reply} where a bulk interface answers in JSON: see that the address is right")
    if not bulk.errors:
        return Delivered()
    if len(bulk.items) != count:
        return Retry(f"{reply.host} answers for {len(bulk.items)} of {count} events")
    return together([_verdict(reply, item.create) for item in bulk.items])


def _explained(reply: Reply) -> bytes:
    """The reason among what is said of a request that failed as a whole; what a proxy says stays as it is."""
    try:
        error = msgspec.json.decode(reply.body, type=_Failure).error
    except msgspec.DecodeError:
        return reply.body
    return f"{error.type}: {error.reason}".encode()


def _verdict(reply: Reply, outcome: _Outcome) -> Verdict:
    if outcome.status < 300 or outcome.status == _CONFLICT:
        return Delivered()
    error = outcome.error or _Error()
    # Elasticsearch quotes the event from here on; a reason is shown to people who need not read events
    said = reply.quoted(f"{error.type}: {error.reason}".partition(" Preview of field's value")[0])
    reason = f"{reply.host} answers {outcome.status} ({said})"
    if outcome.status == 429 or outcome.status >= 500:
        return Retry(reason)
    if error.type in _WRONG_INDEX or outcome.status in (401, 403, 404):
        return Paused(f"{reason}: correct the index, or what the credential may do with it")
    return Refused(reason)
