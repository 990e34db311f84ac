"""`kafka` keeps the contract of sinks with a real Kafka, in every way to connect; and what its answers mean there."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from itertools import count
from pathlib import Path
from typing import TypeAlias

import pytest

from contract.okta_hooks.sinks.sink_contract import SinkContract
from okta_hooks.sinks import AnySink, Delivered, Judged, Paused, Refused, Retry
from samples.sinks import RECEIVED_NS, configured, outgoing
from servers.authority import Authority
from servers.kafka import PASSWORD, USER, Kafka
from servers.process import free_port

pytestmark = pytest.mark.xdist_group("servers")

Fields: TypeAlias = dict[str, object]
_NUMBERS = count()


class Topic:
    """A topic of one test's own.

    Args:
        server: Has it.
        fields: How to connect.
    """

    def __init__(self, server: Kafka, fields: Fields) -> None:
        self.name = f"okta-{next(_NUMBERS)}"
        self._server = server
        self._fields = fields
        server.create(self.name)

    @property
    def settings(self) -> AnySink:
        return configured(**{"type": "kafka", "topic": self.name, "timeoutSeconds": 20, **self._fields})

    async def received(self, count: int) -> Sequence[bytes]:
        async with asyncio.timeout(30):
            while len(found := await asyncio.to_thread(self._values)) < count:
                pass
        return found

    def _values(self) -> list[bytes]:
        return [message.value() or b"" for message in self._server.messages(self.name)]

    async def fail(self) -> None:
        self._fields = {**self._fields, "bootstrapServers": [f"127.0.0.1:{free_port()}"], "timeoutSeconds": 1}


def in_clear(kafka: Kafka, _: Path) -> Fields:
    return {"bootstrapServers": [f"127.0.0.1:{kafka.listeners.plain}"], "encryption": "None"}


def with_certificate(kafka: Kafka, _: Path) -> Fields:
    own = kafka.authority.issued("dispatcher@example.com")
    return {
        "bootstrapServers": [f"127.0.0.1:{kafka.listeners.tls}"],
        "caFile": str(kafka.authority.file),
        "certificateFile": str(own.certificate),
        "keyFile": str(own.key),
    }


def with_password(kafka: Kafka, folder: Path, **auth: str) -> Fields:
    (folder / "username").write_text(USER)
    (folder / "password").write_text(PASSWORD)
    return {
        "bootstrapServers": [f"127.0.0.1:{kafka.listeners.sasl}"],
        "caFile": str(kafka.authority.file),
        "auth": {"usernameFile": str(folder / "username"), "passwordFile": str(folder / "password"), **auth},
    }


def plain(kafka: Kafka, folder: Path) -> Fields:
    return with_password(kafka, folder, type="plain")


def scram_256(kafka: Kafka, folder: Path) -> Fields:
    return with_password(kafka, folder, type="scram", hash="Sha256")


def scram_512(kafka: Kafka, folder: Path) -> Fields:
    return with_password(kafka, folder, type="scram")


class TestKafka(SinkContract):
    @pytest.fixture(params=[in_clear, with_certificate, scram_512], ids=lambda param: param.__name__)
    def side(self, request: pytest.FixtureRequest, kafka: Kafka, tmp_path: Path) -> Topic:
        return Topic(kafka, request.param(kafka, tmp_path))


@pytest.fixture
def topic(kafka: Kafka, tmp_path: Path) -> Topic:
    return Topic(kafka, in_clear(kafka, tmp_path))


def reconfigured(of: Topic, **fields: object) -> AnySink:
    return configured(**{"type": "kafka", "topic": of.name, "timeoutSeconds": 10, **of._fields, **fields})


@pytest.mark.parametrize("way", [plain, scram_256])
async def test_a_user_with_a_password_is_let_in(way: type, kafka: Kafka, tmp_path: Path) -> None:
    topic = Topic(kafka, way(kafka, tmp_path))
    async with topic.settings.open() as sink:
        assert await sink.deliver([outgoing("u", b"{}")]) == Delivered()


async def test_a_message_has_the_uuid_as_key_and_header_and_the_time_of_its_publishing(
    kafka: Kafka, topic: Topic
) -> None:
    async with topic.settings.open() as sink:
        await sink.deliver([outgoing("u1", b"{}")])
    (message,) = kafka.messages(topic.name)
    assert message.key() == b"u1"
    assert message.headers() == [("uuid", b"u1"), ("eventType", b"user.session.start")]
    assert message.timestamp()[1] == RECEIVED_NS // 1_000_000 - 1000


async def test_with_the_actor_as_key_all_that_one_does_is_in_one_partition(kafka: Kafka, tmp_path: Path) -> None:
    topic = Topic(kafka, {**in_clear(kafka, tmp_path), "key": "Actor"})
    kafka.create(f"{topic.name}-many", partitions=8)
    async with reconfigured(topic, topic=f"{topic.name}-many").open() as sink:
        await sink.deliver(
            [outgoing(f"u{n}", b'{"event":{"actor":{"id":"00u%d"}},"n":%d}' % (n % 3, n)) for n in range(60)]
        )
    places = {(message.key(), message.partition()) for message in kafka.messages(f"{topic.name}-many")}
    assert {key for key, _ in places} == {b"00u0", b"00u1", b"00u2"}
    assert len(places) == 3


@pytest.mark.parametrize("compression", ["None", "Gzip", "Snappy", "Lz4", "Zstd"])
async def test_takes_every_compression(compression: str, topic: Topic) -> None:
    async with reconfigured(topic, compression=compression).open() as sink:
        assert await sink.deliver([outgoing(f"u{n}", b"{}" * 100) for n in range(100)]) == Delivered()
    assert len(await topic.received(100)) == 100


async def test_a_topic_that_is_not_there_pauses(topic: Topic) -> None:
    async with reconfigured(topic, topic="nowhere", timeoutSeconds=3).open() as sink:
        answer = await sink.deliver([outgoing("u", b"{}")])
    assert answer == Paused("Kafka has no topic nowhere: create it, or correct its name")


async def test_a_topic_that_others_have_for_themselves_pauses(kafka: Kafka, tmp_path: Path) -> None:
    topic = Topic(kafka, plain(kafka, tmp_path))
    kafka.reserve(topic.name)
    async with topic.settings.open() as sink:
        answer = await sink.deliver([outgoing("u", b"{}")])
    assert answer == Paused(f"Kafka forbids to write to the topic {topic.name}: let the user write to it")


async def test_a_wrong_password_pauses_and_the_right_one_goes_on_without_a_restart(
    kafka: Kafka, tmp_path: Path
) -> None:
    topic = Topic(kafka, scram_512(kafka, tmp_path))
    (tmp_path / "password").write_text("another's")
    async with topic.settings.open() as sink:
        answer = await sink.deliver([outgoing("u", b"{}")])
        assert isinstance(answer, Paused)
        assert answer.reason.startswith("Kafka does not take the credential")
        assert "another's" not in answer.reason
        (tmp_path / "password").write_text(PASSWORD)
        assert await sink.deliver([outgoing("u", b"{}")]) == Delivered()


async def test_a_certificate_of_an_authority_that_is_not_named_pauses(kafka: Kafka, tmp_path: Path) -> None:
    topic = Topic(kafka, {**plain(kafka, tmp_path), "caFile": None})
    async with topic.settings.open() as sink:
        answer = await sink.deliver([outgoing("u", b"{}")])
    assert isinstance(answer, Paused)
    assert answer.reason.startswith("the certificate of Kafka can't be trusted")


async def test_a_broker_that_wants_a_certificate_and_gets_none_pauses(kafka: Kafka, tmp_path: Path) -> None:
    fields = {**with_certificate(kafka, tmp_path), "certificateFile": None, "keyFile": None}
    async with Topic(kafka, fields).settings.open() as sink:
        answer = await sink.deliver([outgoing("u", b"{}")])
    assert isinstance(answer, Paused)
    assert answer.reason.startswith("Kafka does not take our certificate")


async def test_a_broker_that_does_not_know_our_certificate_s_authority_pauses(kafka: Kafka, tmp_path: Path) -> None:
    own = Authority(tmp_path).issued("dispatcher")
    fields = {**with_certificate(kafka, tmp_path), "certificateFile": str(own.certificate), "keyFile": str(own.key)}
    async with Topic(kafka, fields).settings.open() as sink:
        answer = await sink.deliver([outgoing("u", b"{}")])
    assert isinstance(answer, Paused)
    assert answer.reason.startswith("Kafka does not take our certificate")


async def test_a_certificate_for_another_name_pauses(kafka: Kafka, tmp_path: Path) -> None:
    topic = Topic(kafka, {**plain(kafka, tmp_path), "bootstrapServers": [f"localhost:{kafka.listeners.sasl}"]})
    async with topic.settings.open() as sink:
        answer = await sink.deliver([outgoing("u", b"{}")])
    assert isinstance(answer, Paused)
    assert answer.reason.startswith("the certificate of Kafka can't be trusted")


async def test_a_message_larger_than_our_limit_is_asked_again_until_it_is_refused_alone(topic: Topic) -> None:
    large = outgoing("large", b"x" * 3000)
    async with reconfigured(topic, maxMessageBytes=2000).open() as sink:
        answer = await sink.deliver([outgoing("u1", b"{}"), large, outgoing("u2", b"{}")])
        assert isinstance(answer, Judged)
        assert [type(each) for each in answer.answers] == [Delivered, Retry, Delivered]
        assert isinstance(await sink.deliver([large]), Refused)


async def test_a_batch_larger_than_the_topic_takes_is_refused_whole(kafka: Kafka, topic: Topic) -> None:
    kafka.create(f"{topic.name}-small", max_message_bytes="2000")
    async with reconfigured(topic, topic=f"{topic.name}-small", compression="None").open() as sink:
        assert isinstance(await sink.deliver([outgoing(f"u{n}", b"x" * 1500) for n in range(3)]), Refused | Judged)
        assert isinstance(await sink.deliver([outgoing("u", b"x" * 3000)]), Refused)
        assert await sink.deliver([outgoing("u", b"x" * 1500)]) == Delivered()


async def test_batches_may_be_on_their_way_at_once(topic: Topic) -> None:
    async with topic.settings.open() as sink:
        batches = [[outgoing(f"u{number}-{n}", b"{}") for n in range(50)] for number in range(8)]
        assert await asyncio.gather(*map(sink.deliver, batches)) == [Delivered()] * 8
    assert len(await topic.received(400)) == 400
