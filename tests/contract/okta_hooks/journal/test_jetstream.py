"""A stream of JetStream keeps the journal's contract."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from uuid import uuid4

import pytest

from contract.okta_hooks.journal.journal_contract import ROOM_BYTES, JournalContract
from okta_hooks.journal import Appender, Reader, Retention
from okta_hooks.journal.jetstream.appender import StreamAppender
from okta_hooks.journal.jetstream.settings import StreamLimits
from samples.streams import DispatcherSide, dispatcher_side, settings
from servers import nats

LIMITS = StreamLimits(replicas=1, max_bytes=64 << 20, keep_bytes=32 << 20)
SMALL = StreamLimits(replicas=1, max_bytes=ROOM_BYTES, keep_bytes=1 << 20)


class JetStream:
    """A stream that is made when it is first opened."""

    def __init__(self, url: str, side: DispatcherSide, small: DispatcherSide) -> None:
        self._settings = settings([url], side.stream.name)
        self._side = side
        self._small = small
        self._current = side

    def open(self, *, small: bool = False) -> AbstractAsyncContextManager[Appender]:
        self._current = self._small if small else self._side
        return self._open(SMALL if small else LIMITS)

    @asynccontextmanager
    async def _open(self, limits: StreamLimits) -> AsyncIterator[Appender]:
        await self._side.stream.make(limits)
        async with StreamAppender(self._settings) as appender:
            yield appender

    def reader(self) -> Reader:
        return self._current.reader

    def retention(self) -> Retention:
        return self._current.retention


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder: Path = tmp_path_factory.mktemp("nats")
    with nats.running(folder, nats.NatsOptions(more="max_payload: 8MB")) as (server,):
        yield server.url


class TestJetStream(JournalContract):
    @pytest.fixture
    async def journal(self, url: str) -> AsyncIterator[JetStream]:
        chosen = settings([url], uuid4().hex)
        async with (
            dispatcher_side(chosen, LIMITS, made=False) as side,
            dispatcher_side(chosen, SMALL, made=False) as small,
        ):
            yield JetStream(url, side, small)
