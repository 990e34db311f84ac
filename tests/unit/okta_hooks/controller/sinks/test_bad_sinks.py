"""What the status says of an HTTP sink that misbehaves: the whole way from the server to the sentence."""

from __future__ import annotations

import asyncio
import ssl
from datetime import timedelta
from pathlib import Path

import trustme

from okta_hooks.api.hook_status import SinkStatus
from okta_hooks.controller.receivers.asking import Answers
from okta_hooks.controller.receivers.observing import Seen
from okta_hooks.controller.sinks.evidence import sinks
from okta_hooks.controller.sinks.feeding import Feeding
from okta_hooks.dispatch.observer import Observed, Observer
from okta_hooks.journal import LogReader
from okta_hooks.kube.rollout import Workload
from okta_hooks.sinks import SinkSettings
from samples.dispatch import a_bench, events, until
from samples.kube import spec
from samples.sinks import configured
from servers.stub import Said, raw, stub

HOOK = spec(sinks=[{"name": "siem", "http": {"url": "https://siem.example.com"}}])


async def status_of(folder: Path, to: SinkSettings) -> SinkStatus:
    """What the status says of a sink once an event could not be given to it."""
    async with a_bench(folder) as bench:
        await bench.journal.append(events(1))
        worker = await bench.start("siem", to)
        await until(lambda: worker.holdup is not None)
        observed = Observed(
            reader=LogReader(folder / "journal"),
            index=bench.own.index,
            indexing=bench.indexing,
            ledger=bench.own.ledger,
            dead_letters=bench.own.requests.dead_letters,
            served=lambda: {"siem": worker},
            route_troubles=dict,
            configuration_trouble=lambda: None,
            damaged_files=tuple,
        )
        observer = Observer(observed, every=timedelta(hours=1))
        await observer.look()
    seen = Seen(Workload(None, []), [Answers(dispatcher=observer.latest)])
    (status,) = sinks(seen, HOOK, Feeding()).statuses or ()
    return status


async def close_mid_body(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.readuntil(b"\r\n\r\n")
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nOnly so much")
    await writer.drain()
    writer.close()


async def say_nothing(reader: asyncio.StreamReader, _: asyncio.StreamWriter) -> None:
    await reader.read()


async def test_a_page_for_people_is_told_with_what_to_look_at(tmp_path: Path) -> None:
    async with stub(lambda _: Said(200, b"<html>Log in</html>", {"Content-Type": "text/html"})) as server:
        status = await status_of(tmp_path, configured(type="http", url=server.url))
    assert (status.state, status.reason) == ("Retrying", "SinkUnavailable")
    assert status.message is not None
    assert "a page for people: see that the address is right" in status.message


async def test_a_connection_that_is_closed_mid_body_is_told(tmp_path: Path) -> None:
    async with raw(close_mid_body) as url:
        status = await status_of(tmp_path, configured(type="http", url=url))
    assert (status.state, status.reason) == ("Retrying", "SinkUnavailable")
    assert status.message == "127.0.0.1 closed the connection before it had answered"


async def test_a_server_that_never_answers_is_told(tmp_path: Path) -> None:
    async with raw(say_nothing) as url:
        status = await status_of(tmp_path, configured(type="http", url=url, timeoutSeconds=0.05))
    assert (status.state, status.reason) == ("Retrying", "SinkUnavailable")
    assert status.message == "127.0.0.1 did not answer within 0.05 s"


async def test_a_certificate_for_another_name_is_told_with_what_to_correct(tmp_path: Path) -> None:
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(tmp_path / "ca"))
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("siem.example.com").configure_cert(tls)
    async with stub(tls=tls) as server:
        status = await status_of(tmp_path, configured(type="http", url=server.url, caFile=str(tmp_path / "ca")))
    assert (status.state, status.reason) == ("Paused", "SinkRejecting")
    assert status.message is not None
    assert status.message.startswith("the certificate of 127.0.0.1 can't be trusted")
