"""Zones and a client of their API."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from unit.okta_simulator.management_client import Client
from unit.okta_simulator.zones.zoned_organization import Zoned


@pytest.fixture
def zoned() -> Zoned:
    return Zoned()


@pytest.fixture
async def client(zoned: Zoned) -> AsyncIterator[Client]:
    async with zoned.answering() as answering:
        yield answering
