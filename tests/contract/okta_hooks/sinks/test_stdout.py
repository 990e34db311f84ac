"""`stdout` keeps the contract of sinks; the other side is whoever reads a pipe."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager

import pytest

from contract.okta_hooks.sinks.sink_contract import SinkContract
from okta_hooks.sinks import SinkSettings
from okta_hooks.sinks.stdout import StdoutSink


class PipeReader:
    """Reads lines from a pipe."""

    def __init__(self) -> None:
        self._read_end, self._write_end = os.pipe()

    @property
    def settings(self) -> SinkSettings:
        return self

    @asynccontextmanager
    async def open(self) -> AsyncIterator[StdoutSink]:
        yield StdoutSink(self._write_end)

    async def received(self, count: int) -> Sequence[bytes]:
        return await asyncio.to_thread(self._lines, count)

    async def fail(self) -> None:
        os.close(self._read_end)
        self._read_end = -1

    def close(self) -> None:
        os.close(self._write_end)
        if self._read_end >= 0:
            os.close(self._read_end)

    def _lines(self, count: int) -> list[bytes]:
        text = b""
        while text.count(b"\n") < count:
            text += os.read(self._read_end, 1 << 16)
        return text.splitlines()


class TestStdout(SinkContract):
    @pytest.fixture
    def side(self) -> Iterator[PipeReader]:
        reader = PipeReader()
        yield reader
        reader.close()
