"""What the dispatcher is told of events that a stream had and has no more."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from contract.okta_hooks.journal.conftest import LIMITS
from okta_hooks.journal import BEGINNING, JournalFailed
from okta_hooks.journal.jetstream.appender import StreamAppender
from okta_hooks.journal.jetstream.settings import JetStreamSettings
from okta_hooks.journal.jetstream.stream import place_before
from samples.journal import read_all, several
from samples.streams import DispatcherSide

A_LITTLE = timedelta(minutes=2)


async def test_events_that_somebody_purged_before_they_were_passed_are_told_as_lost(
    chosen: JetStreamSettings, dispatcher: DispatcherSide
) -> None:
    async with StreamAppender(chosen) as appender:
        await appender.append(several(9))
    first = await dispatcher.reader.read(BEGINNING, max_records=2, max_bytes=1 << 20)
    await dispatcher.stream.drop_before(6)
    reading = await read_all(dispatcher.reader, first.next)
    assert reading.records == several(4, first=5)
    (lost,) = reading.lost
    assert (lost.records, lost.after) == (3, first.next)
    assert lost.since <= datetime.now(UTC) <= lost.until + A_LITTLE


async def test_events_that_every_cursor_passed_are_no_loss_to_one_that_comes_from_behind(
    chosen: JetStreamSettings, dispatcher: DispatcherSide
) -> None:
    async with StreamAppender(chosen) as appender:
        places = await appender.append(several(9))
    first = await dispatcher.reader.read(BEGINNING, max_records=2, max_bytes=1 << 20)
    await dispatcher.retention.release(places[5])
    await dispatcher.stream.drop_before(places[5].offset)
    reading = await read_all(dispatcher.reader, first.next)
    assert (reading.records, reading.lost) == (several(4, first=5), ())


async def test_a_stream_that_was_removed_is_told_as_lost_when_there_is_a_new_one(
    chosen: JetStreamSettings, dispatcher: DispatcherSide
) -> None:
    async with StreamAppender(chosen) as appender:
        await appender.append(several(3))
    end = (await read_all(dispatcher.reader)).next
    await remade(dispatcher)
    async with StreamAppender(chosen) as appender:
        await appender.append(several(2, first=3))
    await dispatcher.reader.bounds()
    reading = await read_all(dispatcher.reader, end)
    assert reading.records == several(2, first=3)
    assert [lost.records for lost in reading.lost] == [None]


async def test_a_stream_that_ends_before_what_was_read_is_not_read_on_in_silence(
    chosen: JetStreamSettings, dispatcher: DispatcherSide
) -> None:
    async with StreamAppender(chosen) as appender:
        await appender.append(several(3))
    beyond = place_before((await dispatcher.reader.bounds()).oldest.segment, 9)
    with pytest.raises(JournalFailed, match="lost what they had acknowledged"):
        await dispatcher.reader.read(beyond, max_records=1, max_bytes=1)
    with pytest.raises(JournalFailed, match="lost what they had acknowledged"):
        await dispatcher.reader.wait(beyond)


async def remade(dispatcher: DispatcherSide) -> None:
    """Remove a stream and make it again."""
    await dispatcher.connection.ask(f"$JS.API.STREAM.DELETE.{dispatcher.stream.name}")
    await dispatcher.stream.make(LIMITS)
