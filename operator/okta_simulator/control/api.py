"""The control API: its path, its guard, and how its bodies are read and written."""

from __future__ import annotations

import hmac
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

import msgspec
from aiohttp import web

from okta_simulator.control.path import PREFIX
from okta_simulator.errors import OktaError, validation_failed
from okta_simulator.json_values import UNREADABLE
from okta_simulator.management.endpoint import json_response

Handler = Callable[[web.Request], Awaitable[object]]
Body = TypeVar("Body")


@dataclass(frozen=True)
class Operation:
    """One operation; what its handler gives becomes the answer's JSON."""

    method: str
    path: str
    handler: Handler


class Control(Protocol):
    """A group of operations."""

    def operations(self) -> Sequence[Operation]:
        """The operations; their paths come after `PREFIX`."""


@dataclass(frozen=True)
class ControlApi:
    """All groups, behind one guard.

    Args:
        groups: What can be controlled.
        token: What a caller has to present as a bearer token; without it everybody may call, which is meant for
            organisations that listen on this machine only.
    """

    groups: Sequence[Control]
    token: str | None

    def routes(self) -> Sequence[web.RouteDef]:
        """The operations as aiohttp takes them."""
        return [
            web.route(operation.method, PREFIX + operation.path, self._guarded(operation.handler))
            for group in self.groups
            for operation in group.operations()
        ]

    def _guarded(self, handler: Handler) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
        async def handle(request: web.Request) -> web.StreamResponse:
            self._require_token(request)
            return json_response(await handler(request))

        return handle

    def _require_token(self, request: web.Request) -> None:
        presented = request.headers.get("Authorization", "").removeprefix("Bearer ")
        if self.token is not None and not hmac.compare_digest(presented.encode(errors="replace"), self.token.encode()):
            raise OktaError(
                "E0000011",
                summary="The control API needs its own token: send it as `Authorization: Bearer <control token>`.",
            )


async def body_of(request: web.Request, expected: type[Body]) -> Body:
    """The JSON body of a request; an empty one is an empty object.

    Raises:
        OktaError: E0000001, it is not JSON or not of the expected shape; the cause says where.
    """
    text = await request.read() or b"{}"
    try:
        return msgspec.json.decode(text, type=expected)
    except UNREADABLE as error:
        raise validation_failed("body", str(error)) from error


def query_of(request: web.Request, expected: type[Body]) -> Body:
    """The query of a request.

    Raises:
        OktaError: E0000001, a parameter is not of the expected shape; the cause says which.
    """
    given: Mapping[str, str] = dict(request.query)
    try:
        return msgspec.convert(given, expected, strict=False)
    except msgspec.ValidationError as error:
        raise validation_failed("query", str(error)) from error
