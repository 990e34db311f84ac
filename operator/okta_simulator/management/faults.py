"""Where faults of the management API strike: before everything else that answers."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from http import HTTPStatus

from aiohttp import web

from okta_simulator.clock import Clock
from okta_simulator.errors import OktaError
from okta_simulator.faults.management import Answer, Drop, ManagementFault
from okta_simulator.faults.schedule import Schedule
from okta_simulator.limits.bucket import WINDOW
from okta_simulator.limits.rate_limits import rate_limit_headers
from okta_simulator.management.error_answers import ErrorAnswers, RawHandler

_REFUSED_REQUESTS = 600  # the limit that a made-up 429 speaks of
_CODES: Mapping[int, str] = {400: "E0000001", 401: "E0000011", 403: "E0000006", 404: "E0000008", 429: "E0000047"}


class ManagementFaults:
    """Lets the planned faults strike; stands before everything else that answers."""

    def __init__(self, planned: Schedule[ManagementFault], clock: Clock, errors: ErrorAnswers) -> None:
        self._planned = planned
        self._clock = clock
        self._errors = errors

    @web.middleware
    async def middleware(self, request: web.Request, handler: RawHandler) -> web.StreamResponse:
        """Delay, drop or change the answer of a request that a fault concerns."""
        resource = request.match_info.route.resource
        paths = (request.path, resource.canonical if resource else request.path)
        fault = self._planned.strike(lambda fault: fault.concerns(request.method, paths))
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
        return rate_limit_headers(_REFUSED_REQUESTS, 0, now + WINDOW, now)


def _dropped(request: web.Request) -> web.Response:
    if request.transport is not None:
        request.transport.abort()
    return web.Response()  # goes nowhere
