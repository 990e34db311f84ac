"""The event types that hooks may subscribe to, as far as this version knows, and the one that somebody meant."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from functools import cache
from importlib import resources

_ALIKE = 0.6  # of difflib's ratio: below it, a match is no help


@cache
def eligible() -> frozenset[str]:
    """The types that are known to be eligible. Okta adds some: one that is missing here may be eligible too."""
    text = resources.files(__package__).joinpath("eligible_event_types.txt").read_text()
    return frozenset(line for line in text.splitlines() if line and not line.startswith("#"))


def unknown(event_types: Iterable[str]) -> tuple[str, ...]:
    """Those that are not known to be eligible, by name."""
    return tuple(sorted(set(event_types) - eligible()))


def nearest(event_type: str) -> str:
    """The eligible type that is most like another; empty where none is."""
    matches = difflib.get_close_matches(event_type, sorted(eligible()), n=1, cutoff=_ALIKE)
    return matches[0] if matches else ""
