"""A record as bytes: length, checksum, then the record.

All numbers are little-endian. The checksum (CRC32C) covers the frame's place in the log as well as its content: a
block that a disk wrote in the wrong place, or that was left over from before, does not pass.
"""

from __future__ import annotations

import struct
from collections.abc import Callable

import google_crc32c

from okta_hooks.journal.record import ArrivalPath, Record

crc32c: Callable[[int, bytes], int] = google_crc32c.extend
"""CRC32C of bytes, continued from the value of those before; 0 to begin with."""

_HEAD = struct.Struct("<II")  # length of the payload, checksum
_PLACE = struct.Struct("<QQI")  # segment, offset, length of the payload
_META = struct.Struct("<QBHH")  # received, path, length of uuid, length of delivery
_PATHS = tuple(ArrivalPath)  # the number on disk is the place in this enumeration: only ever append to it
_PATH_NUMBERS = {path: number for number, path in enumerate(_PATHS)}

HEAD_BYTES = _HEAD.size
MAX_PAYLOAD_BYTES = 16 << 20
"""More than any request that the receiver lets in; a greater length on disk is damage."""


def encode(record: Record) -> bytes:
    """A record's payload.

    Raises:
        ValueError: The record is too large for the format.
    """
    uuid, delivery = record.uuid.encode(), record.delivery.encode()
    if len(uuid) > 0xFFFF or len(delivery) > 0xFFFF or len(record.event) > MAX_PAYLOAD_BYTES - (1 << 18):
        raise ValueError(f"an event of {len(record.event)} bytes with uuid {record.uuid[:40]!r} is too large to keep")
    meta = _META.pack(record.received_ns, _PATH_NUMBERS[record.path], len(uuid), len(delivery))
    return b"".join((meta, uuid, delivery, record.event))


def decode(payload: bytes) -> Record:
    """The record of a payload whose checksum was right."""
    received_ns, path, uuid_bytes, delivery_bytes = _META.unpack_from(payload)
    uuid_end = _META.size + uuid_bytes
    event_begin = uuid_end + delivery_bytes
    return Record(
        uuid=payload[_META.size : uuid_end].decode(),
        event=payload[event_begin:],
        received_ns=received_ns,
        path=_PATHS[path],
        delivery=payload[uuid_end:event_begin].decode(),
    )


def head(payload: bytes, *, segment: int, offset: int) -> bytes:
    """What goes before a payload at a place of the log."""
    return _HEAD.pack(len(payload), _checksum(payload, segment, offset))


def payload_bytes(data: bytes, begin: int) -> int | None:
    """The length of the payload whose frame begins there; None where no frame can begin."""
    if begin + HEAD_BYTES > len(data):
        return None
    length: int = _HEAD.unpack_from(data, begin)[0]
    return length if _META.size <= length <= MAX_PAYLOAD_BYTES else None


def whole_payload(data: bytes, begin: int, *, segment: int, offset: int) -> bytes | None:
    """The payload of the frame that begins at a byte of `data`; None where it is torn, damaged or out of place."""
    length, checksum = _HEAD.unpack_from(data, begin)
    payload = data[begin + HEAD_BYTES : begin + HEAD_BYTES + length]
    if len(payload) < length or _checksum(payload, segment, offset) != checksum:
        return None
    return payload


def _checksum(payload: bytes, segment: int, offset: int) -> int:
    return crc32c(crc32c(0, _PLACE.pack(segment, offset, len(payload))), payload)
