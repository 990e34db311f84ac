"""A dispatcher that is killed while its sink refuses and delays: every event is taken in the end, or a dead letter."""

from __future__ import annotations

import asyncio
import json
import random
import urllib.request
from collections.abc import Sequence
from http import HTTPStatus
from itertools import cycle
from pathlib import Path

import msgspec

from dispatching.process import TOKEN, DispatcherFolder
from dispatching.statistics import has_all
from okta_hooks.journal import Record
from servers.stub import Asked, Said, Stub, stub

EVENTS = 1000
BATCH = 20
KILLS = 12
REFUSED_WHOLE = frozenset(range(17, EVENTS, 250))
"""Any request with one of these is answered 400, which does not say which event is at fault."""
JUDGED = frozenset(range(42, EVENTS, 100))
"""These alone are refused, in a 207 that names each event."""
BAD = REFUSED_WHOLE | JUDGED


class MoodySink:
    """Refuses what it never takes, and now and then answers 503 to what it would take.

    Attributes:
        taken: What it took, event by event in its order, a repeated one as often as it came.
    """

    def __init__(self) -> None:
        self.taken: list[int] = []
        self._busy = cycle([False, False, False, False, True])

    def answer(self, asked: Asked) -> Said:
        """What it says to a request."""
        events = [int(json.loads(line)["event"]["uuid"]) for line in asked.body.splitlines()]
        if next(self._busy):
            return Said(HTTPStatus.SERVICE_UNAVAILABLE)
        if not REFUSED_WHOLE.isdisjoint(events):
            return Said(HTTPStatus.BAD_REQUEST)
        self.taken += [number for number in events if number not in JUDGED]
        return self._judge(events)

    def _judge(self, events: Sequence[int]) -> Said:
        items = [{"id": str(number), "status": 422 if number in JUDGED else 201} for number in events]
        return Said(HTTPStatus.MULTI_STATUS, json.dumps({"items": items}).encode())


class Letter(msgspec.Struct):
    uuid: str


class Letters(msgspec.Struct, rename="camel"):
    dead_letters: list[Letter]


def dead_letters(port: int) -> list[int]:
    """The numbers of the events that were given up, as often as they are in the list."""
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}/dead-letters?limit=1000", headers={"Authorization": f"Bearer {TOKEN}"}
    )
    with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310 -- of 127.0.0.1
        return [int(letter.uuid) for letter in msgspec.json.decode(answer.read(), type=Letters).dead_letters]


async def asked_more(server: Stub, requests: int) -> None:
    """Return once the sink was asked so often again."""
    until = len(server.asked) + requests
    async with asyncio.timeout(60):
        while len(server.asked) < until:  # noqa: ASYNC110 -- only what it was asked tells
            await asyncio.sleep(0.001)


async def kill_again_and_again(folder: DispatcherFolder, server: Stub, sink: MoodySink) -> list[int]:
    """Kill a dispatcher between any two answers, and often within one.

    Returns:
        How much of `sink.taken` there was at each kill.
    """
    chance, kills = random.Random(5), list[int]()
    for _ in range(KILLS):
        with folder.running() as dispatcher:
            await asked_more(server, chance.randrange(1, 10))
            await asyncio.to_thread(dispatcher.kill)
        kills.append(len(sink.taken))
    return kills


async def finished(folder: DispatcherFolder) -> list[int]:
    """Let a dispatcher catch up.

    Returns:
        The dead letters in the end.
    """
    with folder.running() as dispatcher:
        port = await asyncio.to_thread(dispatcher.admin_port)
        async with asyncio.timeout(60):
            while not await asyncio.to_thread(has_all, port, "siem"):  # noqa: ASYNC110 -- only the process tells
                await asyncio.sleep(0.05)
        letters = await asyncio.to_thread(dead_letters, port)
        assert await asyncio.to_thread(dispatcher.terminate) == 0
    return letters


async def test_every_event_is_taken_or_a_dead_letter_and_two_batches_a_kill_are_repeated_at_most(
    tmp_path: Path,
) -> None:
    folder, sink = DispatcherFolder(tmp_path), MoodySink()
    async with stub(sink.answer) as server, folder.journal() as journal:
        await journal.append([Record(str(number), b'{"uuid":"%d"}' % number, number + 1) for number in range(EVENTS)])
        folder.configure(
            {
                "name": "siem",
                "to": {"type": "http", "url": server.url},
                "batch": {"maxEvents": BATCH},
                "retry": {"backoffDelaySeconds": 0.01, "backoffLimitSeconds": 0.05},
            }
        )
        kills = await kill_again_and_again(folder, server, sink)
        letters = await finished(folder)

    assert set(sink.taken) == set(range(EVENTS)) - BAD
    assert sorted(letters) == sorted(BAD)
    repeated = [len({*sink.taken[:kill]} & {*sink.taken[kill:]}) for kill in kills]
    assert 0 < max(repeated) <= 2 * BATCH
