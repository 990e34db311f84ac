"""What the index keeps of an event in place of the event: few bytes of a fixed size, whatever comes in."""

from __future__ import annotations

from hashlib import blake2b

import msgspec

_BYTES = 16


def digest(data: bytes) -> bytes:
    """What stands for an identity, or for the bytes of an event."""
    return blake2b(data, digest_size=_BYTES).digest()


def same_json(one: bytes, other: bytes) -> bool:
    """Whether two events say the same, in whatever order, spacing and spelling: the System Log need not write an event
    as the delivery did. False where one is not JSON.

    Too slow to do for every event (0.1 ms for 3 KB), hence only where the bytes differ.
    """  # noqa: D205 -- the summary takes two lines
    try:
        return bool(msgspec.json.decode(one) == msgspec.json.decode(other))
    except msgspec.DecodeError:
        return False
