"""What a resource of the management API declares of itself."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

import msgspec
from aiohttp import web

from okta_simulator.caller import Caller
from okta_simulator.errors import OktaError
from okta_simulator.json_values import UNREADABLE

Body = TypeVar("Body")


@dataclass(frozen=True)
class Call:
    """A request that has passed credential, scope and rate limit."""

    request: web.Request
    caller: Caller

    def path(self, name: str) -> str:
        """A part of the path."""
        return self.request.match_info[name]

    async def body(self, expected: type[Body]) -> Body:
        """The JSON body.

        Raises:
            OktaError: E0000003, the body is not JSON or not of the expected shape.
        """
        try:
            return msgspec.json.decode(await self.request.read(), type=expected)
        except UNREADABLE as error:
            raise OktaError("E0000003") from error


@dataclass(frozen=True)
class Endpoint:
    """One operation.

    Args:
        method: HTTP method.
        path: Path as aiohttp writes it, such as `/api/v1/eventHooks/{id}`.
        handler: Carries out the operation.
        scope: The OAuth scope that the operation needs.
        bucket: The rate limit that the operation counts in, such as `/api/v1/logs`.
        roles: Administrator roles, and permissions of custom roles, of which one is needed; any role when absent.
    """

    method: str
    path: str
    handler: Callable[[Call], Awaitable[web.StreamResponse]]
    scope: str
    bucket: str = "/api/v1"
    roles: frozenset[str] | None = None


class Resource(Protocol):
    """A group of operations."""

    def endpoints(self) -> Sequence[Endpoint]:
        """The operations."""


def json_response(body: object, *, status: int = 200) -> web.Response:
    """An answer in JSON, with the content type that Okta sends."""
    return web.Response(body=msgspec.json.encode(body), status=status, content_type="application/json")
