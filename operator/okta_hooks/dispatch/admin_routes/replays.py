"""`/replay` and `/replays`: giving sinks again what was received in a time."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from typing import Protocol

from aiohttp import web

from okta_hooks.admin.application import Handler, json_response
from okta_hooks.admin.dispatcher_requests import ReplayOrder, ReplaySeen, ReplaysPage
from okta_hooks.dispatch.admin_routes.reading import NotPossible, answering, body, moment, unix_ns
from okta_hooks.dispatch.configuration import Configuration
from okta_hooks.dispatch.journal import JournalReader
from okta_hooks.dispatch.judging import Holdup
from okta_hooks.dispatch.replaying import Requests
from okta_hooks.dispatch.replays import Replay, ReplayState, TooManyReplays
from okta_hooks.journal import JournalError, Position

_MOST_DIGITS = 18


class Indexed(Protocol):
    """What goes ahead of the sinks."""

    @property
    def place(self) -> Position:
        """How far it is."""
        ...


class ReplayRoutes:
    """The handlers; whoever adds them to an application guards them with the token.

    Args:
        requests: The replays.
        archive: The journal.
        indexed: How far the index is: nothing behind it is given again.
        configuration: What is in force.
        holdups: The sinks that are served, each with why it can't be just now.
        now_ns: Tells nanoseconds of Unix time.
    """

    def __init__(
        self,
        requests: Requests,
        archive: JournalReader,
        indexed: Indexed,
        *,
        configuration: Callable[[], Configuration],
        holdups: Callable[[], Mapping[str, Holdup | None]],
        now_ns: Callable[[], int] = time.time_ns,
    ) -> None:
        self._requests = requests
        self._archive = archive
        self._indexed = indexed
        self._configuration = configuration
        self._holdups = holdups
        self._now_ns = now_ns

    def ordering(self) -> Handler:
        """`POST /replay`."""

        async def handle(request: web.Request) -> web.StreamResponse:
            order = await body(request, ReplayOrder)
            sinks = chosen_sinks(order, self._configuration())
            try:
                begun = await self._requests.replays.request(await self._replays(order, sinks))
            except TooManyReplays as error:
                raise NotPossible(409, str(error)) from error
            except JournalError as error:
                raise NotPossible(503, str(error)) from error
            for sink in sinks:
                self._requests.ring(sink)
            return json_response(self._page(begun), status=202)

        return answering(handle)

    def listing(self) -> Handler:
        """`GET /replays`."""

        async def handle(_: web.Request) -> web.StreamResponse:
            return json_response(self._page(await self._requests.replays.all()))

        return answering(handle)

    def showing(self) -> Handler:
        """`GET /replays/{id}`."""

        async def handle(request: web.Request) -> web.StreamResponse:
            return self._one(request, await self._requests.replays.one(_number(request)))

        return answering(handle)

    def cancelling(self) -> Handler:
        """`DELETE /replays/{id}`."""

        async def handle(request: web.Request) -> web.StreamResponse:
            cancelled = await self._requests.replays.cancel(_number(request), now_ns=self._now_ns())
            return self._one(request, cancelled)

        return answering(handle)

    async def _replays(self, order: ReplayOrder, sinks: Iterable[str]) -> list[Replay]:
        now = self._now_ns()
        since, until = unix_ns(order.since), unix_ns(order.until) if order.until else now
        if since >= until:
            raise NotPossible(400, "`since` must be before `until`, and in the past")
        bounds = await self._archive.between(since, until)
        last = min(bounds.newest, self._indexed.place)
        first = min(bounds.oldest, last)
        return [Replay(0, sink, order.route, since, until, first, first, last, now) for sink in sinks]

    def _one(self, request: web.Request, replay: Replay | None) -> web.StreamResponse:
        if replay is None:
            raise NotPossible(404, f"there is no replay {request.match_info['id']}: it may have ended long ago")
        return json_response(self._seen(replay))

    def _page(self, replays: Iterable[Replay]) -> ReplaysPage:
        return ReplaysPage(tuple(map(self._seen, replays)))

    def _seen(self, replay: Replay) -> ReplaySeen:
        return ReplaySeen(
            id=replay.id,
            sink=replay.sink,
            route=replay.route,
            since=moment(replay.since_ns),
            until=moment(replay.until_ns),
            requested_at=moment(replay.requested_ns),
            ended_at=moment(replay.ended_ns) if replay.ended_ns else None,
            state=replay.state,
            reason=self._reason(replay) if replay.state is ReplayState.RUNNING else None,
            records=replay.place.sequence - replay.first.sequence,
            total=replay.last.sequence - replay.first.sequence,
            delivered=replay.delivered,
            dead_letters=replay.dead_letters,
        )

    def _reason(self, replay: Replay) -> str | None:
        holdups = self._holdups()
        if replay.sink not in holdups:
            return f"the sink {replay.sink} is not configured: bring it back, or cancel the replay"
        holdup = holdups[replay.sink]
        return holdup.reason if holdup else None


def chosen_sinks(order: ReplayOrder, configuration: Configuration) -> list[str]:
    """The sinks of an order.

    Raises:
        NotPossible: One of them, or the route, is not there.
    """
    configured = {sink.name for sink in configuration.sinks}
    for sink in order.sinks or ():
        if sink not in configured:
            raise NotPossible(404, f"there is no sink {sink}: the sinks are {', '.join(sorted(configured)) or 'none'}")
    if order.route is None:
        return sorted(order.sinks or configured)
    routes = {route.name: route for route in configuration.routes}
    if order.route not in routes:
        raise NotPossible(404, f"there is no route {order.route}: the routes are {', '.join(sorted(routes)) or 'none'}")
    led_to = set(routes[order.route].sinks)
    for sink in set(order.sinks or ()).difference(led_to):
        raise NotPossible(409, f"the route {order.route} does not lead to the sink {sink}")
    return sorted(order.sinks or led_to)


def _number(request: web.Request) -> int:
    text = request.match_info["id"]
    if not text.isdecimal() or len(text) > _MOST_DIGITS:
        raise NotPossible(404, f"there is no replay {text[:_MOST_DIGITS]!r}: replays have numbers")
    return int(text)
