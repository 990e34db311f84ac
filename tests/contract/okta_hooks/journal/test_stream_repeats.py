"""A stream keeps each event once for as long as it keeps it, and tells a repeat from being full."""

from __future__ import annotations

import msgspec
import pytest

from contract.okta_hooks.journal.journal_contract import fill
from okta_hooks.journal import JournalFull, Record
from okta_hooks.journal.jetstream.appender import StreamAppender
from okta_hooks.journal.jetstream.settings import JetStreamSettings
from samples.journal import numbered, read_all, several, uuids
from samples.streams import DispatcherSide
from servers.nats import NatsServer


async def test_a_repeat_is_acknowledged_with_the_place_of_its_first_copy_and_kept_once(
    chosen: JetStreamSettings, dispatcher: DispatcherSide
) -> None:
    async with StreamAppender(chosen) as appender:
        first = await appender.append(several(3))
        again = await appender.append([numbered(1), numbered(3)])
    assert again[0] == first[1]
    assert (await read_all(dispatcher.reader)).records == several(4)


async def test_a_repeat_by_another_receiver_is_kept_once(chosen: JetStreamSettings, dispatcher: DispatcherSide) -> None:
    async with StreamAppender(chosen) as one, StreamAppender(chosen) as other:
        assert await one.append([numbered(0)]) == await other.append([numbered(0)])
    assert (await read_all(dispatcher.reader)).records == [numbered(0)]


async def test_a_repeat_in_one_delivery_is_kept_once(chosen: JetStreamSettings, dispatcher: DispatcherSide) -> None:
    async with StreamAppender(chosen) as appender:
        one, other = await appender.append([numbered(0), numbered(0)])
    assert one == other
    assert (await read_all(dispatcher.reader)).records == [numbered(0)]


async def test_a_repeat_is_known_after_its_server_was_killed_and_started_again(
    server: NatsServer, chosen: JetStreamSettings, dispatcher: DispatcherSide
) -> None:
    async with StreamAppender(chosen) as appender:
        first = await appender.append(several(3))
    server.kill()
    server.start()
    async with StreamAppender(chosen) as appender:
        assert await appender.append(several(3)) == first
    await dispatcher.connection.established()
    assert (await read_all(dispatcher.reader)).records == several(3)


async def test_a_repeat_is_a_repeat_also_when_the_stream_is_full(
    chosen: JetStreamSettings, dispatcher: DispatcherSide
) -> None:
    async with StreamAppender(chosen) as appender:
        await fill(appender)
        places = await appender.append([numbered(0, size=100_000)])
    assert places == (dispatcher.retention.read() or (await dispatcher.reader.bounds()).oldest,)


async def test_an_event_that_a_full_stream_refuses_is_no_repeat(
    chosen: JetStreamSettings, dispatcher: DispatcherSide
) -> None:
    async with StreamAppender(chosen) as appender:
        kept = await fill(appender)
        for _ in range(2):
            with pytest.raises(JournalFull, match="maximum bytes exceeded"):
                await appender.append([numbered(kept, size=100_000)])
    assert numbered(kept, size=100_000) not in (await read_all(dispatcher.reader)).records


async def test_what_a_full_stream_kept_of_a_delivery_is_not_kept_twice_when_it_is_sent_again(
    chosen: JetStreamSettings, dispatcher: DispatcherSide
) -> None:
    delivery = [numbered(9000), numbered(9001, size=200_000)]
    async with StreamAppender(chosen) as appender:
        await fill(appender)
        with pytest.raises(JournalFull):
            await appender.append(delivery)
        await dispatcher.retention.release((await dispatcher.reader.bounds()).newest)
        await appender.append(delivery)
    read = uuids((await read_all(dispatcher.reader)).records)
    assert (read.count("uuid-9000"), read.count("uuid-9001")) == (1, 1)


async def test_other_content_under_a_known_uuid_is_kept_besides_so_that_the_dispatcher_can_set_it_aside(
    chosen: JetStreamSettings, dispatcher: DispatcherSide
) -> None:
    other = msgspec.structs.replace(numbered(0), event=b'{"n":"forged"}')
    async with StreamAppender(chosen) as appender:
        await appender.append([numbered(0)])
        first = await appender.append([other])
        assert await appender.append([other]) == first
    assert (await read_all(dispatcher.reader)).records == [numbered(0), other]


async def test_the_same_unreadable_body_is_kept_once(chosen: JetStreamSettings, dispatcher: DispatcherSide) -> None:
    async with StreamAppender(chosen) as appender:
        await appender.append([Record("", b"\xff", 1)])
        await appender.append([Record("", b"\xff", 2), Record("", b"\xfe", 2)])
    assert [record.event for record in (await read_all(dispatcher.reader)).records] == [b"\xff", b"\xfe"]


async def test_an_event_larger_than_the_servers_take_is_refused_and_says_what_to_raise(
    chosen: JetStreamSettings, dispatcher: DispatcherSide
) -> None:
    assert dispatcher.connection.max_payload == 1 << 20
    async with StreamAppender(chosen) as appender:
        with pytest.raises(ValueError, match="raise their max_payload"):
            await appender.append([numbered(0, size=1 << 20)])
