"""The demo's installation where nobody watches: for tests and benchmarks that need the operator in pods."""

from __future__ import annotations

import os
from pathlib import Path

from demo import okta, story
from demo.okta import Okta
from demo.terminal import Terminal
from localcluster.cluster import Cluster

_ROOT = Path(__file__).parents[2]


def install(cluster: Cluster) -> Okta:
    """Put an organisation and the operator into a cluster, and wait until both run.

    Raises:
        NotAsSaid: A command of it failed.
    """
    organization = okta.prepare(cluster)
    path = os.pathsep.join((str(cluster.kubectl.program.parent), os.environ["PATH"]))
    environment = {**cluster.kubectl.env, "PATH": path, "OKTA_FILES": str(organization.folder)}
    terminal = Terminal(_ROOT, environment, _unseen)
    for command in story.INSTALLING.commands:
        command.type_into(terminal)
    return organization


def uninstall(cluster: Cluster) -> None:
    """Take both away again, and the kinds with them: no hook may be left."""
    overlay = _ROOT / "manifests" / "overlays" / "test"
    cluster.kubectl("delete", f"--kustomize={overlay}", "--wait=false")
    cluster.kubectl("delete", "namespace", "okta", "--wait=false")


def _unseen(_: str) -> None:
    """Nobody sees what is typed."""
