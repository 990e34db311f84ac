"""Requests to the endpoints of hooks, as Okta makes them: over TLS that is checked, with a time limit, no redirects."""

from __future__ import annotations

import asyncio
import io
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from types import SimpleNamespace, TracebackType
from typing import Literal, Self, TypeAlias

import aiohttp
from multidict import CIMultiDict

from okta_simulator.event_hooks.hook import Channel
from okta_simulator.ids import Ids
from okta_simulator.network import PinnedResolver
from okta_simulator.options import Endpoints
from okta_simulator.tls import client_context

USER_AGENT = "Okta-Integrations"

_LARGEST_ANSWER = 64 * 1024  # bytes; a challenge's answer has some fifty
_IDLE_SECONDS = 15.0  # that a connection is kept for the next delivery


@dataclass(frozen=True)
class Answer:
    """What an endpoint said."""

    status: int
    body: bytes


@dataclass(frozen=True)
class NoAnswer:
    """An endpoint said nothing in time, or could not be reached."""

    reason: Literal["timeout", "connection"]
    detail: str


Reply: TypeAlias = Answer | NoAnswer


@dataclass(frozen=True)
class Message:
    """What is sent.

    Args:
        method: GET for a challenge, POST for a delivery.
        headers: What this request carries besides the headers of the hook.
        body: JSON, or nothing.
    """

    method: Literal["GET", "POST"]
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes | None = None


class _Sending:
    """How much of a body is still to be sent."""

    def __init__(self, size: int) -> None:
        self._left = size
        self.done = asyncio.Event()

    def sent(self, size: int) -> None:
        """A part was sent."""
        self._left -= size
        if self._left <= 0:
            self.done.set()


class EndpointClient:
    """Calls endpoints; open while used as a context.

    Args:
        endpoints: How they are reached.
        timeout_seconds: What an endpoint has to answer, from the first byte of the connection to the last of the
            answer, in real seconds.
        ids: Gives each request its id.

    Raises:
        BadInput: The certificate authorities or the addresses given can't be used.
    """

    def __init__(self, endpoints: Endpoints, timeout_seconds: float, ids: Ids) -> None:
        self._endpoints = endpoints
        self._timeout = timeout_seconds
        self._ids = ids
        self._trusted = client_context(endpoints.extra_ca_file)
        self._places = asyncio.Semaphore(endpoints.connections)
        self._opened = AsyncExitStack()
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        """Open."""
        connector = aiohttp.TCPConnector(
            limit=self._endpoints.connections,
            ssl=self._trusted,
            resolver=PinnedResolver(self._endpoints.resolve),
            keepalive_timeout=_IDLE_SECONDS,
        )
        session = aiohttp.ClientSession(
            connector=connector,
            timeout=aiohttp.ClientTimeout(total=None),
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
            skip_auto_headers=("Accept-Encoding",),
            trace_configs=[_tells_what_is_sent()],
        )
        session._retry_connection = False  # noqa: SLF001 -- aiohttp would repeat a GET unasked; retries are Okta's to decide
        self._session = await self._opened.enter_async_context(session)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Close the connections."""
        self._session = None
        await self._opened.aclose()

    async def send(self, channel: Channel, message: Message) -> Reply:
        """Send, and wait for the answer."""
        try:
            async with self._places, asyncio.timeout(self._timeout), self._request(channel, message, None) as response:
                return Answer(response.status, await _bounded(response))
        except TimeoutError:
            return NoAnswer("timeout", f"no answer within {self._timeout:g} s")
        except (aiohttp.ClientError, OSError, ValueError) as error:
            return NoAnswer("connection", str(error) or type(error).__name__)

    async def send_and_hang_up(self, channel: Channel, message: Message) -> NoAnswer:
        """Send, and drop the connection before an answer is read."""
        sending = _Sending(len(message.body or b""))

        async def ask() -> None:
            with suppress(aiohttp.ClientError, OSError, ValueError):
                async with self._request(channel, message, sending):
                    pass
            sending.done.set()

        async with self._places, asyncio.TaskGroup() as group:
            asking = group.create_task(ask())
            with suppress(TimeoutError):
                async with asyncio.timeout(self._timeout):
                    await sending.done.wait()
            asking.cancel()
        return NoAnswer("connection", "the connection was lost")

    @asynccontextmanager
    async def _request(
        self, channel: Channel, message: Message, sending: _Sending | None
    ) -> AsyncIterator[aiohttp.ClientResponse]:
        if self._session is None:
            raise RuntimeError("the client of endpoints is used before it is opened")
        async with self._session.request(
            message.method,
            channel.uri,
            data=None if message.body is None else io.BytesIO(message.body),
            headers=self._headers(channel, message),
            allow_redirects=False,
            trace_request_ctx=sending,
        ) as response:
            yield response

    def _headers(self, channel: Channel, message: Message) -> CIMultiDict[str]:
        headers = CIMultiDict((header.key, header.value) for header in channel.headers)
        headers["Accept"] = "application/json"
        headers["User-Agent"] = USER_AGENT
        headers["X-Okta-Request-Id"] = self._ids.new("req")
        for name, value in message.headers:
            headers[name] = value
        if channel.auth is not None and channel.auth.value is not None:
            headers[channel.auth.key] = channel.auth.value
        return headers


async def _bounded(response: aiohttp.ClientResponse) -> bytes:
    """The body of an answer; of a larger one only the beginning, and the rest is left unread."""
    body = bytearray()
    async for chunk in response.content.iter_any():
        body += chunk
        if len(body) > _LARGEST_ANSWER:
            response.close()
            break
    return bytes(body[:_LARGEST_ANSWER])


def _tells_what_is_sent() -> aiohttp.TraceConfig:
    async def sent(
        _: aiohttp.ClientSession, context: SimpleNamespace, params: aiohttp.TraceRequestChunkSentParams
    ) -> None:
        if isinstance(context.trace_request_ctx, _Sending):
            context.trace_request_ctx.sent(len(params.chunk))

    tracing = aiohttp.TraceConfig()
    tracing.on_request_chunk_sent.append(sent)
    return tracing
