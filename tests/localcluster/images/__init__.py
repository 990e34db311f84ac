"""The images that a cluster runs, as archives in the cache: nothing is pulled from a registry."""

from collections.abc import Callable
from pathlib import Path

from localcluster.images import programs, project
from localcluster.images.programs import BUSYBOX, COREDNS, NATS, PAUSE, PROVISIONER, TRAEFIK, VICTORIA_LOGS

OPERATOR = project.TARGETS["operator"]
SIMULATOR = project.TARGETS["simulator"]

__all__ = [
    "BUSYBOX",
    "COREDNS",
    "NATS",
    "OPERATOR",
    "PAUSE",
    "PROVISIONER",
    "SIMULATOR",
    "TRAEFIK",
    "VICTORIA_LOGS",
    "ensure",
]


def ensure(progress: Callable[[str], None]) -> list[Path]:
    """The archives of all images, in the order in which a cluster needs them; what changed is made anew.

    Args:
        progress: is told what is made, a line at a time; the first time it takes minutes.

    Raises:
        ClusterError: a program is missing or a build failed.
    """
    return [
        programs.shell(progress),
        *programs.addons(progress),
        programs.logs(progress),
        programs.messages(),
        project.ensure(progress),
    ]
