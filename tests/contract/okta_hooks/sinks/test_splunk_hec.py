"""`splunkHec` keeps the contract of sinks; a real VictoriaLogs takes what it sends, and finds it by time and uuid."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import msgspec
import pytest

from contract.okta_hooks.sinks.sink_contract import SinkContract
from okta_hooks.sinks import AnySink, Delivered, Outgoing
from samples.dispatch import until
from samples.sinks import RECEIVED_NS, configured, outgoing
from servers.stub import Said, Stub, stub
from servers.victoria_logs import VictoriaLogs

pytestmark = pytest.mark.xdist_group("servers")


class _Written(msgspec.Struct):
    event: msgspec.Raw


class Collector:
    """A collector that gives back the very bytes of events, as no real one does."""

    def __init__(self, server: Stub, token: Path) -> None:
        self._server = server
        self._token = token

    @property
    def settings(self) -> AnySink:
        return configured(type="splunkHec", url=self._server.url, tokenFile=str(self._token), timeoutSeconds=5)

    async def received(self, count: int) -> Sequence[bytes]:
        await until(lambda: len(self._received()) >= count)
        return self._received()

    def _received(self) -> list[bytes]:
        return [
            bytes(msgspec.json.decode(line, type=_Written).event)
            for asked in self._server.asked
            for line in asked.body.splitlines()
        ]

    async def fail(self) -> None:
        await self._server.stop()


@pytest.fixture
def token(tmp_path: Path) -> Path:
    (tmp_path / "token").write_text("0000-1111")
    return tmp_path / "token"


class TestSplunkHec(SinkContract):
    @pytest.fixture
    async def side(self, token: Path) -> AsyncIterator[Collector]:
        async with stub(lambda _: Said(200, b'{"text":"Success","code":0}')) as server:
            yield Collector(server, token)


def into(victoria_logs: VictoriaLogs, token: Path, source: str) -> AnySink:
    """A sink whose events are told from others' by their source."""
    return configured(
        type="splunkHec", url=f"{victoria_logs.url}/insert/splunk", tokenFile=str(token), source=source, host="acme"
    )


async def test_victoria_logs_has_every_event_under_its_uuid(victoria_logs: VictoriaLogs, token: Path) -> None:
    async with into(victoria_logs, token, "every").open() as sink:
        batch = [outgoing(f"every-{number}", b'{"n":%d}' % number) for number in range(500)]
        assert await sink.deliver(batch) == Delivered()
    victoria_logs.flush()
    found = victoria_logs.query("source:every | fields fields.uuid, event.n")
    assert {(entry["fields.uuid"], entry["event.n"]) for entry in found} == {(f"every-{n}", str(n)) for n in range(500)}


async def test_victoria_logs_has_an_event_at_the_time_of_its_publishing(
    victoria_logs: VictoriaLogs, token: Path
) -> None:
    async with into(victoria_logs, token, "timed").open() as sink:
        await sink.deliver([Outgoing("u", b'{"n":1}', "t", RECEIVED_NS + 7_000_000, RECEIVED_NS + 10**12)])
    victoria_logs.flush()
    (entry,) = victoria_logs.query("source:timed")
    assert entry["_time"] == "2026-01-31T12:00:00.007Z"
    assert (entry["sourcetype"], entry["host"]) == ("OktaIM2:log", "acme")


async def test_a_batch_that_is_sent_twice_is_there_twice_and_once_by_uuid(
    victoria_logs: VictoriaLogs, token: Path
) -> None:
    batch = [outgoing(f"twice-{number}", b'{"n":%d}' % number) for number in range(20)]
    async with into(victoria_logs, token, "twice").open() as sink:
        for _ in range(2):
            assert await sink.deliver(batch) == Delivered()
    assert victoria_logs.count("source:twice") == 40
    assert victoria_logs.query("source:twice | stats count_uniq(fields.uuid) as n") == [{"n": "20"}]
