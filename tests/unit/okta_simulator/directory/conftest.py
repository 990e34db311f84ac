"""A company and a client of its management API."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from unit.okta_simulator.directory.small_company import Company
from unit.okta_simulator.management_client import Client


@pytest.fixture
def company() -> Company:
    return Company()


@pytest.fixture
async def client(company: Company) -> AsyncIterator[Client]:
    async with company.answering() as answering:
        yield answering
