"""Times as Okta prints those of its objects."""

from __future__ import annotations

from datetime import UTC, datetime


def whole_seconds(moment: datetime) -> str:
    """A time with the precision of hooks, users, groups and zones: seconds, printed with three zeros."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")


def whole_seconds_or_none(moment: datetime | None) -> str | None:
    """The same for a time that may not have come."""
    return None if moment is None else whole_seconds(moment)
