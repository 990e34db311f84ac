"""Entries of the System Log: an event with its identity, type and time, and the bytes that Okta sent.

Okta promises less of an entry than it documents: fields may be unknown, missing or null, and what `debugData` holds is
no contract. So only three fields are read of every entry, the rest when somebody asks, each for itself: one that is
unlike Okta's hides none of the others, and no entry of a page is left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import TypeVar

import msgspec

from okta_hooks.surrogates import mended

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_NULL = msgspec.Raw(b"null")
_UNREADABLE = (msgspec.DecodeError, RecursionError, UnicodeDecodeError)

_Part = TypeVar("_Part")


class Actor(msgspec.Struct, frozen=True, rename="camel"):
    """Who acted; empty where Okta does not say."""

    id: str = ""
    type: str = ""
    alternate_id: str = ""
    display_name: str = ""

    @property
    def name(self) -> str:
        """How people know them: by login or address, else by name, else by id; empty where nothing is known."""
        return self.alternate_id or self.display_name or self.id


class Target(Actor, frozen=True, rename="camel"):
    """What it was done to."""


class Outcome(msgspec.Struct, frozen=True):
    """How it ended."""

    result: str = ""
    reason: str = ""


class LogEntry(msgspec.Struct, frozen=True):
    """An entry.

    Attributes:
        uuid: Okta's identity of the event; empty where it can't be read, so that it is never taken for a repeat.
        published_ns: When Okta published it, in nanoseconds of Unix time; 0 where that can't be told.
        event_type: Its type; empty where it can't be told.
        payload: Its JSON, as Okta sent it; but half of a surrogate pair, which few can read, is U+FFFD.
    """

    uuid: str
    published_ns: int
    event_type: str
    payload: bytes

    @property
    def actor(self) -> Actor:
        """Who acted, as far as that can be read."""
        return _told(self._parts.actor, Actor)

    @property
    def outcome(self) -> Outcome:
        """How it ended, as far as that can be read."""
        return _told(self._parts.outcome, Outcome)

    @property
    def targets(self) -> tuple[Target, ...]:
        """What it was done to, in no order that Okta promises; those that can be read."""
        raws = _read(self._parts.target, list[msgspec.Raw]) or []
        return tuple(_told(raw, Target) for raw in raws if bytes(raw).startswith(b"{"))

    @property
    def debug_data(self) -> Mapping[str, str]:
        """What is text in `debugContext.debugData`, by name; none of it is promised."""
        context = _read(self._parts.debug_context, dict[str, msgspec.Raw]) or {}
        return _texts(context.get("debugData", _NULL))

    @property
    def _parts(self) -> _Parts:
        return _read(self.payload, _Parts) or _Parts()


class _Head(msgspec.Struct, rename="camel", gc=False):
    """What is read of every entry, where it is as Okta documents it."""

    uuid: str
    event_type: str
    published: datetime


class _LooseHead(msgspec.Struct, rename="camel", gc=False):
    uuid: msgspec.Raw = _NULL
    event_type: msgspec.Raw = _NULL
    published: msgspec.Raw = _NULL


class _Parts(msgspec.Struct, rename="camel", gc=False):
    actor: msgspec.Raw = _NULL
    outcome: msgspec.Raw = _NULL
    target: msgspec.Raw = _NULL
    debug_context: msgspec.Raw = _NULL


_PAGE = msgspec.json.Decoder(list[msgspec.Raw])
_HEAD = msgspec.json.Decoder(_Head)


def entries_of(body: bytes) -> tuple[LogEntry, ...]:
    """The entries of an answer, in its order: all of them, whatever they look like.

    Raises:
        ValueError: The answer is no JSON array.
    """
    raws = _page(body)
    if raws is None:
        raws = _page(mended(body))
    if raws is None:
        raise ValueError("the answer is no JSON array")
    return tuple(_entry(bytes(raw)) for raw in raws)


def _page(body: bytes) -> list[msgspec.Raw] | None:
    try:
        return _PAGE.decode(body)
    except _UNREADABLE:
        return None


def _entry(payload: bytes) -> LogEntry:
    try:
        head = _HEAD.decode(payload)
    except _UNREADABLE:
        return _loosely(payload)
    return LogEntry(head.uuid, _nanoseconds(head.published), head.event_type, payload)


def _loosely(payload: bytes) -> LogEntry:
    head = _read(payload, _LooseHead) or _LooseHead()
    published = _read(head.published, datetime)
    return LogEntry(
        uuid=_read(head.uuid, str) or "",
        published_ns=_nanoseconds(published) if published is not None else 0,
        event_type=_read(head.event_type, str) or "",
        payload=payload,
    )


def _nanoseconds(moment: datetime) -> int:
    """A time without a zone counts as UTC, which is Okta's."""
    return ((moment if moment.tzinfo else moment.replace(tzinfo=UTC)) - _EPOCH) // _MICROSECOND * 1000


def _told(raw: msgspec.Raw, shape: type[_Part]) -> _Part:
    """A part whose fields are texts, made of those of its fields that are."""
    return msgspec.convert(_texts(raw), shape)


def _texts(raw: bytes | msgspec.Raw) -> Mapping[str, str]:
    fields = _read(raw, dict[str, msgspec.Raw]) or {}
    read = ((name, _read(field, str)) for name, field in fields.items())
    return {name: text for name, text in read if text is not None}


def _read(raw: bytes | msgspec.Raw, shape: type[_Part]) -> _Part | None:
    """What a piece of JSON holds; None where it is not of that shape."""
    try:
        return msgspec.json.decode(raw, type=shape)
    except _UNREADABLE:
        return None
