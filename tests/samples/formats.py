"""Formats, and what goes through them."""

from __future__ import annotations

import msgspec

from okta_hooks.formats import Arrival, Format, FormatSettings, Origin, format_of

ORIGIN = Origin("https://acme.okta.com", "who1", "prod", {"team": "identity", "example.com/tier": "1"})
ARRIVAL = Arrival(1_769_860_801_000_000_000, "hook")  # 2026-01-31T12:00:01Z


def a_format(**settings: object) -> Format:
    """The format that the dispatcher makes of these settings."""
    return a_format_of(ORIGIN, **settings)


def a_format_of(origin: Origin, **settings: object) -> Format:
    """The same, for events of another origin."""
    return format_of(msgspec.convert(settings, type=FormatSettings), origin)
