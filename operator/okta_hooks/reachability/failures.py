"""What it means when no HTTP answer came."""

from __future__ import annotations

import os
import ssl
from typing import TypeVar

import aiohttp

from okta_hooks.reachability.outcome import ConnectionRefused, NameNotResolved, TlsInvalid, TlsProblem, WrongAnswer

# X509_V_ERR_* of OpenSSL, as `SSLCertVerificationError.verify_code` gives them
_EXPIRED = 10
_AUTHORITY = frozenset({2, 18, 19, 20, 21, 24, 79})
_NAME = frozenset({62, 64})


_HUNG_UP = (aiohttp.ServerDisconnectedError, ConnectionResetError, BrokenPipeError)
_NOT_HTTP = (aiohttp.ClientPayloadError, aiohttp.ClientResponseError)

_Caused = TypeVar("_Caused", bound=BaseException)


def outcome_of(
    error: aiohttp.ClientError | OSError, *, host: str, port: int
) -> NameNotResolved | ConnectionRefused | TlsInvalid | WrongAnswer:
    """The outcome that an exception on the way is."""
    if isinstance(error, aiohttp.ClientConnectorDNSError):
        return NameNotResolved(host)
    tls = _cause(error, ssl.SSLError)
    if isinstance(tls, ssl.SSLCertVerificationError):
        return TlsInvalid(host, _problem(tls), tls.verify_message)
    if tls is not None:
        return TlsInvalid(host, "other", tls.reason or str(tls))
    if isinstance(error, _NOT_HTTP) and not isinstance(error, aiohttp.ClientHttpProxyError):
        return WrongAnswer("what it sent is not HTTP")
    return ConnectionRefused(host, port, _detail(error))


def _detail(error: aiohttp.ClientError | OSError) -> str:
    if isinstance(error, aiohttp.ClientHttpProxyError):
        return f"the proxy answers {error.status} {error.message}".strip()
    if isinstance(error, aiohttp.ClientProxyConnectionError):
        return "the proxy that the environment names takes no connection"
    if isinstance(error, _HUNG_UP):
        return "it hung up without an answer"
    system = _cause(error, OSError)
    return os.strerror(system.errno).lower() if system is not None and system.errno else type(error).__name__


def _problem(error: ssl.SSLCertVerificationError) -> TlsProblem:
    if error.verify_code == _EXPIRED:
        return "expired"
    if error.verify_code in _NAME:
        return "name"
    if error.verify_code in _AUTHORITY:
        return "unknown authority"
    return "other"


def _cause(error: BaseException, kind: type[_Caused]) -> _Caused | None:
    """The exception itself, or the first of those it came of, that is of a kind and not of aiohttp's making."""
    following: BaseException | None = error
    while following is not None:
        if isinstance(following, kind) and not isinstance(following, aiohttp.ClientError):
            return following
        following = following.__cause__ or following.__context__
    return None
