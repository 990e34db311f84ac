"""Dispatchers of a stream: they end where those of a log end, and one goes on where another was killed."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec
import pytest

from dispatching.process import DispatcherFolder, RunningProcess
from okta_hooks.journal import Appender, Record
from okta_hooks.journal.jetstream.appender import StreamAppender
from okta_hooks.journal.jetstream.settings import JetStreamSettings
from samples.streams import options, settings
from servers import nats

SMALL = ("--jetstream-replicas=1", "--jetstream-max-bytes=67108864", "--jetstream-keep-bytes=33554432")


@pytest.fixture
def chosen(tmp_path: Path) -> Iterator[JetStreamSettings]:
    with nats.running(tmp_path) as (server,):
        yield settings([server.url])


def event(number: int) -> Record:
    return Record(str(number), b'{"uuid":"%d"}' % number, 1_700_000_000_000_000_000 + number)


def events(count: int, *, first: int = 0) -> list[Record]:
    """Events numbered in a row."""
    return [event(number) for number in range(first, first + count)]


def folder(root: Path, name: str, more: Sequence[str] = ()) -> DispatcherFolder:
    """A dispatcher's volume."""
    (root / name).mkdir()
    return DispatcherFolder(root / name, options=more)


def of_stream(root: Path, name: str, chosen: JetStreamSettings) -> DispatcherFolder:
    """The volume of a dispatcher that reads a stream."""
    return folder(root, name, [*options(chosen), *SMALL])


async def in_charge(dispatcher: RunningProcess) -> None:
    """Return once a dispatcher is active, and has made its stream."""
    await asyncio.to_thread(dispatcher.admin_port)


async def deliver(appender: Appender) -> None:
    """New events, a repeat, one with other content, and what is no event."""
    first, *others = events(20)
    forged = msgspec.structs.replace(first, event=b'{"uuid":"%s","forged":true}' % first.uuid.encode())
    for records in ([first, *others[:9]], [first, forged], [Record("", b"\xff", 1)], others[9:]):
        await appender.append(records)


async def test_a_stream_ends_in_the_same_events_as_a_log(tmp_path: Path, chosen: JetStreamSettings) -> None:
    log, stream = folder(tmp_path, "log"), of_stream(tmp_path, "stream", chosen)
    with log.running() as dispatcher:
        async with log.journal() as appender:
            await deliver(appender)
        await dispatcher.lines(20)
    with stream.running() as dispatcher:
        await in_charge(dispatcher)
        async with StreamAppender(chosen) as appender:
            await deliver(appender)
        await dispatcher.lines(20)
    assert stream.outputs() == log.outputs()
    assert len(log.outputs()[0]) == 20


async def test_another_dispatcher_goes_on_when_the_active_one_is_killed_and_misses_nothing(
    tmp_path: Path, chosen: JetStreamSettings
) -> None:
    one, other = (of_stream(tmp_path, name, chosen) for name in ("one", "other"))
    with one.running() as active:
        await in_charge(active)
        async with StreamAppender(chosen) as appender:
            await appender.append(events(100))
            await active.lines(100)
            with other.running() as standby:
                await asyncio.to_thread(active.kill)
                await appender.append(events(100, first=100))
                await standby.put_out("199")
                assert await asyncio.to_thread(standby.terminate) == 0
    delivered = one.outputs()[0] + other.outputs()[0]
    assert set(delivered) == {record.uuid for record in events(200)}


async def test_a_dispatcher_that_stands_by_gives_nothing_out_is_well_and_ends_when_it_is_asked_to(
    tmp_path: Path, chosen: JetStreamSettings
) -> None:
    one, other = (of_stream(tmp_path, name, chosen) for name in ("one", "other"))
    with one.running() as active:
        await in_charge(active)
        with other.running() as standby:
            async with StreamAppender(chosen) as appender:
                await appender.append(events(10))
            await active.lines(10)
            await asyncio.to_thread(standby.said, "standing by")
            assert await asyncio.to_thread(standby.terminate) == 0
    assert [len(outputs[0]) for outputs in (one.outputs(), other.outputs())] == [10, 0]


async def test_a_dispatcher_that_was_killed_goes_on_at_once_when_it_starts_again(
    tmp_path: Path, chosen: JetStreamSettings
) -> None:
    one = of_stream(tmp_path, "one", chosen)
    async with StreamAppender(chosen) as appender:
        for number in range(3):
            with one.running() as dispatcher:
                await in_charge(dispatcher)
                await appender.append(events(30, first=30 * number))
                await dispatcher.put_out(str(30 * number + 29))
                await asyncio.to_thread(dispatcher.kill)
    assert {uuid for run in one.outputs() for uuid in run} == {record.uuid for record in events(90)}
