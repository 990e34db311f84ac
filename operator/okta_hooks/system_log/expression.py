"""What a query asks the System Log for. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote_plus

import msgspec

LONGEST = 4096
"""Bytes that a filter may have in a request's address; Okta documents none, and what is in between rarely takes more
than 8 KB for the whole of a request's head."""


def expression(event_types: Iterable[str]) -> str:
    """The filter for some types of events; empty, which is for all entries, where there are too many of them."""
    written = " or ".join(f"eventType eq {_quoted(each)}" for each in sorted(event_types))
    return written if len(quote_plus(written)) <= LONGEST else ""


def _quoted(event_type: str) -> str:
    """A string of JSON, as RFC 7644 has it in filters (section 3.4.2.2)."""
    return msgspec.json.encode(event_type).decode()
