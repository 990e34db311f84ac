"""The proxy through which dispatchers call sinks over HTTP."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from okta_hooks.bad_input import BadInput
from okta_hooks.kube.objects import JsonObject

_DEFAULT_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True)
class Proxy:
    """A proxy, the same for all hooks.

    It is told in each pod's environment, which many may read: so it has no user and no password.

    Args:
        url: Its address.
        exceptions: Hosts, and ends of hosts, that are called without it.
    """

    url: str
    exceptions: tuple[str, ...] = ()

    @property
    def port(self) -> int:
        """The TCP port that it is reached on."""
        parts = urlsplit(self.url)
        return parts.port or _DEFAULT_PORTS[parts.scheme]

    def environment(self) -> list[JsonObject]:
        """The variables that say so."""
        told = {"HTTPS_PROXY": self.url, "HTTP_PROXY": self.url, "NO_PROXY": ",".join(self.exceptions)}
        return [{"name": name, "value": value.replace("$", "$$")} for name, value in told.items() if value]


def proxy(url: str | None, exceptions: tuple[str, ...]) -> Proxy | None:
    """A proxy as the command line has it.

    Raises:
        BadInput: It is no address of a proxy, or has a user in it.
    """
    if url is None:
        return None
    try:
        parts = urlsplit(url)
        usable = parts.scheme in _DEFAULT_PORTS and bool(parts.hostname) and parts.port != 0
    except ValueError:
        raise BadInput(f"--sink-proxy {url} can't be read: write it like http://proxy.example.com:3128") from None
    if parts.username is not None or parts.password is not None:
        raise BadInput("--sink-proxy has a user in it, whom every namespace with a hook could read: take it out")
    if not usable:
        raise BadInput(f"--sink-proxy {url} can't be used: write it like http://proxy.example.com:3128")
    return Proxy(url, exceptions)
