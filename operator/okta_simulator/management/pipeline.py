"""The path of a management request: faults, credential, rate limit, scope, operation, and Okta's error bodies."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Protocol

from aiohttp import web

from okta_simulator.caller import Caller
from okta_simulator.errors import OktaError
from okta_simulator.ids import Ids
from okta_simulator.management.endpoint import Call, Endpoint, json_response

_log = logging.getLogger(__name__)

RawHandler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Authenticator(Protocol):
    """Tells whom a request's credential stands for."""

    def authenticate(self, request: web.Request) -> Caller:
        """The caller.

        Raises:
            OktaError: There is no credential, or it is not valid.
        """


class RateLimits(Protocol):
    """Okta's rate limits."""

    def concurrent(self) -> AbstractAsyncContextManager[None]:
        """Hold one of the organisation's places for requests under way.

        Raises:
            OktaError: E0000047 with limit and remaining 0: too many at once.
        """

    def count(self, caller: Caller, bucket: str) -> Mapping[str, str]:
        """Count a request, and give the three headers of its answer.

        Raises:
            OktaError: E0000047 with those headers: the window is used up.
        """


class Faults(Protocol):
    """What goes wrong on purpose."""

    async def before_answer(self, request: web.Request) -> None:
        """Delay, or fail instead of carrying out the request."""

    async def after_answer(self, request: web.Request, response: web.StreamResponse) -> web.StreamResponse:
        """Lose or change the answer of a request that was carried out."""


@dataclass(frozen=True)
class Pipeline:
    """Turns endpoints into aiohttp handlers that behave as Okta's do."""

    authenticator: Authenticator
    limits: RateLimits
    faults: Faults
    ids: Ids

    def handler(self, endpoint: Endpoint) -> RawHandler:
        """The handler of an endpoint."""

        async def handle(request: web.Request) -> web.StreamResponse:
            headers: dict[str, str] = {}
            try:
                await self.faults.before_answer(request)
                async with self.limits.concurrent():
                    caller = self.authenticator.authenticate(request)
                    headers.update(self.limits.count(caller, endpoint.bucket))
                    _require(caller, endpoint.scope)
                    response = await endpoint.handler(Call(request, caller))
            except OktaError as error:
                response = self.error_response(error)
            response.headers.update(headers)
            response.headers.setdefault("X-Okta-Request-Id", self.ids.new("req"))
            return await self.faults.after_answer(request, response)

        return handle

    def error_response(self, error: OktaError) -> web.Response:
        """Okta's answer for an error."""
        response = json_response(error.body(self.ids.new("oae")), status=error.http_status)
        response.headers.update(error.headers)
        return response

    @web.middleware
    async def errors(self, request: web.Request, handler: RawHandler) -> web.StreamResponse:
        """Give Okta's error body also where no endpoint was reached, or where one failed."""
        try:
            return await handler(request)
        except OktaError as error:
            return self.error_response(error)
        except web.HTTPNotFound:
            return self.error_response(OktaError("E0000008"))
        except web.HTTPMethodNotAllowed:
            return self.error_response(OktaError("E0000022"))
        except web.HTTPRequestEntityTooLarge:
            return self.error_response(OktaError("E0000003", status=413))
        except web.HTTPException:
            raise
        except Exception:  # noqa: BLE001 -- a client of Okta sees E0000009, never a traceback
            _log.exception("%s %s failed", request.method, request.path)
            return self.error_response(OktaError("E0000009"))


def _require(caller: Caller, scope: str) -> None:
    if caller.scopes is None or scope in caller.scopes:
        return
    if scope.endswith(".read") and scope.removesuffix(".read") + ".manage" in caller.scopes:
        return
    raise OktaError("E0000006", summary="The access token provided does not contain the required scopes.", status=403)
