"""What a receiver is told while servers are away, hang, or are not set up as a journal needs it."""

from __future__ import annotations

import asyncio

import msgspec
import pytest

from okta_hooks.journal import JournalUnavailable
from okta_hooks.journal.jetstream.appender import StreamAppender
from okta_hooks.journal.jetstream.settings import JetStreamSettings
from okta_hooks.receiver.endpoint import ANSWER_SECONDS
from samples.journal import numbered, read_all, several
from samples.streams import DispatcherSide, settings
from servers.nats import NatsServer


async def within_the_time_for_an_answer(appender: StreamAppender, number: int) -> None:
    async with asyncio.timeout(ANSWER_SECONDS):
        await appender.append([numbered(number)])


async def test_a_server_that_hangs_is_given_up_before_okta_gives_up(
    server: NatsServer, chosen: JetStreamSettings, dispatcher: DispatcherSide
) -> None:
    assert dispatcher.stream.name == chosen.stream
    async with StreamAppender(chosen) as appender:
        with server.blocked(), pytest.raises(JournalUnavailable, match="did not keep events within"):
            await within_the_time_for_an_answer(appender, 0)


async def test_a_server_that_is_away_is_given_up_before_okta_gives_up(
    server: NatsServer, chosen: JetStreamSettings, dispatcher: DispatcherSide
) -> None:
    assert dispatcher.stream.name == chosen.stream
    async with StreamAppender(chosen) as appender:
        server.kill()
        with pytest.raises(JournalUnavailable, match="did not keep events within"):
            await within_the_time_for_an_answer(appender, 0)


async def test_a_server_that_comes_back_is_found_without_a_new_start(
    server: NatsServer, chosen: JetStreamSettings, dispatcher: DispatcherSide
) -> None:
    async with StreamAppender(chosen, within_seconds=30) as appender:
        await appender.append([numbered(0)])
        server.kill()
        waiting = asyncio.create_task(appender.append([numbered(1)]))
        server.start()
        await waiting
        await appender.maintain()
        assert appender.usage().refusal is None
    await dispatcher.connection.established()
    assert (await read_all(dispatcher.reader)).records == several(2)


async def test_a_receiver_without_a_server_starts_and_is_not_ready() -> None:
    async with StreamAppender(settings(["nats://127.0.0.1:1"]), within_seconds=0.1) as appender:
        assert isinstance(appender.usage().refusal, JournalUnavailable)


async def test_a_receiver_without_a_stream_is_not_ready_and_says_who_makes_it(chosen: JetStreamSettings) -> None:
    async with StreamAppender(chosen) as appender:
        assert "the dispatcher makes it" in str(appender.usage().refusal)
        with pytest.raises(JournalUnavailable, match="the dispatcher makes it"):
            await appender.append([numbered(0)])


@pytest.mark.parametrize(
    ("change", "wanted"),
    [
        (b'{"max_age":3600000000000}', "max_age 0"),
        (b'{"discard_new_per_subject":false,"max_msgs_per_subject":-1}', "max_msgs_per_subject 1"),
    ],
)
async def test_a_stream_that_could_lose_events_is_not_written_to(
    chosen: JetStreamSettings, dispatcher: DispatcherSide, change: bytes, wanted: str
) -> None:
    await reconfigured(dispatcher, change)
    async with StreamAppender(chosen) as appender:
        assert wanted in str(appender.usage().refusal)
        with pytest.raises(JournalUnavailable, match="could lose events"):
            await appender.append([numbered(0)])


async def reconfigured(dispatcher: DispatcherSide, change: bytes) -> None:
    """Change a stream's settings, as somebody might by hand."""
    name = dispatcher.stream.name
    info = msgspec.json.decode((await dispatcher.connection.ask(f"$JS.API.STREAM.INFO.{name}")).data)
    wanted = msgspec.json.encode(info["config"] | msgspec.json.decode(change))
    answer = await dispatcher.connection.ask(f"$JS.API.STREAM.UPDATE.{name}", wanted)
    assert "error" not in msgspec.json.decode(answer.data)
