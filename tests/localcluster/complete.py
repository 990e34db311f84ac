"""A cluster with all that applications expect of one: DNS, volumes, a gateway, and the project's images."""

import contextlib
from collections.abc import Callable, Iterator

from localcluster import addons, diagnosis, images, local
from localcluster.local import LocalCluster


@contextlib.contextmanager
def start(progress: Callable[[str], None]) -> Iterator[LocalCluster]:
    """Start it; the first time, programs and images are built, which takes minutes.

    Raises:
        ClusterError: it cannot be built or does not start.
    """
    archives = images.ensure(progress)
    with local.start(progress, archives) as cluster:
        with diagnosis.keep_on_error(cluster.logs):
            addons.install(cluster, progress)
        progress("DNS, volumes and the gateway serve")
        yield cluster
