"""Okta's error body, also where no operation was reached or where one failed."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from aiohttp import web

from okta_simulator.errors import OktaError
from okta_simulator.ids import Ids
from okta_simulator.management.endpoint import json_response

_log = logging.getLogger(__name__)

RawHandler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass(frozen=True)
class ErrorAnswers:
    """Turns whatever was raised into an answer."""

    ids: Ids

    def answer(self, error: OktaError) -> web.Response:
        """Okta's answer for an error."""
        response = json_response(error.body(self.ids.new("oae")), status=error.http_status)
        response.headers.update(error.headers)
        return response

    @web.middleware
    async def middleware(self, request: web.Request, handler: RawHandler) -> web.StreamResponse:
        """Answer for every error of every handler behind it."""
        try:
            return await handler(request)
        except OktaError as error:
            return self.answer(error)
        except web.HTTPException as error:
            return self.answer(_in_oktas_words(error))
        except ConnectionError:  # the client hung up in the middle of its request, which is no failure of ours
            return web.Response()  # goes nowhere
        except Exception:  # noqa: BLE001 -- a client of Okta sees E0000009, never a traceback
            _log.exception("%s %s failed", request.method, request.path)
            return self.answer(OktaError("E0000009"))


def _in_oktas_words(error: web.HTTPException) -> OktaError:
    if isinstance(error, web.HTTPMethodNotAllowed):
        return OktaError("E0000022", headers={"Allow": error.headers["Allow"]})
    if isinstance(error, web.HTTPNotFound):
        return OktaError("E0000008")
    return OktaError("E0000003", status=error.status)
