"""The path of a management request: credential, rate limit, scope, operation; headers that every answer carries."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Protocol

import msgspec
from aiohttp import web

from okta_simulator.caller import Caller
from okta_simulator.errors import Challenge, OktaError, TokenScheme
from okta_simulator.ids import Ids
from okta_simulator.management.challenges import www_authenticate
from okta_simulator.management.endpoint import Call, Endpoint
from okta_simulator.management.error_answers import ErrorAnswers, RawHandler


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


@dataclass(frozen=True)
class Pipeline:
    """Turns endpoints into aiohttp handlers that behave as Okta's do."""

    authenticator: Authenticator
    limits: RateLimits
    ids: Ids

    def handler(self, endpoint: Endpoint) -> RawHandler:
        """The handler of an endpoint."""
        errors = ErrorAnswers(self.ids)

        async def handle(request: web.Request) -> web.StreamResponse:
            headers: dict[str, str] = {}
            try:
                async with self.limits.concurrent():
                    caller = self.authenticator.authenticate(request)
                    headers.update(self.limits.count(caller, endpoint.bucket))
                    _require(caller, endpoint.scope, request)
                    _require_role(caller, endpoint.roles)
                    response = await endpoint.handler(Call(request, _from_its_place(caller, request)))
            except OktaError as error:
                response = errors.answer(error)
                if error.challenge is not None:
                    headers["WWW-Authenticate"] = www_authenticate(error.challenge, request, endpoint.scope)
            response.headers.update(headers)
            response.headers.setdefault("X-Okta-Request-Id", self.ids.new("req"))
            return response

        return handle


def _from_its_place(caller: Caller, request: web.Request) -> Caller:
    """The caller as the System Log describes it; the peer's address, since headers say what a client likes."""
    return msgspec.structs.replace(
        caller, address=request.remote or "", user_agent=request.headers.get("User-Agent", "")
    )


def _require(caller: Caller, scope: str, request: web.Request) -> None:
    if caller.scopes is None or scope in caller.scopes:
        return
    if scope.endswith(".read") and scope.removesuffix(".read") + ".manage" in caller.scopes:
        return
    sentence = "The access token provided does not contain the required scopes."
    scheme: TokenScheme = "DPoP" if "DPoP" in request.headers else "Bearer"
    raise OktaError("E0000006", summary=sentence, challenge=Challenge(scheme, "insufficient_scope", sentence))


def _require_role(caller: Caller, roles: frozenset[str] | None) -> None:
    if roles is not None and not roles & caller.admin_roles:
        raise OktaError("E0000006")
