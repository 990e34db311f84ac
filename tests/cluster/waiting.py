"""Waiting for what a cluster promises to do soon, and not at once."""

import time
from collections.abc import Callable

from localcluster.errors import ClusterError


def eventually(condition: Callable[[], bool], *, within: float = 30.0) -> bool:
    """Ask until the answer is yes; False when it is not within so many seconds. A ClusterError counts as no."""
    deadline = time.monotonic() + within
    while not _holds(condition):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.1)
    return True


def _holds(condition: Callable[[], bool]) -> bool:
    try:
        return condition()
    except ClusterError:
        return False
