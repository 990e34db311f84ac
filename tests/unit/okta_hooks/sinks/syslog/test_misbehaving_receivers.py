"""What comes of receivers of syslog that misbehave; and which events count as delivered."""

from __future__ import annotations

import asyncio
import socket
import struct
from pathlib import Path

import msgspec
import pytest

from okta_hooks.sinks import Answer, AnySink, Delivered, Judged, Paused, Refused, RefusedForGood, Retry
from samples.dispatch import until
from samples.sinks import configured, outgoing
from servers.authority import Authority
from servers.process import free_port
from servers.stub import listener

EVENT = outgoing("u", b"{}")


async def read_all(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.read()
    writer.close()


async def cut(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """End a connection as a process does that had not read everything."""
    await reader.read(1)
    writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()


async def say_nothing(_: asyncio.StreamReader, __: asyncio.StreamWriter) -> None:
    """Leave the connection as it is."""


def in_clear(port: int, **more: object) -> AnySink:
    return configured(**{"type": "syslog", "url": f"tcp://127.0.0.1:{port}", "timeoutSeconds": 5, **more})


async def answer_of(settings: AnySink) -> Answer:
    async with settings.open() as sink:
        return await sink.deliver([EVENT])


@pytest.mark.parametrize("url", ["https://host", "host:514", "tcp://", "tls://host/path", "tls://user@host"])
def test_refuses_addresses_of_other_kinds(url: str) -> None:
    with pytest.raises(msgspec.ValidationError):
        configured(type="syslog", url=url)


def test_refuses_certificates_for_what_is_in_clear() -> None:
    with pytest.raises(msgspec.ValidationError):
        configured(type="syslog", url="tcp://host", caFile="/ca")


async def test_what_is_read_to_its_end_is_delivered() -> None:
    async with listener(read_all) as port:
        assert await answer_of(in_clear(port)) == Delivered()


@pytest.mark.parametrize("acknowledgement", ["Close", "None"])
async def test_what_is_cut_is_not_delivered(acknowledgement: str) -> None:
    async with listener(cut) as port:
        answer = await answer_of(in_clear(port, acknowledgement=acknowledgement))
    assert isinstance(answer, Retry)
    assert answer.reason.startswith("127.0.0.1 closed the connection")


@pytest.mark.parametrize("acknowledgement", ["Close", "None"])
async def test_a_receiver_that_never_closes_is_not_waited_for_longer_than_said(acknowledgement: str) -> None:
    async with listener(say_nothing) as port:
        answer = await answer_of(in_clear(port, acknowledgement=acknowledgement, timeoutSeconds=0.1))
    assert answer == Retry("127.0.0.1 did not take everything within 0.1 s")


async def test_a_connection_that_was_closed_is_made_again() -> None:
    writers: list[asyncio.StreamWriter] = []

    async def keep(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writers.append(writer)
        await read_all(reader, writer)

    async with listener(keep) as port, in_clear(port, acknowledgement="None").open() as sink:
        assert await sink.deliver([EVENT]) == Delivered()
        await until(lambda: len(writers) == 2)  # the first one shows that we are let in
        writers[1].close()
        assert isinstance(await sink.deliver([EVENT]), Retry | Delivered)  # whether it is heard of is up to the kernel
        assert await sink.deliver([EVENT]) == Delivered()
        await until(lambda: len(writers) == 4)


async def test_nobody_there_is_tried_again() -> None:
    assert await answer_of(in_clear(free_port())) == Retry("127.0.0.1 takes no connection (connection refused)")


async def test_a_name_that_is_not_known_is_tried_again() -> None:
    answer = await answer_of(configured(type="syslog", url="tcp://nowhere.invalid"))
    assert answer == Retry("the name nowhere.invalid can't be resolved")


async def test_a_certificate_for_another_name_pauses(tmp_path: Path) -> None:
    authority = Authority(tmp_path)
    async with listener(read_all, authority.server_context("example.com")) as port:
        settings = configured(type="syslog", url=f"tls://127.0.0.1:{port}", caFile=str(authority.file))
        answer = await answer_of(settings)
    assert isinstance(answer, Paused)
    assert answer.reason.startswith("the certificate of 127.0.0.1 can't be trusted (IP address mismatch")


async def test_a_receiver_that_cuts_tls_without_closing_it_has_not_taken_the_batch(tmp_path: Path) -> None:
    authority = Authority(tmp_path)

    async def end(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1)
        writer.transport.abort()

    async with listener(end, authority.server_context("127.0.0.1")) as port:
        settings = configured(type="syslog", url=f"tls://127.0.0.1:{port}", caFile=str(authority.file))
        assert isinstance(await answer_of(settings), Retry)


async def test_no_tls_where_it_is_expected_is_tried_again(tmp_path: Path) -> None:
    async def speak_in_clear(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1)
        writer.write(b"220 mail.example.com ESMTP\r\n")
        await writer.drain()

    async with listener(speak_in_clear) as port:
        settings = configured(type="syslog", url=f"tls://127.0.0.1:{port}", caFile=str(Authority(tmp_path).file))
        assert await answer_of(settings) == Retry("127.0.0.1 does not speak TLS as it should")


async def test_an_event_that_is_too_large_costs_only_itself() -> None:
    async with listener(read_all) as port, in_clear(port, maxMessageBytes=1000).open() as sink:
        answer = await sink.deliver([EVENT, outgoing("large", b"x" * 1000)])
    assert isinstance(answer, Judged)
    assert [type(each) for each in answer.answers] == [Delivered, RefusedForGood]


async def test_events_that_are_all_too_large_are_refused_without_a_connection() -> None:
    async with in_clear(free_port(), maxMessageBytes=1000).open() as sink:
        assert isinstance(await sink.deliver([outgoing("large", b"x" * 1000)]), Refused)
