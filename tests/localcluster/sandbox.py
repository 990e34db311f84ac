"""A place on this machine with its own network, mounts, processes and cgroups, which vanishes with its starter."""

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Unpack

from localcluster import guard
from localcluster.errors import ClusterError
from localcluster.lifeline import Lifeline, Options

_PROBE = "from localcluster import kernel, pid1; kernel.unshare(pid1.NAMESPACES)"


@dataclass(frozen=True)
class Sandbox:
    """Runs programs in there; see `lifeline.Runner`."""

    lifeline: Lifeline
    first_process: int
    """A pidfd of process 1."""

    def popen(self, argv: Sequence[str | Path], **options: Unpack[Options]) -> subprocess.Popen[str]:
        """See `lifeline.Runner.popen`."""
        return self.lifeline.popen(argv, sandbox=self.first_process, **options)


def obstacle() -> str | None:
    """Why this machine can hold no sandbox, or None where it can."""
    if sys.platform != "linux":
        return f"a node needs Linux, and this is {sys.platform}"
    if os.geteuid() != 0:
        return "a node needs root, and you are not"
    probe = subprocess.run(
        [sys.executable, "-S", "-c", _PROBE], env=guard.environment(), capture_output=True, check=False
    )
    return "root may not make namespaces here, as in most containers" if probe.returncode else None


@contextlib.contextmanager
def create(lifeline: Lifeline, layer: Path | None = None) -> Iterator[Sandbox]:
    """Make a sandbox, and end everything in it afterwards.

    Args:
        lifeline: what the sandbox lives on.
        layer: a folder to lay over `/usr`, with programs that the machine lacks.

    Raises:
        ClusterError: the kernel refused a part of it.
    """
    log = lifeline.state.path / "sandbox.log"
    program = [sys.executable, "-S", "-m", "localcluster.pid1", str(lifeline.state.path)]
    options = ["--lifeline", str(lifeline.descriptor), *(["--layer", str(layer)] if layer else [])]
    with log.open("wb") as errors:
        process = subprocess.Popen(
            [*program, *options],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
            env=guard.environment(),
            pass_fds=(lifeline.descriptor, lifeline.state.lock),
            start_new_session=True,
        )
    with process, contextlib.ExitStack() as stack:
        stack.callback(process.kill)  # process 1 dies with its parent
        first_process = os.pidfd_open(int(_line(process, log)))
        stack.callback(os.close, first_process)
        stack.callback(_kill, first_process)
        if _line(process, log) != "ready":
            raise ClusterError(f"the sandbox did not come up: {log.read_text().strip()}")
        yield Sandbox(lifeline, first_process)


def _line(process: subprocess.Popen[str], log: Path) -> str:
    line = process.stdout.readline() if process.stdout else ""
    if not line:
        process.wait()
        said = log.read_text().strip().splitlines() or ["it said nothing"]
        raise ClusterError(f"this machine refuses a part of the cluster's sandbox: {said[-1]}")
    return line.strip()


def _kill(pidfd: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        signal.pidfd_send_signal(pidfd, signal.SIGKILL)
