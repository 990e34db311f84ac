"""`GET /events`: what is in the journal, a part at a time."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Collection

from aiohttp import web

from okta_hooks.admin.application import Handler, json_response
from okta_hooks.admin.dispatcher_requests import EventsPage, EventsQuery, JournalEvent
from okta_hooks.admin.dispatcher_statistics import LostStatistics
from okta_hooks.dispatch.admin_routes.reading import NotPossible, answering, as_json, moment, parameters, unix_ns
from okta_hooks.dispatch.event_head import event_head
from okta_hooks.dispatch.index import Index
from okta_hooks.dispatch.journal import JournalReader
from okta_hooks.journal import BEGINNING, Batch, Entry, JournalError, Position
from okta_hooks.routing import EventTypes

_END = "end"
_RECORDS_AT_ONCE = 2000
_BYTES_AT_ONCE = 2 << 20
_QUEUEING_NS = 60_000_000_000
"""By no more than this, records may stand in the journal in another order than they were received in."""


class EventsLookup:
    """Looks events up, one request at a time, so that asking costs memory once.

    Args:
        archive: The journal.
        index: Knows where an event is, and what no sink gets.
        now_ns: Tells nanoseconds of Unix time.
    """

    def __init__(self, archive: JournalReader, index: Index, *, now_ns: Callable[[], int] = time.time_ns) -> None:
        self._archive = archive
        self._index = index
        self._now_ns = now_ns
        self._turn = asyncio.Lock()

    def handler(self) -> Handler:
        """The handler; whoever adds it to an application guards it with the token."""

        async def handle(request: web.Request) -> web.StreamResponse:
            query = parameters(request, EventsQuery, several=("type",))
            async with self._turn:
                try:
                    return json_response(await self.page(query))
                except JournalError as error:
                    raise NotPossible(503, str(error)) from error

        return answering(handle)

    async def page(self, query: EventsQuery) -> EventsPage:
        """A part of what is asked for.

        Raises:
            NotPossible: What is asked for makes no sense.
            JournalError: The journal can't be read.
        """
        if query.uuid is not None:
            return await self._one(query.uuid)
        after = await self._begin(query)
        batch = await self._archive.read(after, max_records=_RECORDS_AT_ONCE, max_bytes=_BYTES_AT_ONCE)
        found, place = await self._search(batch, query)
        newest = (await self._archive.bounds()).newest
        lost = batch.lost
        return EventsPage(
            found,
            next=str(place),
            complete=place >= newest or _is_past(batch, query),
            lost=(LostStatistics(lost.since, lost.until, lost.records, lost.where),) if lost else (),
        )

    async def _begin(self, query: EventsQuery) -> Position:
        if query.after == _END:
            return (await self._archive.bounds()).newest
        if query.after is not None:
            try:
                return Position.parse(query.after)
            except ValueError as error:
                sentence = f"`after` is {query.after!r} and must be `next` of an answer, or `{_END}`"
                raise NotPossible(400, sentence) from error
        if query.since is None:
            return BEGINNING
        return (await self._archive.between(unix_ns(query.since), self._now_ns())).oldest

    async def _search(self, batch: Batch, query: EventsQuery) -> tuple[tuple[JournalEvent, ...], Position]:
        """What matches, up to the limit, and the place behind what was looked at."""
        withheld = await self._withheld(batch)
        types = EventTypes(query.type)
        since = unix_ns(query.since) if query.since else 0
        until = unix_ns(query.until) if query.until else self._now_ns() + _QUEUEING_NS
        found: list[JournalEvent] = []
        for entry in batch.entries:
            if len(found) == query.limit:
                return tuple(found), entry.at
            is_in_time = since <= entry.record.received_ns < until
            if is_in_time and (not query.type or event_head(entry.record.event).event_type in types):
                found.append(_seen(entry, withheld))
        return tuple(found), batch.next

    async def _one(self, uuid: str) -> EventsPage:
        place = await self._index.place_of(uuid)
        batch = await self._archive.read(place, max_records=1, max_bytes=1) if place else Batch((), BEGINNING)
        found = tuple(_seen(entry, ()) for entry in batch.entries if entry.at == place and entry.record.uuid == uuid)
        return EventsPage(found, next=str(batch.next), complete=True)

    async def _withheld(self, batch: Batch) -> Collection[tuple[int, int]]:
        if not batch.entries:
            return ()
        return await self._index.withheld(batch.entries[0].at, batch.next)


def _is_past(batch: Batch, query: EventsQuery) -> bool:
    """Whether nothing that is asked for can follow."""
    if query.until is None or not batch.entries:
        return False
    return batch.entries[0].record.received_ns >= unix_ns(query.until) + _QUEUEING_NS


def _seen(entry: Entry, withheld: Collection[tuple[int, int]]) -> JournalEvent:
    record = entry.record
    head = event_head(record.event)
    event, encoded = as_json(record.event)
    return JournalEvent(
        place=str(entry.at),
        uuid=record.uuid,
        event_type=head.event_type,
        published=head.published,
        received=moment(record.received_ns),
        path=record.path,
        delivery=record.delivery,
        withheld=entry.at[:2] in withheld,
        event=event,
        base64=encoded,
    )
