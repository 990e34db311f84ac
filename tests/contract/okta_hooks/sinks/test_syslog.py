"""`syslog` keeps the contract of sinks with a real rsyslog, by TLS and in clear; VictoriaLogs reads the same."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Sequence
from itertools import count
from pathlib import Path

import pytest

from contract.okta_hooks.sinks.sink_contract import SinkContract
from okta_hooks.sinks import AnySink, Delivered, Paused, Retry
from samples.sinks import configured, outgoing
from servers import victoria_logs
from servers.authority import Authority
from servers.process import free_port
from servers.pytest_plugin import told
from servers.rsyslog import Message, Rsyslog

pytestmark = pytest.mark.xdist_group("servers")

_NUMBERS = count()


class Program:
    """What one test sends, which is told from others' by the program's name.

    Args:
        server: Gets it.
        fields: How to connect.
    """

    def __init__(self, server: Rsyslog, **fields: object) -> None:
        self._server = server
        self._name = f"test-{next(_NUMBERS)}"
        self._fields: dict[str, object] = {"maxMessageBytes": 2_000_000, "timeoutSeconds": 10, **fields}

    @property
    def settings(self) -> AnySink:
        return configured(type="syslog", appName=self._name, **self._fields)

    async def received(self, count: int) -> Sequence[bytes]:
        return [message.text for message in await self.messages(count)]

    async def messages(self, count: int) -> Sequence[Message]:
        async with asyncio.timeout(30):
            while len(found := self._messages()) < count:  # noqa: ASYNC110 -- only its file tells
                await asyncio.sleep(0.05)
        return found

    def _messages(self) -> list[Message]:
        return [message for message in self._server.messages() if message.app_name == self._name]

    async def fail(self) -> None:
        self._fields["url"] = f"tcp://127.0.0.1:{free_port()}"
        self._fields.pop("caFile", None)


def by_tls(server: Rsyslog, **fields: object) -> Program:
    return Program(server, url=f"tls://127.0.0.1:{server.ports.tls}", caFile=str(server.authority.file), **fields)


def in_clear(server: Rsyslog) -> Program:
    return Program(server, url=f"tcp://127.0.0.1:{server.ports.clear}")


def by_tls_without_acknowledgement(server: Rsyslog) -> Program:
    return by_tls(server, acknowledgement="None")


class TestSyslog(SinkContract):
    @pytest.fixture(params=[by_tls, by_tls_without_acknowledgement, in_clear], ids=lambda param: param.__name__)
    def side(self, request: pytest.FixtureRequest, rsyslog: Rsyslog) -> Program:
        program: Program = request.param(rsyslog)
        return program


EVENT = b'{"org":"https://acme.okta.com","event":{"severity":"WARN"}}'


async def test_rsyslog_understands_every_field(rsyslog: Rsyslog) -> None:
    program = by_tls(rsyslog, facility="local4")
    async with program.settings.open() as sink:
        assert await sink.deliver([outgoing('u"1]', EVENT)]) == Delivered()
    (message,) = await program.messages(1)
    assert message.priority == 20 * 8 + 4
    assert message.timestamp == "2026-01-31T11:59:59.000000Z"
    assert (message.hostname, message.msgid) == ("acme.okta.com", "user.session.start")
    assert message.structured_data == (
        r'[okta@32473 uuid="u\"1\]" eventType="user.session.start" org="https://acme.okta.com"]'
    )
    assert message.text == EVENT


async def test_a_client_certificate_is_shown(rsyslog: Rsyslog) -> None:
    own = rsyslog.authority.issued("dispatcher@example.com")
    program = Program(
        rsyslog,
        url=f"tls://127.0.0.1:{rsyslog.ports.mutual}",
        caFile=str(rsyslog.authority.file),
        certificateFile=str(own.certificate),
        keyFile=str(own.key),
    )
    async with program.settings.open() as sink:
        assert await sink.deliver([outgoing("u", EVENT)]) == Delivered()
    assert len(await program.messages(1)) == 1


@pytest.mark.parametrize("acknowledgement", ["Close", "None"])
async def test_without_a_certificate_that_is_wanted_nothing_counts_as_delivered(
    acknowledgement: str, rsyslog: Rsyslog
) -> None:
    program = Program(
        rsyslog,
        url=f"tls://127.0.0.1:{rsyslog.ports.mutual}",
        caFile=str(rsyslog.authority.file),
        acknowledgement=acknowledgement,
    )
    async with program.settings.open() as sink:
        answers = [await sink.deliver([outgoing("u", EVENT)]) for _ in range(5)]
    assert all(isinstance(answer, Paused | Retry) for answer in answers)


async def test_batches_may_be_on_their_way_at_once(rsyslog: Rsyslog) -> None:
    program = by_tls(rsyslog)
    async with program.settings.open() as sink:
        batches = [[outgoing(f"u{number}-{n}", EVENT) for n in range(50)] for number in range(8)]
        assert await asyncio.gather(*map(sink.deliver, batches)) == [Delivered()] * 8
    assert len(await program.messages(400)) == 400


@pytest.fixture
def listener(
    tmp_path: Path, cluster_progress: Callable[[str], None]
) -> Iterator[tuple[victoria_logs.VictoriaLogs, str, Authority]]:
    """A VictoriaLogs that takes syslog by TLS, its address and its authority."""
    authority, port = Authority(tmp_path), free_port()
    own = authority.issued("127.0.0.1")
    options = [
        f"-syslog.listenAddr.tcp=127.0.0.1:{port}",
        "-syslog.tls=true",
        f"-syslog.tlsCertFile={own.certificate}",
        f"-syslog.tlsKeyFile={own.key}",
    ]
    with told(), victoria_logs.running(tmp_path, cluster_progress, *options) as server:
        yield server, f"tls://127.0.0.1:{port}", authority


async def test_victoria_logs_finds_events_by_uuid_and_time(
    listener: tuple[victoria_logs.VictoriaLogs, str, Authority],
) -> None:
    server, url, authority = listener
    async with configured(type="syslog", url=url, caFile=str(authority.file)).open() as sink:
        for first in (0, 100):
            assert await sink.deliver([outgoing(f"u{n}", EVENT) for n in range(first, first + 100)]) == Delivered()
    server.flush()
    found = server.query("*")
    assert {entry["okta@32473.uuid"] for entry in found} == {f"u{n}" for n in range(200)}
    assert {(entry["_time"], entry["level"]) for entry in found} == {("2026-01-31T11:59:59Z", "warning")}
