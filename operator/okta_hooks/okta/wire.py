"""One HTTP request to an organisation, and the session that carries it."""

from __future__ import annotations

import ssl
from collections.abc import Mapping
from dataclasses import dataclass

import aiohttp

from okta_hooks.okta.answers import Answer

_CONNECTIONS = 8  # at a time to one organisation; Okta's own limit on requests at once is 35 in free ones
_SECONDS_TO_CONNECT = 5.0
_LARGEST_BODY = 16 * 1024 * 1024  # bytes; a hook of 300 types with filters takes some 40 KB
_USER_AGENT = "okta-event-hooks"


@dataclass(eq=False)
class Unanswered(Exception):
    """A request that got no answer.

    Args:
        reason: What happened.
        reached: Whether it may have reached Okta: then it is not known whether it took effect.
    """

    reason: str
    reached: bool


@dataclass(eq=False)
class Oversized(Unanswered):
    """An answer that is larger than what is held of one."""


def open_session(trusted: str = "") -> aiohttp.ClientSession:
    """A session for one organisation, which its opener closes; proxies are taken from the environment.

    Args:
        trusted: Certificates (PEM) to trust; the public authorities when empty.

    Raises:
        ValueError: What is to be trusted are no certificates.
    """
    return aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(ssl=trust(trusted), limit=_CONNECTIONS),
        timeout=aiohttp.ClientTimeout(total=None, sock_connect=_SECONDS_TO_CONNECT),  # each operation has its own
        headers={"User-Agent": _USER_AGENT, "Accept": "application/json"},
        cookie_jar=aiohttp.DummyCookieJar(),
        trust_env=True,
    )


def trust(certificates: str) -> ssl.SSLContext:
    """What a server's certificate is checked against.

    Raises:
        ValueError: These are no certificates.
    """
    if not certificates:
        return ssl.create_default_context()
    try:
        return ssl.create_default_context(cadata=certificates)
    except ssl.SSLError:
        raise ValueError("the certificates to trust cannot be read: give them as PEM") from None


async def send(
    session: aiohttp.ClientSession, method: str, url: str, headers: Mapping[str, str], body: bytes | None = None
) -> Answer:
    """Send a request and read its answer, whatever the status; redirects are not followed, credentials would go along.

    Raises:
        Unanswered: No whole answer came.
    """
    try:
        async with session.request(method, url, headers=headers, data=body, allow_redirects=False) as response:
            return Answer(response.status, _headers(response), await _body(response))
    except aiohttp.ClientConnectorError as error:
        raise Unanswered(f"no connection to {error.host} port {error.port} ({_why(error)})", reached=False) from None
    except (aiohttp.ClientError, OSError) as error:
        raise Unanswered(f"the connection was lost ({type(error).__name__})", reached=True) from None


def _headers(response: aiohttp.ClientResponse) -> Mapping[str, str]:
    """Names in lower case. Okta sends a `Link` header for each link, which mean together what one with both would."""
    received = {name.lower(): value for name, value in response.headers.items()}
    links = response.headers.getall("Link", [])
    return {**received, "link": ", ".join(links)} if links else received


async def _body(response: aiohttp.ClientResponse) -> bytes:
    parts: list[bytes] = []
    size = 0
    async for part in response.content.iter_any():
        size += len(part)
        if size > _LARGEST_BODY:
            raise Oversized(f"the answer is larger than {_LARGEST_BODY} bytes", reached=True)
        parts.append(part)
    return b"".join(parts)


def _why(error: aiohttp.ClientConnectorError) -> str:
    cause = getattr(error, "certificate_error", None) or error.os_error
    return str(getattr(cause, "strerror", None) or getattr(cause, "verify_message", None) or cause)
