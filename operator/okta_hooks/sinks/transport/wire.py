"""One exchange: TLS, proxies, time-out, an answer of bounded size."""

from __future__ import annotations

import asyncio
import base64
import ssl
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import aiohttp
from yarl import URL

from okta_hooks.sinks.mounted import NotMounted, content
from okta_hooks.sinks.port import Paused, Retry
from okta_hooks.sinks.transport.failures import failure
from okta_hooks.sinks.transport.reply import Reply, read_retry_after


@dataclass(frozen=True)
class Message:
    """What is posted.

    Attributes:
        url: Where to.
        headers: Its headers.
        body: Its body.
        reply_limit: How much of the answer's body is worth reading, in bytes.
    """

    url: URL
    headers: Mapping[str, str]
    body: bytes
    reply_limit: int = 1 << 16


class Authorities:
    """Who may sign the other side's certificate; read again when the file changed.

    Args:
        ca_file: PEM certificates of the only ones; None for the public authorities.
    """

    def __init__(self, ca_file: str | None) -> None:
        self._ca_file = ca_file
        self._known: tuple[bytes, ssl.SSLContext] | None = None

    def context(self) -> ssl.SSLContext:
        """What a connection is to trust now.

        Raises:
            NotMounted: The file can't be read, or holds no certificate.
        """
        certificates = content(self._ca_file) if self._ca_file else b""
        if self._known is None or self._known[0] != certificates:
            self._known = certificates, self._trusting(certificates)
        return self._known[1]

    def _trusting(self, certificates: bytes) -> ssl.SSLContext:
        if self._ca_file is None:
            return ssl.create_default_context()
        try:
            return ssl.create_default_context(cadata=certificates.decode("ascii", "replace"))
        except ssl.SSLError as error:
            raise NotMounted(f"{self._ca_file} holds no certificate: put PEM into this key") from error


class Wire:
    """Posts, to whatever host. What goes wrong is an answer, and no exception.

    Args:
        session: Where connections are kept.
        authorities: Whom to trust.
        patience: How long one exchange may take.
    """

    def __init__(self, session: aiohttp.ClientSession, authorities: Authorities, patience: timedelta) -> None:
        self._session = session
        self._authorities = authorities
        self._patience = patience

    async def post(self, message: Message) -> Reply | Retry | Paused:
        """Post once."""
        host = message.url.host or ""
        try:
            async with asyncio.timeout(self._patience.total_seconds()):
                return await self._exchange(message, host)
        except NotMounted as error:
            return Paused(str(error))
        except TimeoutError:
            return Retry(f"{host} did not answer within {self._patience.total_seconds():g} s")
        except (aiohttp.ClientError, OSError) as error:
            return failure(error, host)

    async def _exchange(self, message: Message, host: str) -> Reply:
        async with self._session.post(
            message.url,
            data=message.body,
            headers={"Accept-Encoding": "identity", **message.headers},
            ssl=self._authorities.context() if message.url.scheme == "https" else True,
            allow_redirects=False,
        ) as response:
            body = await _read(response, message.reply_limit)
            retry_after = read_retry_after(response.headers.get("Retry-After"), datetime.now(UTC))
            return Reply(host, response.status, body, retry_after, tuple(_secrets(message.headers)))


async def _read(response: aiohttp.ClientResponse, limit: int) -> bytes:
    """The body up to a limit; what is longer ends the connection when the response is let go."""
    body = bytearray()
    while len(body) < limit and (part := await response.content.read(limit - len(body))):
        body += part
    return bytes(body)


def _secrets(headers: Mapping[str, str]) -> Iterator[str]:
    """What nobody may read who reads what the other side says of a request."""
    scheme, _, value = headers.get("Authorization", "").partition(" ")
    if not value:
        return
    yield value
    if scheme == "Basic":
        yield base64.b64decode(value).decode().partition(":")[2]
