"""The cursor moves only over what is settled without a gap."""

from __future__ import annotations

import asyncio

import pytest

from okta_hooks.dispatch.batch import Outcome
from okta_hooks.dispatch.database import DatabaseFailed
from okta_hooks.dispatch.window import Window
from okta_hooks.journal import Position


class Cursor:
    """Remembers where it was moved, with how many deliveries."""

    def __init__(self) -> None:
        self.moves: list[tuple[int, int]] = []

    async def move(self, place: Position, outcome: Outcome) -> None:
        self.moves.append((place.sequence, outcome.delivered))


class SlowCursor(Cursor):
    """Is written when it is told to."""

    def __init__(self) -> None:
        super().__init__()
        self.asked = asyncio.Event()
        self.may_end = asyncio.Event()

    async def move(self, place: Position, outcome: Outcome) -> None:
        self.asked.set()
        await self.may_end.wait()
        await super().move(place, outcome)


class BrokenCursor(Cursor):
    """Can't be written."""

    def __init__(self) -> None:
        super().__init__()
        self.failed = asyncio.Event()

    async def move(self, place: Position, outcome: Outcome) -> None:
        await super().move(place, outcome)
        self.failed.set()
        await asyncio.sleep(0)
        raise DatabaseFailed


def place(number: int) -> Position:
    return Position(1, number, number)


@pytest.fixture
def cursor() -> Cursor:
    return Cursor()


@pytest.fixture
def window(cursor: Cursor) -> Window:
    return Window(2, cursor.move)


async def test_moves_behind_what_is_settled(window: Window, cursor: Cursor) -> None:
    async with window.moving():
        for number in (1, 2, 3):
            await window.room()
            window.settle(window.begin(place(number)), Outcome(delivered=number))
    assert cursor.moves[-1][0] == 3
    assert sum(delivered for _, delivered in cursor.moves) == 6


async def test_waits_for_what_is_before(window: Window, cursor: Cursor) -> None:
    first, second = window.begin(place(1)), window.begin(place(2))
    async with window.moving():
        window.settle(second, Outcome(delivered=5))
    assert cursor.moves == []
    async with window.moving():
        window.settle(first, Outcome(delivered=1))
    assert cursor.moves == [(2, 6)]


async def test_lets_no_more_be_read_than_it_has_room_for(window: Window) -> None:
    await window.room()
    await window.room()
    third = asyncio.create_task(window.room())
    async with window.moving():
        await asyncio.sleep(0)
        assert not third.done()
        window.settle(window.begin(place(1)), Outcome())
        await third


async def test_makes_room_only_once_the_place_is_written_down() -> None:
    cursor = SlowCursor()
    window = Window(1, cursor.move)
    await window.room()
    async with window.moving():
        window.settle(window.begin(place(1)), Outcome())
        await cursor.asked.wait()
        second = asyncio.create_task(window.room())
        await asyncio.sleep(0)
        assert not second.done()
        cursor.may_end.set()
        await second


async def settle_two(window: Window, cursor: BrokenCursor) -> None:
    """The second one when the first could not be written down."""
    async with window.moving():
        window.settle(window.begin(place(1)), Outcome(delivered=1))
        await cursor.failed.wait()
        window.settle(window.begin(place(2)), Outcome(delivered=2))
        await asyncio.Event().wait()


async def test_what_can_not_be_written_down_ends_it_and_is_not_passed() -> None:
    cursor = BrokenCursor()
    with pytest.raises(DatabaseFailed):
        await settle_two(Window(2, cursor.move), cursor)
    assert {first for first, _ in cursor.moves} == {1, 2}
    assert cursor.moves[-1] == (2, 3)


async def test_what_is_settled_with_an_earlier_stretch_makes_room_once(window: Window, cursor: Cursor) -> None:
    await window.room()
    await window.room()
    first, second = window.begin(place(1)), window.begin(place(2))
    window.merge(second)
    await window.room()
    assert cursor.moves == []
    async with window.moving():
        window.settle(first, Outcome(delivered=3))
    assert cursor.moves == [(2, 3)]
    await window.room()
    full = asyncio.create_task(window.room())
    await asyncio.sleep(0)
    assert not full.done()
    full.cancel()
