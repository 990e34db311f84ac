"""IP addresses, told from what stands in their place: Okta's client may be unknown, a pseudonym is no address."""

from __future__ import annotations

import socket
from collections.abc import Iterable, Iterator

from okta_hooks.formats.log_event import Client, LogEvent

_LONGEST = 45  # characters, of an IPv6 address that embeds an IPv4 one


def address(text: str | None) -> str | None:
    """The text, if it is an IP address."""
    if not text or len(text) > _LONGEST:
        return None
    for family in (socket.AF_INET, socket.AF_INET6):
        try:
            socket.inet_pton(family, text)
        except (OSError, ValueError):
            continue
        return text
    return None


def passed_by(event: LogEvent) -> Iterator[str]:
    """Every address that an event's request came through, the client's first, each once."""
    client = event.client or Client()
    chain = [hop.ip for hop in client.ip_chain or ()]
    if event.request:
        chain += [hop.ip for hop in event.request.ip_chain or ()]
    return _each_once(address(text) for text in (client.ip_address, *chain))


def _each_once(texts: Iterable[str | None]) -> Iterator[str]:
    return iter(dict.fromkeys(text for text in texts if text))
