"""Faults of the management API: slow, lost and wrong answers, before or after the request was carried out."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Mapping
from datetime import timedelta
from email.utils import format_datetime
from fnmatch import fnmatchcase
from http import HTTPStatus
from typing import Annotated

import msgspec
from aiohttp import web

from okta_simulator.clock import Clock
from okta_simulator.errors import OktaError
from okta_simulator.faults.schedule import Fault, Schedule
from okta_simulator.management.error_answers import ErrorAnswers, RawHandler

_CODES: Mapping[int, str] = {400: "E0000001", 401: "E0000011", 403: "E0000006", 404: "E0000008", 429: "E0000047"}
_WINDOW = timedelta(minutes=1)


class Drop(msgspec.Struct, frozen=True, tag="drop", rename="camel"):
    """The connection ends without an answer."""

    carried_out: bool = False
    """Whether the request was carried out before."""


class Answer(msgspec.Struct, frozen=True, tag="answer", kw_only=True, rename="camel"):
    """Another answer than the one asked for."""

    status: Annotated[int, msgspec.Meta(ge=400, le=599)]
    empty: bool = False
    """Whether the body is empty instead of Okta's error body."""
    carried_out: bool = False
    """Whether the request was carried out before."""


class ManagementFault(Fault, frozen=True, kw_only=True, rename="camel"):
    """What goes wrong with some requests."""

    operation: Annotated[str, msgspec.Meta(min_length=1, max_length=300)] = "*"
    """Which requests: method and path, such as `POST /api/v1/eventHooks/*/lifecycle/verify`; `*` stands for
    anything. A parameter of the path may be written as in Okta's specification: `GET /api/v1/zones/{id}`."""
    delay_seconds: Annotated[float, msgspec.Meta(ge=0, le=600)] = 0.0
    """Real seconds before anything else happens."""
    ending: Drop | Answer | None = None
    """What happens in the end; without it the request is carried out and answered as ever."""

    def concerns(self, request: web.Request) -> bool:
        """Whether this is one of the requests."""
        resource = request.match_info.route.resource
        paths = (request.path, resource.canonical if resource else request.path)
        return any(fnmatchcase(f"{request.method} {path}", self.operation) for path in paths)


class ManagementFaults:
    """Lets the planned faults strike; stands before everything else that answers."""

    def __init__(self, planned: Schedule[ManagementFault], clock: Clock, errors: ErrorAnswers) -> None:
        self.planned = planned
        self._clock = clock
        self._errors = errors

    @web.middleware
    async def middleware(self, request: web.Request, handler: RawHandler) -> web.StreamResponse:
        """Delay, drop or change the answer of a request that a fault concerns."""
        fault = self.planned.strike(lambda fault: fault.concerns(request))
        if fault is None:
            return await handler(request)
        await asyncio.sleep(fault.delay_seconds)
        ending = fault.ending
        if ending is None:
            return await handler(request)
        if ending.carried_out:
            await handler(request)
        return _dropped(request) if isinstance(ending, Drop) else self._answered(ending)

    def _answered(self, ending: Answer) -> web.Response:
        headers = self._rate_limit_headers() if ending.status == HTTPStatus.TOO_MANY_REQUESTS else {}
        if ending.empty:
            return web.Response(status=ending.status, headers=headers)
        code = _CODES.get(ending.status, "E0000009")
        return self._errors.answer(OktaError(code, about=("fault",), status=ending.status, headers=headers))

    def _rate_limit_headers(self) -> Mapping[str, str]:
        now = self._clock.now()
        return {
            "X-Rate-Limit-Limit": "600",
            "X-Rate-Limit-Remaining": "0",
            "X-Rate-Limit-Reset": str(math.ceil((now + _WINDOW).timestamp())),
            "Date": format_datetime(now, usegmt=True),
        }


def _dropped(request: web.Request) -> web.Response:
    if request.transport is not None:
        request.transport.abort()
    return web.Response()  # goes nowhere
