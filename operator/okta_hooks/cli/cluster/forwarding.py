"""A port of a pod on this machine, as long as it is needed."""

from __future__ import annotations

import re
import select
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from okta_hooks.cli.cluster.kubectl import NOT_INSTALLED, Kubectl, failure
from okta_hooks.cli.failures import Failed

_LISTENS = re.compile(rb"Forwarding from 127\.0\.0\.1:(\d+)")
_PATIENCE = 60.0
_FAREWELL = 5.0


@contextmanager
def forwarded(kubectl: Kubectl, pod: str, port: int) -> Iterator[int]:
    """The port of this machine's own address that leads to a pod's.

    Raises:
        Failed, NotAllowed, NotThere: It can't be had.
    """
    line = kubectl.line("port-forward", "--address=127.0.0.1", f"pod/{pod}", f":{port}")
    with tempfile.TemporaryFile() as said:
        try:
            child = subprocess.Popen(line, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=said)
        except FileNotFoundError as error:
            raise Failed(NOT_INSTALLED) from error
        with child:
            try:
                yield _listening(child, said, pod)
            finally:
                _end(child)


def _listening(child: subprocess.Popen[bytes], said: IO[bytes], pod: str) -> int:
    assert child.stdout is not None  # noqa: S101 -- it was started with a pipe
    is_told, _, _ = select.select([child.stdout], [], [], _PATIENCE)
    listens = _LISTENS.match(child.stdout.readline()) if is_told else None
    if listens:
        return int(listens[1])
    if not is_told:
        raise Failed(f"the pod {pod} can't be reached: kubectl port-forward says nothing within {_PATIENCE:.0f} s")
    child.wait(_FAREWELL)
    said.seek(0)
    raise failure(said.read().decode(errors="replace"), f"the pod {pod}")


def _end(child: subprocess.Popen[bytes]) -> None:
    child.terminate()
    try:
        child.wait(_FAREWELL)
    except subprocess.TimeoutExpired:
        child.kill()
