"""What a client asks of the System Log, read from the parameters of its request."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TypeAlias

import msgspec

from okta_simulator.errors import OktaError, validation_failed
from okta_simulator.json_values import JsonObject
from okta_simulator.options import Log
from okta_simulator.system_log import cursor as cursors
from okta_simulator.system_log.cursor import BoundedCursor, Cursor, PollingCursor
from okta_simulator.system_log.filtering import Predicate, compiled
from okta_simulator.system_log.keywords import keywords_of, may_mention, mentions
from okta_simulator.system_log.log import microseconds

_EVENT = msgspec.json.Decoder(JsonObject)
_DEFAULT_LIMIT = 100
_GREATEST_LIMIT = 1000
_DEFAULT_RANGE = timedelta(days=7)


@dataclass(frozen=True)
class Sought:
    """Which entries a query wants, and how many on a page."""

    limit: int
    filter: Predicate | None
    keywords: tuple[str, ...]

    def matches(self, text: bytes) -> bool:
        """Whether an entry is wanted; it is only read where its text does not tell."""
        if self.filter is None and not self.keywords:
            return True
        if not may_mention(text, self.keywords):
            return False
        event = _EVENT.decode(text)
        return (self.filter is None or self.filter(event)) and mentions(event, self.keywords)


@dataclass(frozen=True)
class Polling:
    """An endless query: entries in the order of their persistence, from a time or a cursor on."""

    sought: Sought
    begin: datetime | PollingCursor


@dataclass(frozen=True)
class Bounded:
    """A finite query: entries in the order of `published`, from `since` on and before `until` (microseconds)."""

    sought: Sought
    since: int
    until: int
    descending: bool
    after: BoundedCursor | None = None


Query: TypeAlias = Polling | Bounded


def query_of(parameters: Mapping[str, str], now: datetime, options: Log) -> Query:
    """Read a query.

    Raises:
        OktaError: E0000001, E0000031 or E0000053, a parameter is not valid.
    """
    since, until = _moment(parameters, "since"), _moment(parameters, "until")
    cursor = _cursor(parameters)
    descending = _is_descending(parameters)
    sought = Sought(
        limit=_limit(parameters),
        filter=compiled(parameters["filter"], options) if parameters.get("filter") else None,
        keywords=keywords_of(parameters.get("q", "")),
    )
    if since is not None and since < now - options.oldest_since:
        raise OktaError(
            "E0000053",
            summary=f"Invalid parameter: The since parameter is over {options.oldest_since.days} days prior to the "
            "current day.",
        )
    if since is not None and cursor is not None:
        raise validation_failed("after", "after: since and after exclude each other.")
    if until is None and not descending:
        return Polling(sought, _polling_begin(cursor, since, now))
    return _bounded(sought, since, until or now, cursor, descending=descending)


def _polling_begin(cursor: Cursor | None, since: datetime | None, now: datetime) -> datetime | PollingCursor:
    if isinstance(cursor, BoundedCursor):
        raise _invalid_cursor()
    return cursor or since or now - _DEFAULT_RANGE


def _bounded(
    sought: Sought, since: datetime | None, until: datetime, cursor: Cursor | None, *, descending: bool
) -> Bounded:
    if cursor is None:
        begin = since or _earlier(until)
        return Bounded(sought, microseconds(begin), microseconds(until), descending)
    if isinstance(cursor, PollingCursor) or cursor.descending != descending:
        raise _invalid_cursor()
    return Bounded(sought, cursor.since, cursor.until, descending, cursor)


def _earlier(until: datetime) -> datetime:
    try:
        return until - _DEFAULT_RANGE
    except OverflowError:
        return until


def _cursor(parameters: Mapping[str, str]) -> Cursor | None:
    text = parameters.get("after")
    if not text:
        return None
    cursor = cursors.read(text)
    if cursor is None:
        raise _invalid_cursor()
    return cursor


def _invalid_cursor() -> OktaError:
    return validation_failed("after", "after: The cursor is not one of this query: follow the next link as it is.")


def _is_descending(parameters: Mapping[str, str]) -> bool:
    order = parameters.get("sortOrder") or "ASCENDING"
    if order not in ("ASCENDING", "DESCENDING"):
        raise validation_failed("sortOrder", "sortOrder: must be ASCENDING or DESCENDING.")
    return order == "DESCENDING"


def _limit(parameters: Mapping[str, str]) -> int:
    text = parameters.get("limit")
    if not text:
        return _DEFAULT_LIMIT
    if not (text.isascii() and text.isdigit() and len(text) <= 6 and int(text) <= _GREATEST_LIMIT):
        raise validation_failed("limit", f"limit: must be a whole number from 0 to {_GREATEST_LIMIT}.")
    return int(text)


def _moment(parameters: Mapping[str, str], name: str) -> datetime | None:
    """A time with its distance from UTC; Okta allows the parameter to be empty."""
    text = parameters.get(name)
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
        if moment.tzinfo is not None:
            return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    advice = "The date format in your query is not recognized. Please enter dates using ISO8601 string format."
    valid = "must be a valid date-time or empty."
    raise OktaError(
        "E0000001",
        about=(f"'{name}': {advice} '{name}': {valid}",),
        causes=(f"{name}: {advice}", f"{name}: {valid}"),
    )
