"""Times as formats write them (RFC 3339, UTC, milliseconds: as exact as Okta is)."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache


def rfc3339_of_unix_ns(unix_ns: int) -> str:
    """So many nanoseconds of Unix time as text."""
    second, ns = divmod(unix_ns, 1_000_000_000)
    return f"{_to_the_second(second)}.{ns // 1_000_000:03d}Z"


def rfc3339(moment: datetime) -> str:
    """A moment as text, such as 2026-01-31T12:00:00.123Z."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def unix_ms(moment: datetime) -> int:
    """Milliseconds of Unix time."""
    return round(moment.timestamp() * 1000)


@lru_cache(maxsize=64)
def _to_the_second(unix_s: int) -> str:
    """Events come many in a second, and this takes most of the time of writing one in the format `okta`."""
    return datetime.fromtimestamp(unix_s, UTC).replace(tzinfo=None).isoformat()
