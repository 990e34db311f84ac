"""What the formats are held to."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from contract.okta_hooks.formats import ecs_schema
from contract.okta_hooks.formats.ecs_schema import EcsSchema
from servers.pytest_plugin import told


@pytest.fixture(scope="session")
def ecs(cluster_progress: Callable[[str], None]) -> EcsSchema:
    """The published Elastic Common Schema."""
    with told():
        return ecs_schema.published(cluster_progress)
