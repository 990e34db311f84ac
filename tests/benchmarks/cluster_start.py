"""How long a Kubernetes takes from nothing, when everything is built: a control plane, and a cluster's first pod."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator

from benchmarks.measurement import Measurement
from localcluster import complete, controlplane, images

_ROUNDS = 3
_POD = f"""
apiVersion: v1
kind: Pod
metadata: {{name: first}}
spec:
  restartPolicy: Never
  terminationGracePeriodSeconds: 0
  containers:
  - name: shell
    image: {images.BUSYBOX}
    imagePullPolicy: Never
    command: [sh, -c, "exec sleep 600"]
"""


def run() -> Iterator[Measurement]:
    """Build what is missing first, outside of the measured time."""
    images.ensure(_quiet)
    yield Measurement("controlplane_warm_start_seconds", statistics.median(map(_control_plane, range(_ROUNDS))), "s")
    yield Measurement("cluster_first_pod_seconds", _first_pod(), "s")


def _control_plane(_: int) -> float:
    begun = time.monotonic()
    with controlplane.start(_quiet) as plane:
        plane.kubectl("get", "namespace", "default")
        return time.monotonic() - begun


def _first_pod() -> float:
    """Until a pod of a user's runs, with DNS, volumes and the gateway in place."""
    begun = time.monotonic()
    with complete.start(_quiet) as cluster:
        cluster.kubectl("create", "--filename=-", stdin=_POD)
        cluster.kubectl("wait", "--for=condition=Ready", "pod/first", "--timeout=60s")
        return time.monotonic() - begun


def _quiet(_: str) -> None:
    """The bench prints numbers only."""
