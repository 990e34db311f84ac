"""A record's payload at its place in the log: length, checksum, payload.

All numbers are little-endian. The checksum (CRC32C) covers the frame's place in the log as well as its content: a
block that a disk wrote in the wrong place, or that was left over from before, does not pass.
"""

from __future__ import annotations

import struct
from collections.abc import Callable

import google_crc32c

from okta_hooks.journal.payload import MAX_PAYLOAD_BYTES, MIN_PAYLOAD_BYTES

crc32c: Callable[[int, bytes], int] = google_crc32c.extend
"""CRC32C of bytes, continued from the value of those before; 0 to begin with."""

_HEAD = struct.Struct("<II")  # length of the payload, checksum
_PLACE = struct.Struct("<QQI")  # segment, offset, length of the payload

HEAD_BYTES = _HEAD.size


def head(payload: bytes, *, segment: int, offset: int) -> bytes:
    """What goes before a payload at a place of the log."""
    return _HEAD.pack(len(payload), _checksum(payload, segment, offset))


def payload_bytes(data: bytes, begin: int) -> int | None:
    """The length of the payload whose frame begins there; None where no frame can begin."""
    if begin + HEAD_BYTES > len(data):
        return None
    length: int = _HEAD.unpack_from(data, begin)[0]
    return length if MIN_PAYLOAD_BYTES <= length <= MAX_PAYLOAD_BYTES else None


def whole_payload(data: bytes, begin: int, *, segment: int, offset: int) -> bytes | None:
    """The payload of the frame that begins at a byte of `data`; None where it is torn, damaged or out of place."""
    length, checksum = _HEAD.unpack_from(data, begin)
    payload = data[begin + HEAD_BYTES : begin + HEAD_BYTES + length]
    if len(payload) < length or _checksum(payload, segment, offset) != checksum:
        return None
    return payload


def _checksum(payload: bytes, segment: int, offset: int) -> int:
    return crc32c(crc32c(0, _PLACE.pack(segment, offset, len(payload))), payload)
