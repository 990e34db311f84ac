"""The fixture `promtool`, built by the first test that asks for it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from localcluster.errors import ClusterError
from prometheus import promtool as judge
from prometheus.promtool import Promtool


@pytest.fixture(scope="session")
def promtool(cluster_progress: Callable[[str], None]) -> Promtool:
    """Says what Prometheus finds wrong."""
    try:
        return judge.found(cluster_progress)
    except ClusterError as error:
        raise pytest.fail.Exception(str(error), pytrace=False) from None
