"""Sentences about exchanges that brought no answer."""

from __future__ import annotations

import os

import aiohttp

from okta_hooks.sinks.port import Paused, Retry

_CERTIFICATE = "correct the address, or name the authority that signed it in the sink's CA"


def failure(error: aiohttp.ClientError | OSError, host: str) -> Retry | Paused:
    """What an exception on the way says.

    A certificate that can't be trusted is somebody's to correct, and so is the proxy's password; all else may pass.
    """
    match error:
        case aiohttp.ClientConnectorCertificateError():
            return Paused(f"the certificate of {host} can't be trusted ({_fault(error)}): {_CERTIFICATE}")
        case aiohttp.ClientHttpProxyError(status=407):
            return Paused("the proxy in the environment wants another user or password: correct its address there")
    return Retry(_sentence(error, host))


def _sentence(error: aiohttp.ClientError | OSError, host: str) -> str:
    match error:
        case aiohttp.ClientConnectorDNSError():
            return f"the name {host} can't be resolved"
        case aiohttp.ClientConnectorSSLError():
            return f"{host} does not speak TLS as it should"
        case aiohttp.ClientProxyConnectionError() | aiohttp.ClientHttpProxyError():
            return f"the proxy in the environment makes no connection to {host}"
        case aiohttp.ClientConnectorError():
            reason = os.strerror(error.errno).lower() if error.errno else "closed before TLS was agreed on: see its log"
            return f"{host} takes no connection ({reason})"
        case aiohttp.ClientPayloadError() | OSError() | aiohttp.ServerConnectionError():
            return f"{host} closed the connection before it had answered"
    return f"what {host} answers is not HTTP"


def _fault(error: aiohttp.ClientConnectorCertificateError) -> str:
    return str(getattr(error.certificate_error, "verify_message", "it does not fit"))
