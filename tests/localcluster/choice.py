"""Which cluster tests and `make cluster` get on this machine."""

import contextlib
import os
from collections.abc import Callable, Iterator

from localcluster import addons, complete, given, images, sandbox
from localcluster.cluster import Cluster
from localcluster.errors import ClusterError


class NoClusterError(ClusterError):
    """This machine can hold no cluster of ours, and the user has given none."""


@contextlib.contextmanager
def start(progress: Callable[[str], None]) -> Iterator[Cluster]:
    """One of ours where the machine can hold it, else the one of KUBECONFIG, else one that kind makes.

    Raises:
        NoClusterError: none of them is to be had.
        ClusterError: the one that is did not start.
    """
    obstacle = sandbox.obstacle()
    if not obstacle:
        with complete.start(progress) as own:
            yield own
    elif os.environ.get("KUBECONFIG"):
        progress(f"no cluster of our own, since {obstacle}")
        with given.from_kubeconfig(progress) as theirs:
            yield theirs
    elif given.has_kind():
        progress(f"no cluster of our own, since {obstacle}")
        with given.from_kind(progress) as made:
            for archive in images.ensure(progress):
                made.load_image(archive)
            addons.install(made, progress)
            yield made
    else:
        raise NoClusterError(
            f"there is no whole cluster to be had: {obstacle}, KUBECONFIG names none, and no kind with a Docker "
            "that answers was found; become root on Linux, set KUBECONFIG or install kind"
        )
