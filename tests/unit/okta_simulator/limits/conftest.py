"""An organisation behind its gate."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from unit.okta_simulator.credentials.guarded_organization import Guarded, guarded


@pytest.fixture
async def org() -> AsyncIterator[Guarded]:
    async with guarded() as organization:
        yield organization
