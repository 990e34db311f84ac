"""The body of a request that creates or replaces an event hook, as it comes: nothing is required or checked yet.

Fields that only Okta writes (`id`, `created`, `_links` and so on) may be present, since clients send back what they
read; they are passed over.
"""

from __future__ import annotations

from typing import Literal

import msgspec


class HeaderBody(msgspec.Struct, frozen=True):
    """One of `channel.config.headers`."""

    key: str | None = None
    value: str | None = None


class AuthSchemeBody(msgspec.Struct, frozen=True):
    """`channel.config.authScheme`."""

    type: str | None = None
    key: str | None = None
    value: str | None = None

    def __repr__(self) -> str:
        """Everything but the secret."""
        return f"AuthSchemeBody(type={self.type!r}, key={self.key!r})"


class ConfigBody(msgspec.Struct, frozen=True, rename="camel"):
    """`channel.config`."""

    uri: str | None = None
    headers: tuple[HeaderBody | None, ...] | None = None
    auth_scheme: AuthSchemeBody | None = None


class ChannelBody(msgspec.Struct, frozen=True):
    """`channel`."""

    type: str | None = None
    version: str | None = None
    config: ConfigBody | None = None


class ConditionBody(msgspec.Struct, frozen=True):
    """`condition` of one filter."""

    expression: str | None = None


class FilterBody(msgspec.Struct, frozen=True):
    """One of `events.filter.eventFilterMap`."""

    event: str | None = None
    condition: ConditionBody | None = None


class FiltersBody(msgspec.Struct, frozen=True, rename="camel"):
    """`events.filter`."""

    type: str | None = None
    event_filter_map: tuple[FilterBody, ...] | None = None


class EventsBody(msgspec.Struct, frozen=True):
    """`events`."""

    type: str | None = None
    items: tuple[str, ...] | None = None
    filter: FiltersBody | None = None


class EventHookBody(msgspec.Struct, frozen=True):
    """The whole body."""

    name: str | None = None
    description: str | None = None
    status: Literal["ACTIVE", "INACTIVE"] | None = None
    events: EventsBody | None = None
    channel: ChannelBody | None = None
