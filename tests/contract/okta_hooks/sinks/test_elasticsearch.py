"""`elasticsearch` keeps the contract of sinks with a real OpenSearch, which also judges repeats and bad events."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from itertools import count

import pytest

from contract.okta_hooks.sinks.sink_contract import SinkContract
from okta_hooks.sinks import AnySink, Delivered, Judged, Outgoing, Paused, Refused, RefusedForGood
from samples.sinks import RECEIVED_NS, configured, outgoing
from servers.opensearch import OpenSearch
from servers.process import free_port
from servers.victoria_logs import VictoriaLogs

pytestmark = pytest.mark.xdist_group("servers")

_NUMBERS = count()
_DAY_NS = 86_400_000_000_000


class Index:
    """An index of one test's own; events of two days would be in two."""

    def __init__(self, server: OpenSearch) -> None:
        self.name = f"okta-{next(_NUMBERS)}"
        self._server = server
        self._url = server.url

    @property
    def settings(self) -> AnySink:
        return configured(type="elasticsearch", url=self._url, index=f"{self.name}-{{yyyy.MM.dd}}")

    async def received(self, count: int) -> Sequence[bytes]:
        async with asyncio.timeout(30):
            while len(found := await asyncio.to_thread(self._server.sources, f"{self.name}-*")) < count:
                pass
        return found

    async def fail(self) -> None:
        self._url = f"http://127.0.0.1:{free_port()}"

    def count(self) -> int:
        return self._server.count(f"{self.name}-*")


@pytest.fixture
def index(opensearch: OpenSearch) -> Index:
    return Index(opensearch)


class TestElasticsearch(SinkContract):
    @pytest.fixture
    def side(self, index: Index) -> Index:
        return index


async def test_a_batch_that_is_sent_twice_is_there_once(index: Index) -> None:
    batch = [outgoing(f"u{number}", b'{"n":%d}' % number) for number in range(50)]
    async with index.settings.open() as sink:
        assert [await sink.deliver(batch[:30]), await sink.deliver(batch)] == [Delivered(), Delivered()]
    assert index.count() == 50


async def test_a_repeat_on_another_day_meets_the_first_copy(index: Index) -> None:
    async with index.settings.open() as sink:
        for days_later in (0, 1):
            repeat = Outgoing("u", b'{"n":1}', "t", RECEIVED_NS, RECEIVED_NS + days_later * _DAY_NS)
            assert await sink.deliver([repeat]) == Delivered()
    assert index.count() == 1


async def test_an_event_that_does_not_fit_the_mapping_costs_only_itself(index: Index) -> None:
    async with index.settings.open() as sink:
        await sink.deliver([outgoing("u0", b'{"n":0}')])
        answer = await sink.deliver([outgoing("u1", b'{"n":1}'), outgoing("u2", b'{"n":{"not":"a number"}}')])
    assert isinstance(answer, Judged)
    taken, refused = answer.answers
    assert taken == Delivered()
    assert isinstance(refused, RefusedForGood)
    assert "mapper_parsing_exception: failed to parse field [n] of type [long]" in refused.reason


async def test_events_that_all_miss_the_mapping_are_refused_as_a_batch(index: Index, opensearch: OpenSearch) -> None:
    opensearch.ask("PUT", f"/{index.name}-2026.01.31", {"mappings": {"dynamic": "strict"}})
    async with index.settings.open() as sink:
        assert isinstance(await sink.deliver([outgoing("u0", b'{"n":0}'), outgoing("u1", b'{"n":1}')]), Refused)


async def test_a_data_stream_takes_events_that_have_a_time_and_knows_a_repeat(opensearch: OpenSearch) -> None:
    opensearch.ask("PUT", "/_index_template/logs-okta", {"index_patterns": ["logs-okta-*"], "data_stream": {}})
    event = outgoing("u", b'{"@timestamp":"2026-01-31T12:00:00.000Z"}')
    async with configured(type="elasticsearch", url=opensearch.url, index="logs-okta-default").open() as sink:
        assert [await sink.deliver([event]) for _ in range(2)] == [Delivered()] * 2
    assert opensearch.count("logs-okta-default") == 1


async def test_an_index_that_may_not_be_made_pauses(opensearch: OpenSearch) -> None:
    opensearch.ask("PUT", "/_cluster/settings", {"transient": {"action.auto_create_index": "-forbidden*,+*"}})
    async with configured(type="elasticsearch", url=opensearch.url, index="forbidden").open() as sink:
        answer = await sink.deliver([outgoing("u", b"{}")])
    assert isinstance(answer, Paused)
    assert "index_not_found_exception" in answer.reason


async def test_an_index_that_is_closed_pauses(index: Index, opensearch: OpenSearch) -> None:
    async with index.settings.open() as sink:
        await sink.deliver([outgoing("u0", b"{}")])
        opensearch.ask("POST", f"/{index.name}-2026.01.31/_close")
        answer = await sink.deliver([outgoing("u1", b"{}")])
    assert isinstance(answer, Paused)
    assert "index_closed_exception" in answer.reason


async def test_a_uuid_too_long_for_an_id_refuses_the_batch_that_has_it(index: Index) -> None:
    async with index.settings.open() as sink:
        answer = await sink.deliver([outgoing("u" * 513, b"{}")])
    assert isinstance(answer, Refused)
    assert answer.reason.startswith("127.0.0.1 answers 400 (action_request_validation_exception")


async def test_victoria_logs_takes_the_same_bulk_requests(
    victoria_logs: VictoriaLogs,
) -> None:
    batch = [outgoing(f"u{number}", b'{"bulk":"yes","n":%d}' % number) for number in range(100)]
    url = f"{victoria_logs.url}/insert/elasticsearch"
    before = victoria_logs.count("bulk:yes")
    async with configured(type="elasticsearch", url=url).open() as sink:
        assert await sink.deliver(batch) == Delivered()
    assert victoria_logs.count("bulk:yes") == before + 100
