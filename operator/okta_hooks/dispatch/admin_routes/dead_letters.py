"""`/dead-letters`: what sinks refused for good, to be looked at, given again, or given up."""

from __future__ import annotations

from collections.abc import Callable, Collection

import msgspec
from aiohttp import web

from okta_hooks.admin.application import Handler, json_response
from okta_hooks.admin.dispatcher_requests import (
    DeadLetterSeen,
    DeadLettersPage,
    DeadLettersQuery,
    DeadLettersSelection,
)
from okta_hooks.dispatch.admin_routes.reading import NotPossible, answering, as_json, body, moment, parameters
from okta_hooks.dispatch.dead_letters import KeptLetter, Selection
from okta_hooks.dispatch.event_head import event_head
from okta_hooks.dispatch.replaying import Requests


class DeadLetterRoutes:
    """The handlers; whoever adds them to an application guards them with the token.

    Args:
        requests: The dead letters, and how to have them given again.
        served: The names of the sinks that are served.
    """

    def __init__(self, requests: Requests, served: Callable[[], Collection[str]]) -> None:
        self._requests = requests
        self._served = served

    def listing(self) -> Handler:
        """`GET /dead-letters`."""

        async def handle(request: web.Request) -> web.StreamResponse:
            query = parameters(request, DeadLettersQuery)
            letters = self._requests.dead_letters
            kept = await letters.page(sink=query.sink, after=query.after, limit=query.limit)
            after = kept[-1].number if kept else query.after
            complete = not await letters.page(sink=query.sink, after=after, limit=1)
            return json_response(DeadLettersPage(tuple(map(_seen, kept)), after, complete=complete))

        return answering(handle)

    def showing(self) -> Handler:
        """`GET /dead-letters/{sink}/{uuid}`."""

        async def handle(request: web.Request) -> web.StreamResponse:
            sink, uuid = request.match_info["sink"], request.match_info["uuid"]
            kept = await self._requests.dead_letters.one(sink, uuid)
            if kept is None:
                raise NotPossible(404, f"the sink {sink} has no dead letter of the event {uuid}")
            return json_response(_with_event(kept))

        return answering(handle)

    def replaying(self) -> Handler:
        """`POST /dead-letters/replay`."""

        async def handle(request: web.Request) -> web.StreamResponse:
            selection = await _selection(request)
            for sink in set(selection.sinks).difference(self._served()):
                raise NotPossible(409, f"the sink {sink} is not configured: bring it back, or discard its dead letters")
            selected = await self._requests.dead_letters.replay(selection)
            for sink in selection.sinks:
                self._requests.ring(sink)
            return json_response({"selected": selected}, status=202)

        return answering(handle)

    def discarding(self) -> Handler:
        """`POST /dead-letters/discard`."""

        async def handle(request: web.Request) -> web.StreamResponse:
            discarded = await self._requests.dead_letters.discard(await _selection(request))
            return json_response({"discarded": discarded})

        return answering(handle)


async def _selection(request: web.Request) -> Selection:
    wanted = await body(request, DeadLettersSelection)
    return Selection(wanted.sinks, wanted.uuids)


def _seen(kept: KeptLetter) -> DeadLetterSeen:
    letter, record = kept.letter, kept.letter.record
    head = event_head(record.event)
    return DeadLetterSeen(
        number=kept.number,
        sink=kept.sink,
        uuid=record.uuid,
        event_type=head.event_type,
        published=head.published,
        received=moment(record.received_ns),
        path=record.path,
        reason=letter.reason,
        attempts=letter.attempts,
        refused_at=moment(letter.refused_ns),
        replaying=kept.replaying,
    )


def _with_event(kept: KeptLetter) -> DeadLetterSeen:
    event, encoded = as_json(kept.letter.record.event)
    return msgspec.structs.replace(_seen(kept), event=event, base64=encoded)
