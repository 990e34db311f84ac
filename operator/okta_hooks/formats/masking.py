"""Leaves fields of events out, or puts pseudonyms in their place, before any format sees them.

Only the objects on the way to a named field are taken apart: all else is copied byte by byte.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import msgspec

from okta_hooks.formats.port import Arrival, Format
from okta_hooks.formats.pseudonyms import PseudonymKey, pseudonym
from okta_hooks.formats.reading import NOT_JSON, unreadable

_MEMBERS: msgspec.json.Decoder[dict[str, msgspec.Raw]] = msgspec.json.Decoder(dict[str, msgspec.Raw])
_ELEMENTS: msgspec.json.Decoder[list[msgspec.Raw]] = msgspec.json.Decoder(list[msgspec.Raw])
_NULL = b"null"


@dataclass
class _Place:
    """A place in an event: what becomes of it, or of what is below."""

    is_dropped: bool = False
    is_pseudonymised: bool = False
    below: dict[str, _Place] = field(default_factory=dict)

    def at(self, path: str) -> _Place:
        """The place at a dotted path."""
        place = self
        for name in path.split("."):
            place = place.below.setdefault(name, _Place())
        return place


class MaskedFormat:
    """Writes events in another format, without what they are not to hold.

    Args:
        format: The other.
        drop: Dotted paths of fields to leave out, such as `client.ipAddress`; each element of a list on the way counts.
        pseudonymise: Dotted paths of fields in whose place pseudonyms are put; of an object, all that is in it.
        key: What pseudonyms are made with; needed where there are any.
    """

    def __init__(
        self,
        format: Format,  # noqa: A002 -- the word that users know
        *,
        drop: Iterable[str],
        pseudonymise: Iterable[str],
        key: PseudonymKey | None,
    ) -> None:
        self._format = format
        self._key = key
        self._top = _Place()
        for path in drop:
            self._top.at(path).is_dropped = True
        for path in pseudonymise:
            self._top.at(path).is_pseudonymised = True

    def render(self, event: bytes, arrival: Arrival) -> bytes:
        """See `Format`."""
        try:
            masked = _masked(event, self._top, self._key.read() if self._key else b"")
        except NOT_JSON as error:
            raise unreadable(error) from error
        return self._format.render(masked, arrival)


def _masked(value: bytes | msgspec.Raw, place: _Place, key: bytes) -> bytes:
    """A value without what is dropped at or below its place; what is neither object nor list has nothing below."""
    written = bytes(value).strip()
    if written.startswith(b"["):
        elements = (_masked(element, place, key) for element in _ELEMENTS.decode(written))
        return msgspec.json.encode([msgspec.Raw(element) for element in elements])
    if not written.startswith(b"{"):
        return written
    members = _MEMBERS.decode(written)
    for name in place.below.keys() & members.keys():
        below = place.below[name]
        if below.is_dropped:
            del members[name]
            continue
        masked = _masked(members[name], below, key)
        members[name] = msgspec.Raw(_pseudonymised(masked, key) if below.is_pseudonymised else masked)
    return msgspec.json.encode(members)


def _pseudonymised(value: bytes | msgspec.Raw, key: bytes) -> bytes:
    """Pseudonyms for all that is in a value; there is nothing to hide in null."""
    written = bytes(value).strip()
    if written.startswith(b"["):
        elements = (_pseudonymised(element, key) for element in _ELEMENTS.decode(written))
        return msgspec.json.encode([msgspec.Raw(element) for element in elements])
    if written.startswith(b"{"):
        members = _MEMBERS.decode(written)
        hidden = {name: msgspec.Raw(_pseudonymised(member, key)) for name, member in members.items()}
        return msgspec.json.encode(hidden)
    if written == _NULL:
        return written
    text = msgspec.json.decode(written, type=str) if written.startswith(b'"') else written.decode()
    return msgspec.json.encode(pseudonym(text, key))
