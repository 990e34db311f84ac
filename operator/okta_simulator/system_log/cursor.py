"""Where a page of the System Log ended: the `after` of its next link, opaque to clients."""

from __future__ import annotations

import base64
import hashlib
import hmac
from typing import TypeAlias

import msgspec

_SEAL = b"okta-simulator"  # tells cursors of ours from ones made up by hand; there is nothing secret in them
_SEAL_LENGTH = 8


class PollingCursor(msgspec.Struct, frozen=True, tag="p", array_like=True):
    """The position of the next entry to look at."""

    position: int


class BoundedCursor(msgspec.Struct, frozen=True, tag="b", array_like=True):
    """The query's range and direction, and its last entry. Times in microseconds since 1970."""

    since: int
    until: int
    descending: bool
    published: int
    position: int


Cursor: TypeAlias = PollingCursor | BoundedCursor

_DECODER: msgspec.msgpack.Decoder[Cursor] = msgspec.msgpack.Decoder(Cursor)


def written(cursor: Cursor) -> str:
    """A cursor as a text for a URL."""
    content = msgspec.msgpack.encode(cursor)
    return base64.urlsafe_b64encode(_seal(content) + content).decode().rstrip("=")


def read(text: str) -> Cursor | None:
    """The cursor of a text, unless it is none that was given out."""
    try:
        sealed = base64.urlsafe_b64decode(text.encode() + b"=" * (-len(text) % 4))
        seal, content = sealed[:_SEAL_LENGTH], sealed[_SEAL_LENGTH:]
        return _DECODER.decode(content) if hmac.compare_digest(seal, _seal(content)) else None
    except (ValueError, msgspec.DecodeError):
        return None


def _seal(content: bytes) -> bytes:
    return hashlib.blake2s(content, digest_size=_SEAL_LENGTH, key=_SEAL).digest()
