"""What a stream lets go of: only what every cursor has passed, when it is old or much."""

from __future__ import annotations

from datetime import timedelta

from contract.okta_hooks.journal.conftest import LIMITS
from okta_hooks.journal import BEGINNING
from okta_hooks.journal.jetstream.appender import StreamAppender
from okta_hooks.journal.jetstream.retention import StreamRetention
from okta_hooks.journal.jetstream.settings import JetStreamSettings, StreamLimits
from samples.journal import read_all, several, uuids
from samples.streams import DispatcherSide


async def test_what_is_young_and_little_stays_for_replay(chosen: JetStreamSettings, dispatcher: DispatcherSide) -> None:
    async with StreamAppender(chosen) as appender:
        await appender.append(several(5))
    await dispatcher.retention.release((await dispatcher.reader.bounds()).newest)
    assert (await read_all(dispatcher.reader)).records == several(5)


async def test_what_is_old_goes_up_to_the_slowest_cursor(chosen: JetStreamSettings, dispatcher: DispatcherSide) -> None:
    async with StreamAppender(chosen) as appender:
        places = await appender.append(several(5))
    forgetful = StreamLimits(replicas=1, max_bytes=4 << 20, keep_bytes=1 << 20, keep_age=timedelta(0))
    retention = StreamRetention(dispatcher.connection, dispatcher.stream, dispatcher.bucket, forgetful)
    await retention.release(places[3])
    assert (await read_all(dispatcher.reader)).records == several(2, first=3)


async def test_what_is_much_goes_oldest_first(chosen: JetStreamSettings, dispatcher: DispatcherSide) -> None:
    async with StreamAppender(chosen) as appender:
        await appender.append(several(30, size=100_000))
    await dispatcher.retention.release((await dispatcher.reader.bounds()).newest)
    assert LIMITS.keep_bytes * 0.8 < await dispatcher.reader.used_bytes() <= LIMITS.keep_bytes
    assert uuids((await read_all(dispatcher.reader)).records)[-1] == "uuid-29"


async def test_every_dispatcher_knows_what_was_passed(chosen: JetStreamSettings, dispatcher: DispatcherSide) -> None:
    async with StreamAppender(chosen) as appender:
        (place,) = await appender.append(several(1))
    await dispatcher.retention.release(place)
    other = StreamRetention(dispatcher.connection, dispatcher.stream, dispatcher.bucket, LIMITS)
    assert await other.refresh() == place


async def test_nothing_counts_as_forgotten_before_anything_was_dropped(dispatcher: DispatcherSide) -> None:
    assert await dispatcher.retention.forgotten(timedelta(0)) == BEGINNING


async def test_what_somebody_chose_of_a_stream_besides_stays_when_its_limits_change(dispatcher: DispatcherSide) -> None:
    name = dispatcher.stream.name
    change = b'{"name":"%s","subjects":["okta.%s.>"],"description":"ours"' % (name.encode(), name.encode())
    await dispatcher.connection.ask(
        f"$JS.API.STREAM.UPDATE.{name}",
        change + b',"discard":"new","discard_new_per_subject":true,"max_msgs_per_subject":1,"deny_delete":true}',
    )
    await dispatcher.stream.make(StreamLimits(replicas=1, max_bytes=5 << 20, keep_bytes=1 << 20))
    described = (await dispatcher.connection.ask(f"$JS.API.STREAM.INFO.{name}")).data
    assert b'"description":"ours"' in described
    assert b'"max_bytes":5242880' in described
