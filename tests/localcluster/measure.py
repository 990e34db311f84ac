"""How long a start takes once everything is built: what `make bench` prints of this package."""

import time
from collections.abc import Callable

from localcluster import binaries, controlplane, images, local

_POD = ("run", "first", f"--image={images.BUSYBOX}", "--image-pull-policy=Never", "--", "sleep", "1h")


def controlplane_warm_start_seconds(progress: Callable[[str], None]) -> float:
    """From nothing to an API in which objects can be made."""
    binaries.find_all(controlplane.PROGRAMS, progress)
    begun = time.monotonic()
    with controlplane.start(progress):
        return time.monotonic() - begun


def cluster_first_pod_seconds(progress: Callable[[str], None]) -> float:
    """From nothing to a pod that runs, on a node that holds all images."""
    binaries.find_all(local.PROGRAMS, progress)
    archives = images.ensure(progress)
    begun = time.monotonic()
    with local.start(progress, archives) as cluster:
        cluster.kubectl(*_POD)
        cluster.kubectl("wait", "pod/first", "--for=condition=Ready", "--timeout=60s")
        return time.monotonic() - begun
