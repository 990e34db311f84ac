"""A record as bytes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okta_hooks.journal import ArrivalPath, Record
from okta_hooks.journal.log import frame
from okta_hooks.journal.payload import decode, encode
from samples.journal import numbered

RECORDS = st.builds(
    Record,
    uuid=st.text(max_size=60),
    event=st.binary(max_size=300),
    received_ns=st.integers(0, 2**63),
    path=st.sampled_from(ArrivalPath),
    delivery=st.text(max_size=60),
)


def framed(record: Record, *, segment: int = 7, offset: int = 32) -> bytes:
    payload = encode(record)
    return frame.head(payload, segment=segment, offset=offset) + payload


@given(RECORDS)
def test_what_was_encoded_is_decoded(record: Record) -> None:
    assert decode(encode(record)) == record


@given(RECORDS, st.data())
def test_no_flipped_bit_passes(record: Record, data: st.DataObject) -> None:
    damaged = bytearray(framed(record))
    bit = data.draw(st.integers(0, 8 * len(damaged) - 1))
    damaged[bit // 8] ^= 1 << bit % 8
    length = frame.payload_bytes(bytes(damaged), 0)
    assert length is None or frame.whole_payload(bytes(damaged), 0, segment=7, offset=32) is None


@pytest.mark.parametrize(("segment", "offset"), [(8, 32), (7, 33)])
def test_no_frame_passes_in_another_place(segment: int, offset: int) -> None:
    assert frame.whole_payload(framed(numbered(1)), 0, segment=segment, offset=offset) is None


def test_zeros_are_no_frame() -> None:
    assert frame.payload_bytes(bytes(100), 0) is None


def test_the_numbers_of_arrival_paths_on_disk_never_change() -> None:
    stored = [encode(Record("", b"", 0, path))[8] for path in ArrivalPath]
    assert dict(zip(ArrivalPath, stored, strict=True)) == {"hook": 0, "backfill": 1, "poll": 2, "replay": 3}
