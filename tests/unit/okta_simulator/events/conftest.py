"""A company in which things happen."""

from __future__ import annotations

import pytest

from unit.okta_simulator.events.company_events import CompanyEvents


@pytest.fixture
def company() -> CompanyEvents:
    return CompanyEvents()
