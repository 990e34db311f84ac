"""What can be asked of a dispatcher on its admin port; docs/dispatcher.md says what it answers."""

from __future__ import annotations

import http.client
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from typing import TypeVar
from urllib.parse import quote, urlencode

import msgspec

from okta_hooks.admin.dispatcher_requests import (
    MOST_LISTED,
    DeadLetterSeen,
    DeadLettersPage,
    DeadLettersSelection,
    EventsPage,
    ReplayOrder,
    ReplaySeen,
    ReplaysPage,
)
from okta_hooks.admin.dispatcher_statistics import DispatcherStatistics
from okta_hooks.cli.failures import Failed, NotThere, Unusable

T = TypeVar("T")

_PATIENCE = 60.0


class StandsBy(Failed):
    """Another dispatcher of the hook is in charge."""


class EventsWanted(msgspec.Struct, frozen=True, kw_only=True):
    """Which events of the journal; what is left out leaves nothing out.

    Attributes:
        since: Received at or after.
        until: Received before.
        types: Types, or beginnings of types: `user.session.*`.
        uuid: One event.
    """

    since: datetime | None = None
    until: datetime | None = None
    types: tuple[str, ...] = ()
    uuid: str | None = None

    def query(self, *, after: str | None, limit: int) -> Sequence[tuple[str, str]]:
        """The parameters of one request."""
        given = {"since": _written(self.since), "until": _written(self.until), "uuid": self.uuid, "after": after}
        single = [(name, value) for name, value in given.items() if value is not None]
        return [*single, *(("type", each) for each in self.types), ("limit", str(limit))]


class _Error(msgspec.Struct):
    error: str


class _Selected(msgspec.Struct):
    selected: int


class _Discarded(msgspec.Struct):
    discarded: int


class Dispatcher:
    """A dispatcher; each method asks once, and raises Failed, NotThere or Unusable when there is no good answer.

    Args:
        connection: Leads to its admin port.
        token: What that wants to see.
    """

    def __init__(self, connection: http.client.HTTPConnection, token: str) -> None:
        self._connection = connection
        self._token = token

    def statistics(self) -> DispatcherStatistics:
        """How it is doing; StandsBy where another one is in charge."""
        status, content = self._exchange("GET", "/stats", None)
        if status == http.client.SERVICE_UNAVAILABLE:
            raise StandsBy(_sentence(content))
        return _good(status, content, DispatcherStatistics)

    def events(self, wanted: EventsWanted, *, after: str | None, limit: int) -> EventsPage:
        """A part of the journal."""
        return self._get(EventsPage, "/events", wanted.query(after=after, limit=limit))

    def dead_letters(self, sink: str | None) -> Iterator[DeadLetterSeen]:
        """All dead letters of a sink, or of all sinks, oldest first."""
        after, complete = 0, False
        while not complete:
            named = [("sink", sink)] if sink is not None else []
            query = [*named, ("after", str(after)), ("limit", str(MOST_LISTED))]
            page = self._get(DeadLettersPage, "/dead-letters", query)
            yield from page.dead_letters
            after, complete = page.next, page.complete

    def dead_letter(self, sink: str, uuid: str) -> DeadLetterSeen:
        """One, with its event."""
        return self._get(DeadLetterSeen, f"/dead-letters/{quote(sink, safe='')}/{quote(uuid, safe='')}")

    def replay_dead_letters(self, selection: DeadLettersSelection) -> int:
        """Let sinks have dead letters again; gives how many."""
        return self._post(_Selected, "/dead-letters/replay", selection).selected

    def discard_dead_letters(self, selection: DeadLettersSelection) -> int:
        """Give dead letters up; gives how many."""
        return self._post(_Discarded, "/dead-letters/discard", selection).discarded

    def replay(self, order: ReplayOrder) -> tuple[ReplaySeen, ...]:
        """Let sinks have again what was received in a time."""
        return self._post(ReplaysPage, "/replay", order).replays

    def replays(self) -> tuple[ReplaySeen, ...]:
        """Those that run, and those that ended lately."""
        return self._get(ReplaysPage, "/replays").replays

    def cancel_replay(self, number: int) -> ReplaySeen:
        """End one."""
        return _good(*self._exchange("DELETE", f"/replays/{number}", None), ReplaySeen)

    def _get(self, wanted: type[T], path: str, query: Sequence[tuple[str, str]] = ()) -> T:
        return _good(*self._exchange("GET", f"{path}?{urlencode(query)}", None), wanted)

    def _post(self, wanted: type[T], path: str, body: msgspec.Struct) -> T:
        given = {name: value for name, value in msgspec.structs.asdict(body).items() if value is not None}
        return _good(*self._exchange("POST", path, msgspec.json.encode(given)), wanted)

    def _exchange(self, method: str, path: str, body: bytes | None) -> tuple[int, bytes]:
        headers = {"Authorization": f"Bearer {self._token}", "Content-Type": "application/json"}
        try:
            self._connection.request(method, path, body, headers)
            answer = self._connection.getresponse()
            return answer.status, answer.read()
        except (OSError, http.client.HTTPException) as error:
            raise Failed("the dispatcher does not answer: see whether its pod runs, and try again") from error


@contextmanager
def connected(port: int, token: str) -> Iterator[Dispatcher]:
    """The dispatcher behind a port of this machine."""
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=_PATIENCE)) as connection:
        yield Dispatcher(connection, token)


def _good(status: int, content: bytes, wanted: type[T]) -> T:
    if status < 300:
        try:
            return msgspec.json.decode(content, type=wanted)
        except msgspec.DecodeError as error:
            raise Failed(
                f"the dispatcher's answer can't be read ({error}): use the version of okta-hooks that the operator has"
            ) from error
    sentence = _sentence(content)
    if status == http.client.NOT_FOUND:
        raise NotThere(sentence)
    if status == http.client.BAD_REQUEST:
        raise Unusable(sentence)
    if status == http.client.UNAUTHORIZED:
        raise Failed("the dispatcher does not accept the token in the admin Secret: try again, it may just be changing")
    raise Failed(sentence)


def _sentence(content: bytes) -> str:
    try:
        return msgspec.json.decode(content, type=_Error).error
    except msgspec.DecodeError:
        return "the dispatcher answered something else than JSON: is it of another version?"


def _written(moment: datetime | None) -> str | None:
    return moment.astimezone(UTC).isoformat() if moment is not None else None
