"""A log and a client that asks it."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from unit.okta_simulator.management_client import Client
from unit.okta_simulator.system_log.written_log import WrittenLog


@pytest.fixture
def written() -> WrittenLog:
    return WrittenLog()


@pytest.fixture
async def client(written: WrittenLog) -> AsyncIterator[Client]:
    async with written.answering() as answering:
        yield answering
