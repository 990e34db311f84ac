"""A server of JetStream, and a stream on it, for what the distributed journal does beyond the common contract."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from okta_hooks.journal.jetstream.settings import JetStreamSettings, StreamLimits
from samples.streams import DispatcherSide, dispatcher_side, settings
from servers import nats

LIMITS = StreamLimits(replicas=1, max_bytes=4 << 20, keep_bytes=1 << 20)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[nats.NatsServer]:
    with nats.running(tmp_path) as (server,):
        yield server


@pytest.fixture
def chosen(server: nats.NatsServer) -> JetStreamSettings:
    return settings([server.url])


@pytest.fixture
async def dispatcher(chosen: JetStreamSettings) -> AsyncIterator[DispatcherSide]:
    async with dispatcher_side(chosen, LIMITS) as side:
        yield side
