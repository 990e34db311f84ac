"""Starts a cluster as a program of its own that tests can kill: `python -m cluster.starter KIND`.

Prints the path of the cluster's state folder when it is up, then waits for the end of its standard input.
"""

import signal
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager

from localcluster import controlplane, images, local
from localcluster.controlplane import ControlPlane
from localcluster.local import LocalCluster


def node(progress: Callable[[str], None]) -> AbstractContextManager[LocalCluster]:
    """A cluster that can run a shell, without addons."""
    return local.start(progress, [images.programs.shell(progress)])


KINDS: dict[str, Callable[[Callable[[str], None]], AbstractContextManager[ControlPlane | LocalCluster]]] = {
    "controlplane": controlplane.start,
    "node": node,
}


def _ignore(progress: str) -> None:
    """Tests build all programs before."""


def main() -> None:
    """Start the kind that is named."""
    # A shell starts what runs in the background with Ctrl-C ignored, and so would this be then.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    with KINDS[sys.argv[1]](_ignore) as started:
        sys.stdout.write(f"{started.kubeconfig.parent}\n")
        sys.stdout.flush()
        sys.stdin.read()


if __name__ == "__main__":
    main()
