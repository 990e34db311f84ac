"""What Okta checks before it writes an event hook: pure functions from a body to what is wrong with it.

The rules are documented; for most of the sentences no recording exists, so that theirs are modelled on Okta's others.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import urlsplit

from okta_simulator.event_hooks.body import (
    AuthSchemeBody,
    ChannelBody,
    ConfigBody,
    EventHookBody,
    EventsBody,
    FiltersBody,
    HeaderBody,
)
from okta_simulator.event_hooks.filters.parser import condition
from okta_simulator.event_hooks.filters.tokens import ExpressionError

LONGEST_NAME = 255
LONGEST_URI = 1024

_BLANK = "The field cannot be left blank"
_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")  # a header's name, RFC 9110 section 5.6.2
_CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")
_RESERVED_HEADERS = frozenset(
    {"accept", "connection", "content-length", "content-type", "host", "transfer-encoding", "user-agent"}
)
_RESERVED_PREFIX = "x-okta-"  # what Okta itself says about a request


class EventTypes(Protocol):
    """The catalogue of System Log event types."""

    def is_known(self, event_type: str) -> bool:
        """Whether the System Log has the type."""

    def is_eligible(self, event_type: str) -> bool:
        """Whether hooks may subscribe to it."""


@dataclass(frozen=True)
class Rules:
    """What the checks need to know of the organisation.

    Args:
        event_types: The catalogue.
        most_event_types: How many types one hook may list.
        filters: Whether the organisation has the Early Access feature of hook filters.
        secret_required: Whether `authScheme` must come with its value.
    """

    event_types: EventTypes
    most_event_types: int
    filters: bool
    secret_required: bool = True


def causes(body: EventHookBody, rules: Rules, names_taken: Iterable[str]) -> list[str]:
    """A sentence for each thing that is wrong with a hook; none where all is right."""
    return [
        *_about_name(body.name, names_taken),
        *_about_events(body.events, rules),
        *_about_channel(body.channel, rules),
    ]


def _about_name(name: str | None, names_taken: Iterable[str]) -> Iterator[str]:
    if not name or name.isspace():
        yield f"name: {_BLANK}"
    elif len(name) > LONGEST_NAME:
        yield f"name: The field is too long (maximum {LONGEST_NAME} characters)"
    elif name in names_taken:
        yield "name: An event hook with this name already exists"


def _about_events(events: EventsBody | None, rules: Rules) -> Iterator[str]:
    if events is None:
        yield f"events: {_BLANK}"
        return
    yield from _only("events.type", events.type, "EVENT_TYPE")
    items = dict.fromkeys(events.items or ())
    if not items:
        yield f"events.items: {_BLANK}"
    if len(items) > rules.most_event_types:
        yield f"events.items: {len(items)} event types are listed and {rules.most_event_types} are allowed"
    for event_type in items:
        if not rules.event_types.is_known(event_type):
            yield f"events.items: '{event_type}' is not an event type"
        elif not rules.event_types.is_eligible(event_type):
            yield f"events.items: '{event_type}' is not eligible for event hooks"
    if events.filter is not None:
        yield from _about_filters(events.filter, items, rules)


def _about_filters(filters: FiltersBody, items: Iterable[str], rules: Rules) -> Iterator[str]:
    if not rules.filters:
        yield "events.filter: Event hook filters are not enabled for this organization"
        return
    if filters.type is not None:
        yield from _only("events.filter.type", filters.type, "EXPRESSION_LANGUAGE")
    filtered: set[str] = set()
    for one in filters.event_filter_map or ():
        event_type = one.event or ""
        where = f"events.filter.eventFilterMap '{event_type}'"
        if event_type not in items:
            yield f"{where}: The event type is not listed in events.items"
        elif event_type in filtered:
            yield f"{where}: The event type has more than one filter"
        filtered.add(event_type)
        yield from _about_expression(where, one.condition.expression if one.condition else None)


def _about_expression(where: str, expression: str | None) -> Iterator[str]:
    if not expression:
        yield f"{where}: condition.expression: {_BLANK}"
        return
    try:
        condition(expression)
    except ExpressionError as error:
        yield f"{where}: Invalid expression: {error}"


def _about_channel(channel: ChannelBody | None, rules: Rules) -> Iterator[str]:
    if channel is None:
        yield f"channel: {_BLANK}"
        return
    yield from _only("channel.type", channel.type, "HTTP")
    yield from _only("channel.version", channel.version, "1.0.0")
    if channel.config is None:
        yield f"channel.config: {_BLANK}"
    else:
        yield from _about_config(channel.config, rules)


def _about_config(config: ConfigBody, rules: Rules) -> Iterator[str]:
    yield from _about_uri(config.uri)
    for header in config.headers or ():
        if header is not None:
            yield from _about_header(header)
    if config.auth_scheme is not None:
        yield from _about_auth_scheme(config.auth_scheme, rules)


def _about_uri(uri: str | None) -> Iterator[str]:
    where = "channel.config.uri"
    if not uri:
        yield f"{where}: {_BLANK}"
    elif len(uri) > LONGEST_URI:
        yield f"{where}: The field is too long (maximum {LONGEST_URI} characters)"
    elif any(character.isspace() for character in uri):
        yield f"{where}: The URI must not contain whitespace"
    elif not uri.startswith("https://") or not _has_host(uri):
        yield f"{where}: The URI must be a valid HTTPS URL"


def _has_host(uri: str) -> bool:
    try:
        parts = urlsplit(uri)
        return bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def _about_header(header: HeaderBody) -> Iterator[str]:
    where = "channel.config.headers"
    key = header.key or ""
    if not _TOKEN.fullmatch(key):
        yield f"{where}: '{key}' is not a valid header name"
    elif key.lower() in _RESERVED_HEADERS or key.lower().startswith(_RESERVED_PREFIX):
        yield f"{where}: '{key}' is a reserved header"
    elif _CONTROL.search(header.value or ""):
        yield f"{where}: The value of '{key}' has characters that a header can't carry"


def _about_auth_scheme(scheme: AuthSchemeBody, rules: Rules) -> Iterator[str]:
    where = "channel.config.authScheme"
    yield from _only(f"{where}.type", scheme.type, "HEADER")
    if not _TOKEN.fullmatch(scheme.key or ""):
        yield f"{where}.key: '{scheme.key or ''}' is not a valid header name"
    if rules.secret_required and not scheme.value:
        yield f"{where}.value: {_BLANK}"
    if _CONTROL.search(scheme.value or ""):
        yield f"{where}.value: The value has characters that a header can't carry"


def _only(where: str, value: str | None, allowed: str) -> Iterator[str]:
    if not value:
        yield f"{where}: {_BLANK}"
    elif value != allowed:
        yield f"{where}: '{value}' is not one of {allowed}"
