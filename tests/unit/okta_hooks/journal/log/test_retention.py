"""Which segments may be dropped."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okta_hooks.journal import LogLimits, Position
from okta_hooks.journal.log.retention import SealedSegment, droppable

HOUR_MS = 3_600_000
LIMITS = LogLimits(max_bytes=1000, keep_bytes=300, keep_age=timedelta(hours=10))


@st.composite
def logs(draw: st.DrawFn) -> list[SealedSegment]:
    """Sealed segments in a row, each with some records."""
    sealed: list[SealedSegment] = []
    number, sequence = 1, 0
    for _ in range(draw(st.integers(0, 8))):
        following = number + draw(st.integers(1, 5 * HOUR_MS))
        sequence += draw(st.integers(1, 50))
        sealed.append(SealedSegment(number, draw(st.integers(1, 200)), sequence, following))
        number = following
    return sealed


def end_of(sealed: list[SealedSegment]) -> Position:
    return Position(sealed[-1].sealed_ms, 32, sealed[-1].end_sequence) if sealed else Position(1, 32, 0)


def dropped(
    sealed: list[SealedSegment], *, passed: Position | None, now_ms: int = 0, growing_bytes: int = 0
) -> tuple[int, ...]:
    return droppable(
        sealed, growing_bytes=growing_bytes, end=end_of(sealed), passed=passed, limits=LIMITS, now_ms=now_ms
    )


@given(sealed=logs(), cursor=st.data(), now_ms=st.integers(0, 100 * HOUR_MS))
def test_nothing_is_dropped_that_a_cursor_has_not_passed(
    sealed: list[SealedSegment], cursor: st.DataObject, now_ms: int
) -> None:
    sequence = cursor.draw(st.integers(0, end_of(sealed).sequence))
    inside = [segment.number for segment in sealed if segment.end_sequence > sequence]
    passed = Position(inside[0], 40, sequence) if inside else end_of(sealed)
    assert not set(dropped(sealed, passed=passed, now_ms=now_ms)) & set(inside)


@given(sealed=logs(), now_ms=st.integers(0, 100 * HOUR_MS), growing_bytes=st.integers(0, 500))
def test_the_oldest_go_first_and_no_more_than_needed(
    sealed: list[SealedSegment], now_ms: int, growing_bytes: int
) -> None:
    gone = dropped(sealed, passed=end_of(sealed), now_ms=now_ms, growing_bytes=growing_bytes)
    left = sealed[len(gone) :]
    assert gone == tuple(segment.number for segment in sealed[: len(gone)])
    if left:
        assert growing_bytes + sum(segment.file_bytes for segment in left) <= LIMITS.keep_bytes
        assert now_ms - left[0].sealed_ms <= 10 * HOUR_MS
    if gone:
        last = sealed[len(gone) - 1]
        before = growing_bytes + sum(segment.file_bytes for segment in [last, *left])
        assert before > LIMITS.keep_bytes or now_ms - last.sealed_ms > 10 * HOUR_MS


TWO = [SealedSegment(1, 200, 10, 2), SealedSegment(2, 200, 20, 3)]


@pytest.mark.parametrize(
    ("passed", "gone"),
    [
        (None, ()),
        (Position(1, 900, 9), ()),
        (Position(1, 999, 10), (1,)),
        (Position(2, 32, 10), (1,)),
        (Position(3, 32, 20), (1,)),
    ],
    ids=["nobody said", "inside the first", "at the end of the first", "in the second", "at the end"],
)
def test_the_place_that_all_have_passed_decides(passed: Position | None, gone: tuple[int, ...]) -> None:
    assert dropped(TWO, passed=passed) == gone


def test_a_place_behind_the_end_is_another_log_s_and_drops_nothing() -> None:
    assert dropped(TWO, passed=Position(9, 32, 99), now_ms=1000 * HOUR_MS) == ()


def test_a_place_of_an_earlier_log_in_this_folder_drops_nothing() -> None:
    later = [SealedSegment(segment.number + 100, *segment[1:]) for segment in TWO]
    assert dropped(later, passed=Position(1, 32, 5000), now_ms=1000 * HOUR_MS) == ()


@pytest.mark.parametrize("keep_bytes", [0, 1001])
def test_limits_that_contradict_each_other_are_refused(keep_bytes: int) -> None:
    with pytest.raises(ValueError, match="keep_bytes is"):
        LogLimits(max_bytes=1000, keep_bytes=keep_bytes)


def test_a_small_log_has_small_segments_so_that_some_of_it_can_be_dropped() -> None:
    assert LogLimits(max_bytes=16 << 20, keep_bytes=1 << 20).full_segment_bytes == 2 << 20
    assert LogLimits().full_segment_bytes == 64 << 20
