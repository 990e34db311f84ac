"""The challenge: a GET with a value that only the receiver of this hook, given the right secret, sends back."""

from __future__ import annotations

import asyncio
import json
import secrets
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Protocol

import aiohttp
from aiohttp.connector import Connection
from yarl import URL

from okta_hooks.reachability.failures import outcome_of
from okta_hooks.reachability.outcome import (
    OKTA_WAITS,
    CertificateExpiring,
    Outcome,
    Reachable,
    Redirected,
    TooSlow,
    Unauthorized,
    WrongAnswer,
    WrongStatus,
)

CHALLENGE_HEADER = "X-Okta-Verification-Challenge"

_BODY_AT_MOST = 4096  # bytes; the answer has some 60
_ENDS_SOON = timedelta(days=7)
_ENDS_SOON_OF_A_SHORT_ONE = 1 / 3
"""Of its life: what lives for less than three weeks is renewed later than a week before its end."""
_LOCATION_AT_MOST = 200  # characters


@dataclass(frozen=True)
class Endpoint:
    """What to call, and how to be known there.

    Args:
        url: The public address.
        header_name: The header that carries the secret.
        secret: As Okta sends it: one line of printable characters.
    """

    url: str
    header_name: str
    secret: str = field(repr=False)


class EndpointProbe(Protocol):
    """Somebody who calls an endpoint as Okta does."""

    async def challenge(self, endpoint: Endpoint) -> Outcome:
        """Call it once; ends within a bounded time, and raises nothing."""


class Challenger:
    """Calls from where the operator runs; with the proxies that the environment names, and no redirects.

    Args:
        authorities: PEM certificates to trust beside the public authorities, for a private authority or a simulator.
        now: The time, in UTC, against which certificates are held.
        clock: Measures how long an answer takes.
        patience: How long to wait, in seconds: longer than Okta, so that the message can say how slow an answer is.
    """

    def __init__(
        self,
        authorities: str = "",
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        clock: Callable[[], float] = time.monotonic,
        patience: float = 10.0,
    ) -> None:
        self._tls = ssl.create_default_context()
        if authorities:
            self._tls.load_verify_locations(cadata=authorities)
        self._now = now
        self._clock = clock
        self._patience = patience

    async def challenge(self, endpoint: Endpoint) -> Outcome:
        """See `EndpointProbe`."""
        began = self._clock()
        value = secrets.token_urlsafe(24)
        url = URL(endpoint.url, encoded=True)  # as Okta is given it, not spelt anew
        try:
            async with asyncio.timeout(self._patience):
                answer = await self._ask(url, {CHALLENGE_HEADER: value, endpoint.header_name: endpoint.secret})
        except TimeoutError:
            return TooSlow(self._clock() - began, answered=False)
        except (aiohttp.ClientError, OSError) as error:
            return outcome_of(error, host=url.host or "", port=url.port or 443)
        return self._judge(answer, value, self._clock() - began)

    async def _ask(self, url: URL, headers: dict[str, str]) -> _Answer:
        """One request on a connection of its own, as Okta would make it: an old one could hide what is broken now."""
        connector = aiohttp.TCPConnector(ssl=self._tls, force_close=True, use_dns_cache=False)
        async with (
            aiohttp.ClientSession(
                connector=connector, response_class=_Response, trust_env=True, timeout=aiohttp.ClientTimeout(total=None)
            ) as session,
            session.get(url, headers={**headers, "Accept": "application/json"}, allow_redirects=False) as response,
        ):
            body = await _read(response)
            certificate = response.certificate if isinstance(response, _Response) else None
            return _Answer(response.status, response.headers.get("Location", ""), body, certificate)

    def _judge(self, answer: _Answer, value: str, seconds: float) -> Outcome:
        wrong = _wrong_status(answer) or _wrong_body(answer.body, value)
        if wrong is not None:
            return wrong
        if seconds > OKTA_WAITS:
            return TooSlow(seconds, answered=True)
        if answer.certificate is not None and answer.certificate.ends_soon(self._now()):
            return CertificateExpiring(seconds, answer.certificate.ends)
        return Reachable(seconds, answer.certificate.ends if answer.certificate is not None else None)


@dataclass(frozen=True)
class _Validity:
    """From when until when a certificate can be trusted."""

    begins: datetime
    ends: datetime

    def ends_soon(self, now: datetime) -> bool:
        return self.ends - now < min(_ENDS_SOON, (self.ends - self.begins) * _ENDS_SOON_OF_A_SHORT_ONE)


@dataclass(frozen=True)
class _Answer:
    status: int
    location: str
    body: bytes
    certificate: _Validity | None


class _Response(aiohttp.ClientResponse):
    """Remembers the certificate: after a short answer, the connection is given back before anybody can ask it."""

    certificate: _Validity | None = None

    async def start(self, connection: Connection) -> aiohttp.ClientResponse:
        transport = connection.transport
        shown = transport.get_extra_info("peercert") if transport is not None else None
        if shown:
            self.certificate = _Validity(_moment(shown["notBefore"]), _moment(shown["notAfter"]))
        return await super().start(connection)


def _moment(written: str) -> datetime:
    return datetime.fromtimestamp(ssl.cert_time_to_seconds(written), UTC)


async def _read(response: aiohttp.ClientResponse) -> bytes:
    """The body, and no more of it than needed to see that it is too long."""
    body = b""
    while len(body) <= _BODY_AT_MOST and (part := await response.content.read(_BODY_AT_MOST + 1)):
        body += part
    return body


def _wrong_status(answer: _Answer) -> Unauthorized | Redirected | WrongStatus | None:
    if answer.status in (401, 403):
        return Unauthorized(answer.status)
    if 300 <= answer.status < 400:
        return Redirected(answer.status, answer.location[:_LOCATION_AT_MOST])
    return WrongStatus(answer.status) if answer.status != 200 else None


def _wrong_body(body: bytes, value: str) -> WrongAnswer | None:
    if len(body) > _BODY_AT_MOST:
        return WrongAnswer(f"more than {_BODY_AT_MOST} bytes came")
    try:
        answer = json.loads(body)
    except ValueError:
        return WrongAnswer("what came is not JSON")
    if not isinstance(answer, dict) or "verification" not in answer:
        return WrongAnswer("the JSON has no `verification`")
    return WrongAnswer("`verification` has another value") if answer["verification"] != value else None
