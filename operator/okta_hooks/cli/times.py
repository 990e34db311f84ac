"""Times and durations as people give them to commands; each function can be the `type` of an option."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import click

_PART = re.compile(r"(\d+)([smhd])")
_WHOLE = re.compile(r"(\d+[smhd])+")
_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


def duration(text: str) -> timedelta:
    """A duration, such as 90s, 15m, 1h30m or 2d.

    Raises:
        click.BadParameter: It is none.
    """
    if not _WHOLE.fullmatch(text):
        raise click.BadParameter(f"{text!r} is no duration: write it like 90s, 15m, 1h30m or 2d")
    try:
        return timedelta(seconds=sum(int(count) * _SECONDS[unit] for count, unit in _PART.findall(text)))
    except OverflowError as error:
        raise click.BadParameter(f"{text!r} is too long") from error


def time(text: str) -> datetime:
    """A time with its zone, such as 2026-01-31T12:00:00Z, or how long ago it was, such as 15m.

    Raises:
        click.BadParameter: It is neither.
    """
    try:
        moment = datetime.now(UTC) - duration(text) if _WHOLE.fullmatch(text) else datetime.fromisoformat(text)
    except (OverflowError, ValueError) as error:
        raise click.BadParameter(
            f"{text!r} is no time: write it like 2026-01-31T12:00:00Z, or like 15m for 15 minutes ago"
        ) from error
    if moment.tzinfo is None:
        raise click.BadParameter(f"{text!r} has no zone: write a Z behind it for UTC")
    return moment
