"""What every sink keeps, whatever protocol it speaks. A sink is held to it by a subclass with a `side` fixture."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Protocol

from okta_hooks.sinks import Delivered, Outgoing, Paused, Retry, SinkSettings
from samples.sinks import outgoing


class OtherSide(Protocol):
    """The server of a sink, or what takes its place."""

    @property
    def settings(self) -> SinkSettings:
        """What opens a sink to it."""
        ...

    async def received(self, count: int) -> Sequence[bytes]:
        """The payloads that it got, in the order in which it got them; waits for so many."""
        ...

    async def fail(self) -> None:
        """Let it be down from now on."""
        ...


def numbered(count: int, *, first: int = 0, size: int = 0) -> list[Outgoing]:
    """Events in a row, with at least so many bytes each."""
    return [
        outgoing(f"uuid-{number}", b'{"n":%d,"padding":"%s"}' % (number, b"x" * size))
        for number in range(first, first + count)
    ]


def payloads(batch: Sequence[Outgoing]) -> list[bytes]:
    """What the other side should get."""
    return [each.payload for each in batch]


class SinkContract:
    """The contract."""

    async def test_delivers_one_event(self, side: OtherSide) -> None:
        batch = numbered(1)
        async with side.settings.open() as sink:
            assert await sink.deliver(batch) == Delivered()
            assert list(await side.received(1)) == payloads(batch)

    async def test_delivers_a_batch_in_its_order(self, side: OtherSide) -> None:
        batch = numbered(200)
        async with side.settings.open() as sink:
            assert await sink.deliver(batch) == Delivered()
            assert list(await side.received(200)) == payloads(batch)

    async def test_delivers_one_batch_after_another(self, side: OtherSide) -> None:
        batches = [numbered(3, first=3 * number) for number in range(5)]
        async with side.settings.open() as sink:
            for batch in batches:
                assert await sink.deliver(batch) == Delivered()
            assert list(await side.received(15)) == [payload for batch in batches for payload in payloads(batch)]

    async def test_delivers_a_large_event_and_any_characters(self, side: OtherSide) -> None:
        batch = [*numbered(1, size=1_000_000), outgoing("u", '{"name":"Zoë ☃ \\u0000 \\n"}'.encode())]
        async with side.settings.open() as sink:
            delivering = asyncio.create_task(sink.deliver(batch))
            assert list(await side.received(2)) == payloads(batch)
            assert await delivering == Delivered()

    async def test_opened_again_it_goes_on(self, side: OtherSide) -> None:
        for number in range(2):
            async with side.settings.open() as sink:
                assert await sink.deliver(numbered(1, first=number)) == Delivered()
        assert list(await side.received(2)) == payloads(numbered(2))

    async def test_opens_and_asks_for_another_try_while_the_other_side_is_down(self, side: OtherSide) -> None:
        await side.fail()
        async with side.settings.open() as sink:
            answer = await sink.deliver(numbered(1))
            assert isinstance(answer, Retry | Paused)
            assert answer.reason
