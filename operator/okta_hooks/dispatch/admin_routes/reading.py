"""Parameters and bodies of requests, and saying what is wrong with them."""

from __future__ import annotations

import base64
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import TypeVar

import msgspec
from aiohttp import web

from okta_hooks.admin.application import Handler, json_response
from okta_hooks.admin.dispatcher_requests import GREATEST_NUMBER

T = TypeVar("T")

_MOST_BYTES = 1 << 20
_NULL = msgspec.Raw(b"null")


class NotPossible(Exception):
    """What is asked for can't be done. The message is a sentence.

    Args:
        status: The answer's status.
        sentence: Why not, and what to do.
    """

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status


def answering(handle: Callable[[web.Request], Awaitable[web.StreamResponse]]) -> Handler:
    """A handler that answers with a sentence where something is not possible."""

    async def handler(request: web.Request) -> web.StreamResponse:
        try:
            return await handle(request)
        except NotPossible as error:
            return json_response({"error": str(error)}, status=error.status)

    return handler


def parameters(request: web.Request, wanted: type[T], *, several: tuple[str, ...] = ()) -> T:
    """The query of a request; each parameter once, but for those that may be given several times."""
    given: dict[str, object] = {name: request.query.getall(name) for name in several if name in request.query}
    given |= {name: value for name, value in request.query.items() if name not in several}
    try:
        return msgspec.convert(given, wanted, strict=False)
    except msgspec.ValidationError as error:
        raise NotPossible(400, f"the parameters are wrong: {error}") from error


async def body(request: web.Request, wanted: type[T]) -> T:
    """The body of a request, which says its length."""
    if (request.content_length or _MOST_BYTES + 1) > _MOST_BYTES:
        raise NotPossible(413, f"the body must say its length, of at most {_MOST_BYTES} bytes: ask for less at a time")
    try:
        return msgspec.json.decode(await request.read(), type=wanted)
    except msgspec.DecodeError as error:
        raise NotPossible(400, f"the body is wrong: {error}") from error


def moment(unix_ns: int) -> datetime:
    """A time as it is written in answers."""
    return datetime.fromtimestamp(unix_ns / 1_000_000_000, UTC)


def unix_ns(time: datetime) -> int:
    """A time as it is kept, in nanoseconds of Unix time; beyond 1970 and 2262 it counts as these."""
    return min(max(int(time.timestamp() * 1_000_000) * 1000, 0), GREATEST_NUMBER)


def as_json(event: bytes) -> tuple[msgspec.Raw, str | None]:
    """An event to put into an answer, or null and its bytes in base64 where it is no JSON."""
    try:
        msgspec.json.decode(event)
    except (msgspec.DecodeError, RecursionError):
        return _NULL, base64.b64encode(event).decode()
    return msgspec.Raw(event), None
