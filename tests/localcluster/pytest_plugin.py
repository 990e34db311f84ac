"""Fixtures for tests that need a real Kubernetes: `controlplane` (seconds, no root) and `cluster` (with pods).

Each is started once a session, by the first test that asks for it; under pytest-xdist once in every worker that
needs it, and `--dist loadgroup` brings all tests of one kind to the same worker. When a test fails, what its cluster
looked like at that moment is kept in a folder that the test's report names.
"""

import contextlib
import sys
from collections.abc import Callable, Generator, Iterator

import pytest

from localcluster import choice, diagnosis
from localcluster import controlplane as plane
from localcluster.cluster import Cluster
from localcluster.controlplane import ControlPlane
from localcluster.errors import ClusterError

_FIXTURES = ("cluster", "controlplane")


@pytest.fixture(scope="session")
def cluster_progress(pytestconfig: pytest.Config) -> Callable[[str], None]:
    """Tells whoever watches the tests why nothing moves; a first build takes minutes."""
    capture = pytestconfig.pluginmanager.getplugin("capturemanager")

    def tell(line: str) -> None:
        if capture is None:
            print(line, file=sys.stderr, flush=True)
            return
        with capture.global_and_fixture_disabled():
            print(f"\n{line}", end="", file=sys.stderr, flush=True)

    return tell


@contextlib.contextmanager
def _told() -> Iterator[None]:
    """Let a cluster that is not to be had skip a test, and one that does not start fail it, by its sentence alone."""
    try:
        yield
    except choice.NoClusterError as error:
        raise pytest.skip.Exception(str(error)) from None
    except ClusterError as error:
        raise pytest.fail.Exception(str(error), pytrace=False) from None


@pytest.fixture(scope="session")
def controlplane(cluster_progress: Callable[[str], None]) -> Iterator[ControlPlane]:
    """A Kubernetes API with its controllers and without nodes, shared by the session: use your own namespace."""
    with _told(), plane.start(cluster_progress) as started:
        yield started


@pytest.fixture(scope="session")
def cluster(cluster_progress: Callable[[str], None]) -> Iterator[Cluster]:
    """A whole cluster, shared by the session: use your own namespace."""
    with _told(), choice.start(cluster_progress) as started:
        yield started


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark tests by what they need, so that `-m` can choose them and xdist keeps them together.

    First of all plugins, since xdist reads the groups in the same hook: else each worker starts a cluster of its own.
    """
    for item in items:
        for fixture in _FIXTURES:
            if fixture in getattr(item, "fixturenames", ()):
                item.add_marker(fixture)
                item.add_marker(pytest.mark.xdist_group(fixture))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Keep the logs of a failed test's cluster and say where."""
    report = yield
    if report.when == "call" and report.failed:
        for fixture in _FIXTURES:
            subject = getattr(item, "funcargs", {}).get(fixture)
            if subject is not None:
                report.sections.append((f"Logs of the {fixture}", f"kept in {diagnosis.keep(subject, item.name)}"))
    return report
