"""Fixtures of the event hook tests."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import trustme

from unit.okta_simulator.event_hooks.receiver import Receiver, receiving
from unit.okta_simulator.event_hooks.tenant import Running, Tenant, tenant


@pytest.fixture(scope="session")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
async def receiver(authority: trustme.CA) -> AsyncIterator[Receiver]:
    async with receiving(authority) as listening:
        yield listening


@pytest.fixture
def running(authority: trustme.CA, tmp_path: Path) -> Running:
    """Organisations that behave as chosen."""
    return lambda options: tenant(authority, tmp_path, options)


@pytest.fixture
async def okta(authority: trustme.CA, tmp_path: Path) -> AsyncIterator[Tenant]:
    async with tenant(authority, tmp_path) as running:
        yield running


@pytest.fixture
async def stranger() -> AsyncIterator[Receiver]:
    """A receiver whose certificate authority Okta does not know."""
    async with receiving(trustme.CA()) as listening:
        yield listening


@pytest.fixture
async def misnamed(authority: trustme.CA) -> AsyncIterator[Receiver]:
    """A receiver whose certificate is for another name."""
    async with receiving(authority, certified="other.example.com") as listening:
        yield listening


@pytest.fixture
async def other_receiver(authority: trustme.CA) -> AsyncIterator[Receiver]:
    """A second receiver."""
    async with receiving(authority) as listening:
        yield listening
