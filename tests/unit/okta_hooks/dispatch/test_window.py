"""The cursor moves only over what is settled without a gap."""

from __future__ import annotations

import asyncio

import pytest

from okta_hooks.dispatch.batch import Outcome
from okta_hooks.dispatch.window import Window
from okta_hooks.journal import Position


class Cursor:
    """Remembers where it was moved, with how many deliveries."""

    def __init__(self) -> None:
        self.moves: list[tuple[int, int]] = []

    async def move(self, place: Position, outcome: Outcome) -> None:
        self.moves.append((place.sequence, outcome.delivered))


def place(number: int) -> Position:
    return Position(1, number, number)


@pytest.fixture
def cursor() -> Cursor:
    return Cursor()


@pytest.fixture
def window(cursor: Cursor) -> Window:
    return Window(2, cursor.move)


async def test_moves_with_each_stretch_that_is_settled(window: Window, cursor: Cursor) -> None:
    for number in (1, 2):
        await window.room()
        await window.settle(window.begin(place(number)), Outcome(delivered=number))
    assert cursor.moves == [(1, 1), (2, 2)]


async def test_waits_for_what_is_before(window: Window, cursor: Cursor) -> None:
    first, second = window.begin(place(1)), window.begin(place(2))
    await window.settle(second, Outcome(delivered=5))
    assert cursor.moves == []
    await window.settle(first, Outcome(delivered=1))
    assert cursor.moves == [(2, 6)]


async def test_lets_no_more_be_read_than_it_has_room_for(window: Window) -> None:
    await window.room()
    await window.room()
    third = asyncio.create_task(window.room())
    await asyncio.sleep(0)
    assert not third.done()
    await window.settle(window.begin(place(1)), Outcome())
    await third


async def test_what_is_settled_with_an_earlier_stretch_makes_room_once(window: Window, cursor: Cursor) -> None:
    await window.room()
    await window.room()
    first, second = window.begin(place(1)), window.begin(place(2))
    window.merge(second)
    await window.room()
    assert cursor.moves == []
    await window.settle(first, Outcome(delivered=3))
    assert cursor.moves == [(2, 3)]
    await window.room()
    full = asyncio.create_task(window.room())
    await asyncio.sleep(0)
    assert not full.done()
    full.cancel()
