"""A record as bytes, the same in every journal. All numbers are little-endian."""

from __future__ import annotations

import struct

from okta_hooks.journal.errors import RecordTooLarge
from okta_hooks.journal.record import ArrivalPath, Record

_META = struct.Struct("<QBHH")  # received, path, length of uuid, length of delivery
_PATHS = tuple(ArrivalPath)  # the number that is kept is the place in this enumeration: only ever append to it
_PATH_NUMBERS = {path: number for number, path in enumerate(_PATHS)}

MIN_PAYLOAD_BYTES = _META.size
MAX_PAYLOAD_BYTES = 16 << 20
"""More than any request that the receiver lets in; what is longer on a disk is damage."""


def may_begin(data: bytes, size: int) -> bool:
    """Whether a payload of a size in bytes may begin so; cheaper than its checksum."""
    if len(data) < MIN_PAYLOAD_BYTES:
        return False
    path, uuid_bytes, delivery_bytes = map(int, _META.unpack_from(data)[1:])
    return path < len(_PATHS) and MIN_PAYLOAD_BYTES + uuid_bytes + delivery_bytes <= size


def encode(record: Record) -> bytes:
    """A record's payload.

    Raises:
        RecordTooLarge: The record is too large for the format.
    """
    uuid, delivery = record.uuid.encode(), record.delivery.encode()
    if len(uuid) > 0xFFFF or len(delivery) > 0xFFFF or len(record.event) > MAX_PAYLOAD_BYTES - (1 << 18):
        raise RecordTooLarge(
            f"an event of {len(record.event)} bytes with uuid {record.uuid[:40]!r} is too large to keep"
        )
    meta = _META.pack(record.received_ns, _PATH_NUMBERS[record.path], len(uuid), len(delivery))
    return b"".join((meta, uuid, delivery, record.event))


def decode(payload: bytes) -> Record:
    """The record of a payload that is whole."""
    received_ns, path, uuid_bytes, delivery_bytes = _META.unpack_from(payload)
    uuid_end = MIN_PAYLOAD_BYTES + uuid_bytes
    event_begin = uuid_end + delivery_bytes
    return Record(
        uuid=payload[MIN_PAYLOAD_BYTES:uuid_end].decode(),
        event=payload[event_begin:],
        received_ns=received_ns,
        path=_PATHS[path],
        delivery=payload[uuid_end:event_begin].decode(),
    )
