"""How long a user waits from `kubectl apply` to READY, with everything in pods: the median of several hooks."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterable
from pathlib import Path

from benchmarks.measurement import Measurement
from demo.installing import install
from localcluster import complete
from localcluster.cluster import Cluster

_ROUNDS = 5
_QUICKSTART = str(Path(__file__).parents[2] / "manifests" / "examples" / "quickstart.yaml")


def run() -> Iterable[Measurement]:
    """Install as the demo does, with an Okta that takes its 2 s to verify, then apply one hook after the other."""
    with complete.start(_quiet) as cluster:
        files = install(cluster).folder
        seconds = [_ready_after_apply(cluster, files, f"team-{number}") for number in range(_ROUNDS)]
    yield Measurement("ready_after_apply_seconds", statistics.median(seconds), "s")
    yield Measurement("ready_after_apply_most_seconds", max(seconds), "s")


def _ready_after_apply(cluster: Cluster, files: Path, namespace: str) -> float:
    """Seconds for the hook of a new namespace, which is deleted again."""
    kubectl, within = cluster.kubectl, f"--namespace={namespace}"
    kubectl("create", "namespace", namespace)
    keys = (f"--from-file=token={files / 'api-token'}", f"--from-file={files / 'ca.crt'}")
    kubectl("create", "secret", "generic", "okta", within, *keys)
    begun = time.monotonic()
    kubectl("apply", within, f"--filename={_QUICKSTART}")
    kubectl("wait", within, "oktaeventhook/sign-ins", "--for=condition=Ready", "--timeout=120s")
    seconds = time.monotonic() - begun
    kubectl("delete", within, "oktaeventhook/sign-ins", "--timeout=60s")
    return seconds


def _quiet(_: str) -> None:
    """The bench prints numbers only."""
