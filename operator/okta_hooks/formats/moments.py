"""Times as formats write them (RFC 3339, UTC, milliseconds: as exact as Okta is)."""

from __future__ import annotations

from datetime import UTC, datetime


def of_unix_ns(unix_ns: int) -> datetime:
    """The moment of so many nanoseconds of Unix time."""
    return datetime.fromtimestamp(unix_ns / 1_000_000_000, UTC)


def rfc3339(moment: datetime) -> str:
    """A moment as text, such as 2026-01-31T12:00:00.123Z."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def unix_ms(moment: datetime) -> int:
    """Milliseconds of Unix time."""
    return round(moment.timestamp() * 1000)
