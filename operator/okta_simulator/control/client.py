"""Clients of the control API: one that waits, and one for asynchronous tests."""

from __future__ import annotations

import http.client
import ssl
import urllib.error
import urllib.request
from collections.abc import Mapping
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import msgspec

from okta_simulator.control.path import PREFIX
from okta_simulator.control.requests import Request, Result
from okta_simulator.json_values import UNREADABLE

if TYPE_CHECKING:
    import aiohttp

_SECONDS = 30.0


class ControlError(Exception):
    """The organisation can't be reached, or refuses a request; the text says why."""


class _Refusal(msgspec.Struct, frozen=True, rename="camel"):
    error_summary: str
    error_causes: list[dict[str, str]] = []

    def sentence(self) -> str:
        causes = "; ".join(cause.get("errorSummary", "") for cause in self.error_causes)
        return f"{self.error_summary}: {causes}" if causes else self.error_summary


class BlockingControlClient:
    """Sends requests of `okta_simulator.control.requests`, and waits for their answers.

    Args:
        url: Where the organisation listens.
        token: The control token, where one is asked for.
        trust: Certificates that are trusted; those of this machine when absent.
    """

    def __init__(self, url: str, token: str | None = None, *, trust: ssl.SSLContext | None = None) -> None:
        self._url = url.rstrip("/")
        self._headers = _headers(token)
        self._trust = trust

    def __call__(self, request: Request[Result]) -> Result:
        """Send a request.

        Raises:
            ControlError: The organisation can't be reached, or refuses.
        """
        url = self._url + _target(request)
        if not url.startswith(("http://", "https://")):
            raise ControlError(f"{self._url} is not the URL of an organisation: it begins with http:// or https://")
        prepared = urllib.request.Request(url, _body(request), self._headers, method=request.method)  # noqa: S310
        try:
            with urllib.request.urlopen(prepared, timeout=_SECONDS, context=self._trust) as response:  # noqa: S310
                return _answer(request, response.status, response.read())
        except urllib.error.HTTPError as error:
            with error:
                return _answer(request, error.code, error.read())
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise _unreachable(self._url, error) from error


class ControlClient:
    """Sends requests of `okta_simulator.control.requests` over a session of aiohttp.

    Args:
        session: Carries the requests; it stays the caller's to close.
        url: Where the organisation listens.
        token: The control token, where one is asked for.
    """

    def __init__(self, session: aiohttp.ClientSession, url: str, token: str | None = None) -> None:
        self._session = session
        self._url = url.rstrip("/")
        self._headers = _headers(token)

    async def __call__(self, request: Request[Result]) -> Result:
        """Send a request.

        Raises:
            ControlError: The organisation can't be reached, or refuses.
        """
        url, body = self._url + _target(request), _body(request)
        try:
            async with self._session.request(request.method, url, data=body, headers=self._headers) as response:
                return _answer(request, response.status, await response.read())
        except OSError as error:  # what aiohttp raises for connections is one too
            raise _unreachable(self._url, error) from error


def _headers(token: str | None) -> Mapping[str, str]:
    return {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {token}"} if token else {})


def _target(request: Request[Result]) -> str:
    return PREFIX + request.path + (f"?{urlencode(request.query)}" if request.query else "")


def _body(request: Request[Result]) -> bytes | None:
    return None if request.body is None else msgspec.json.encode(request.body)


def _answer(request: Request[Result], status: int, text: bytes) -> Result:
    try:
        if status < 300:
            return msgspec.json.decode(text, type=request.answer)
        refusal = msgspec.json.decode(text, type=_Refusal)
    except UNREADABLE as error:
        raise ControlError(
            f"{request.method} {request.path} was not answered by an okta-simulator ({error})"
        ) from error
    raise ControlError(refusal.sentence())


def _unreachable(url: str, error: Exception) -> ControlError:
    reason = getattr(error, "reason", error)  # urllib wraps what went wrong
    return ControlError(f"no organisation can be reached at {url} ({reason}): is it running?")
