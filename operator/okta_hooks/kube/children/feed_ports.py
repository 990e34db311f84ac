"""Which ports a sink is reached on: all that a network policy can know of it."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from okta_hooks.api.sinks.destination import Destination

_DEFAULTS = {"https": 443, "http": 80, "tls": 6514, "tcp": 514, "broker": 9092}
_OF_AMAZON = "https://s3.amazonaws.com"


def ports(to: Destination) -> frozenset[int]:
    """TCP ports, of the sink itself and of whatever gives it tokens."""
    return frozenset(map(_port, _addresses(to)))


def _addresses(to: Destination) -> Iterator[str]:
    if to.http is not None:
        yield to.http.url
        if to.http.auth is not None and to.http.auth.oauth2 is not None:
            yield to.http.auth.oauth2.token_url
    if to.splunk_hec is not None:
        yield to.splunk_hec.url
    if to.elasticsearch is not None:
        yield to.elasticsearch.url
    if to.kafka is not None:
        yield from (f"broker://{broker}" for broker in to.kafka.bootstrap_servers)
    if to.syslog is not None:
        yield to.syslog.url
    if to.object_storage is not None:
        yield to.object_storage.endpoint or _OF_AMAZON


def _port(address: str) -> int:
    parts = urlsplit(address)
    return parts.port or _DEFAULTS[parts.scheme]
