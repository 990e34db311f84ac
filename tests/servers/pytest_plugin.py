"""Fixtures: each server is started once a session, by the first test that asks for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from servers import kafka as kafka_server
from servers import opensearch as opensearch_server
from servers import rsyslog as rsyslog_server
from servers import seaweedfs as seaweedfs_server
from servers import victoria_logs as victoria_logs_server
from servers.errors import ServerError, ServerMissing
from servers.kafka import Kafka
from servers.opensearch import OpenSearch
from servers.rsyslog import Rsyslog
from servers.seaweedfs import SeaweedFs
from servers.victoria_logs import VictoriaLogs


@contextmanager
def told() -> Iterator[None]:
    """Let a server that this machine can't run skip a test, and one that does not start fail it, by its sentence."""
    try:
        yield
    except ServerMissing as error:
        raise pytest.skip.Exception(str(error)) from None
    except ServerError as error:
        raise pytest.fail.Exception(str(error), pytrace=False) from None


@pytest.fixture(scope="session")
def opensearch(
    tmp_path_factory: pytest.TempPathFactory, cluster_progress: Callable[[str], None]
) -> Iterator[OpenSearch]:
    """An OpenSearch that others use too: take an index of your own."""
    with told(), opensearch_server.running(tmp_path_factory.mktemp("opensearch"), cluster_progress) as server:
        yield server


@pytest.fixture(scope="session")
def victoria_logs(
    tmp_path_factory: pytest.TempPathFactory, cluster_progress: Callable[[str], None]
) -> Iterator[VictoriaLogs]:
    """A VictoriaLogs that others use too: ask for what only you have sent."""
    with told(), victoria_logs_server.running(tmp_path_factory.mktemp("victoria-logs"), cluster_progress) as server:
        yield server


@pytest.fixture(scope="session")
def kafka(tmp_path_factory: pytest.TempPathFactory, cluster_progress: Callable[[str], None]) -> Iterator[Kafka]:
    """A Kafka that others use too: create a topic of your own."""
    with told(), kafka_server.running(tmp_path_factory.mktemp("kafka"), cluster_progress) as server:
        yield server


@pytest.fixture(scope="session")
def rsyslog(tmp_path_factory: pytest.TempPathFactory, cluster_progress: Callable[[str], None]) -> Iterator[Rsyslog]:
    """An rsyslog that others use too: ask for what only you have sent."""
    with told(), rsyslog_server.running(tmp_path_factory.mktemp("rsyslog"), cluster_progress) as server:
        yield server


@pytest.fixture(scope="session")
def seaweedfs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SeaweedFs]:
    """An S3 server that others use too: take a bucket of your own."""
    with told(), seaweedfs_server.running(tmp_path_factory.mktemp("seaweedfs")) as server:
        yield server
