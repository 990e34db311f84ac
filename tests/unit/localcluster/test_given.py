"""A cluster that the user has stands in for one of ours, and says where it cannot."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from localcluster import given, lifeline, statefolder
from localcluster.errors import ClusterError
from localcluster.given import GivenCluster
from localcluster.kubectl import Kubectl
from localcluster.pki import Authority

KUBECTL = """#!/bin/sh
case "$*" in
  *port-forward*) echo "Forwarding from 127.0.0.1:4711 -> 80"; exec sleep 1000;;
  *) echo "$KUBECONFIG: $*";;
esac
"""


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[GivenCluster]:
    program = tmp_path / "kubectl"
    program.write_text(KUBECTL)
    program.chmod(0o755)
    with statefolder.create(print, tmp_path) as state, lifeline.hold(state) as line:
        kubectl = Kubectl(program, Path("/theirs"), tmp_path / "cache")
        yield GivenCluster("given", line, kubectl, Authority("ca"), lambda _: None)


def test_kubectl_uses_their_kubeconfig(cluster: GivenCluster) -> None:
    assert cluster.kubectl("get", "pods") == "/theirs: get pods\n"


def test_a_program_runs_with_their_kubeconfig(cluster: GivenCluster) -> None:
    assert cluster.run(["sh", "-c", "echo $KUBECONFIG"]).stdout == "/theirs\n"


def test_a_program_that_fails_is_quoted(cluster: GivenCluster) -> None:
    with pytest.raises(ClusterError, match="it broke"):
        cluster.run(["sh", "-c", "echo it broke >&2; exit 1"])


def test_services_are_forwarded_by_kubectl(cluster: GivenCluster) -> None:
    assert cluster.forward("web.default.svc", 80) == ("127.0.0.1", 4711)


def test_an_address_cannot_be_forwarded(cluster: GivenCluster) -> None:
    with pytest.raises(ClusterError, match=r"only Services can be reached by name, and 10\.0\.0\.1 names none"):
        cluster.forward("10.0.0.1", 80)


def test_a_kubeconfig_that_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KUBECONFIG", "/nowhere/config")
    sentence = "KUBECONFIG names /nowhere/config, which is no file"
    with pytest.raises(ClusterError, match=sentence), given.from_kubeconfig(print):
        pass
