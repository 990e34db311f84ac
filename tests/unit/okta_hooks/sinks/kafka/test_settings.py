"""What may be configured of Kafka, and what librdkafka is told then."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from okta_hooks.sinks import Paused
from okta_hooks.sinks.kafka import KafkaSettings
from okta_hooks.sinks.kafka.configuration import producer_configuration
from samples.sinks import configured, outgoing

LEAST: dict[str, object] = {"type": "kafka", "bootstrapServers": ["kafka:9093"], "topic": "okta"}


def settings(**fields: object) -> KafkaSettings:
    made = configured(**LEAST, **fields)
    assert isinstance(made, KafkaSettings)
    return made


@pytest.mark.parametrize(
    "wrong",
    [
        {"bootstrapServers": []},
        {"bootstrapServers": ["kafka"]},
        {"topic": "not a topic"},
        {"certificateFile": "/c"},
        {"encryption": "None", "caFile": "/ca"},
        {"timeoutSeconds": 0},
    ],
)
def test_refuses_what_can_not_be(wrong: dict[str, object]) -> None:
    with pytest.raises(msgspec.ValidationError):
        configured(**{**LEAST, **wrong})


def test_waits_for_all_replicas_in_sync_and_lets_none_have_a_message_twice() -> None:
    told = producer_configuration(settings())
    assert (told["acks"], told["enable.idempotence"]) == ("all", True)


@pytest.mark.parametrize(
    ("fields", "protocol"),
    [
        ({}, "SSL"),
        ({"encryption": "None"}, "PLAINTEXT"),
    ],
)
def test_is_encrypted_unless_told_otherwise(fields: dict[str, object], protocol: str) -> None:
    assert producer_configuration(settings(**fields))["security.protocol"] == protocol


async def test_without_its_password_mounted_nothing_is_sent(tmp_path: Path) -> None:
    auth = {"type": "plain", "usernameFile": str(tmp_path / "user"), "passwordFile": str(tmp_path / "password")}
    async with settings(auth=auth).open() as sink:
        answer = await sink.deliver([outgoing("u", b"{}")])
    assert isinstance(answer, Paused)
    assert answer.reason.endswith("user can't be read (No such file or directory): give the Secret this key")


async def test_what_is_no_certificate_pauses(tmp_path: Path) -> None:
    (tmp_path / "ca.pem").write_text("nothing")
    async with settings(caFile=str(tmp_path / "ca.pem")).open() as sink:
        answer = await sink.deliver([outgoing("u", b"{}")])
    assert isinstance(answer, Paused)
    assert "ssl.ca.pem" in answer.reason
