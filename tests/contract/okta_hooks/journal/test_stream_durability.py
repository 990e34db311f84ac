"""What is said of settings that do not survive what a journal should."""

from __future__ import annotations

from pathlib import Path

import pytest

from okta_hooks.journal.jetstream.durability import Durability
from servers import nats


@pytest.mark.parametrize(
    ("sync_interval", "replicas", "said"),
    [
        ("always", 3, None),
        ("always", 1, "the loss of its one server's disk"),
        (None, 3, "can lose what was acknowledged in the last 120 s"),
        ('"10s"', 1, "so does a loss of power, those of the last 10 s"),
    ],
)
async def test_a_servers_settings_are_read_from_its_monitoring_endpoint(
    tmp_path: Path, sync_interval: str | None, replicas: int, said: str | None
) -> None:
    with nats.running(tmp_path, nats.NatsOptions(sync_interval)) as (server,):
        durability = Durability([server.monitor])
        await durability.look(replicas)
    assert (said or "") in (durability.weakness or "")
    assert (durability.weakness is None) == (said is None)


async def test_without_an_endpoint_nothing_is_claimed() -> None:
    durability = Durability([])
    await durability.look(3)
    assert "was not checked" in (durability.weakness or "")


async def test_with_an_endpoint_that_does_not_answer_nothing_is_claimed(tmp_path: Path) -> None:
    with nats.running(tmp_path, nats.NatsOptions("always")) as (server,):
        durability = Durability([server.monitor, "http://127.0.0.1:1"])
        await durability.look(3)
    assert "was not checked" in (durability.weakness or "")
