"""What comes of a Kafka that misbehaves: an answer within the time that was said, never an exception."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from okta_hooks.sinks import Answer, Paused, Retry
from samples.sinks import configured, outgoing
from servers.authority import Authority
from servers.process import free_port
from servers.stub import listener, raw


async def answer_of(address: str, **more: object) -> Answer:
    fields: dict[str, object] = {"type": "kafka", "topic": "okta", "timeoutSeconds": 1, "encryption": "None", **more}
    async with configured(bootstrapServers=[address], **fields).open() as sink:
        return await sink.deliver([outgoing("u", b"{}")])


async def hang_up(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.read(1)
    writer.close()


async def say_nothing(reader: asyncio.StreamReader, _: asyncio.StreamWriter) -> None:
    await reader.read()


async def answer_in_html(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.read(1)
    writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n<html></html>")
    await writer.drain()
    writer.close()


@pytest.mark.parametrize("talk", [hang_up, say_nothing, answer_in_html])
async def test_a_broker_that_does_not_speak_kafka_is_tried_again(talk: object) -> None:
    async with raw(talk) as url:  # type: ignore[arg-type]
        assert isinstance(await answer_of(url.removeprefix("http://")), Retry)


async def test_a_broker_that_is_not_there_is_tried_again_and_the_reason_names_it() -> None:
    address = f"127.0.0.1:{free_port()}"
    answer = await answer_of(address)
    assert isinstance(answer, Retry)
    assert answer.reason.startswith(f"Kafka did not acknowledge in time ({address}")


async def test_a_certificate_for_another_name_pauses(tmp_path: Path) -> None:
    authority = Authority(tmp_path)
    async with listener(say_nothing, authority.server_context("example.com")) as port:
        answer = await answer_of(f"127.0.0.1:{port}", encryption="Tls", caFile=str(authority.file), timeoutSeconds=5)
    assert isinstance(answer, Paused)
    assert answer.reason.startswith("the certificate of Kafka can't be trusted")
