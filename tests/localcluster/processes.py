"""The programs that a cluster consists of: each with a log, a bounded wait until it is ready, and an end."""

import contextlib
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

from localcluster.errors import ClusterError
from localcluster.lifeline import Runner

_POLL = 0.05
_LAST_LINES = 8


@dataclass(frozen=True)
class Component:
    """One running program of the cluster."""

    name: str
    process: subprocess.Popen[str]
    log: Path

    def wait_until(self, ready: Callable[[], bool], *, within: float) -> None:
        """Wait until `ready` says so.

        Args:
            ready: asked twenty times a second; must not raise.
            within: seconds.

        Raises:
            ClusterError: the program ended or is not ready in time; the message has its log's last lines.
        """
        deadline = time.monotonic() + within
        while not ready():
            if self.process.poll() is not None:
                raise ClusterError(f"{self.name} ended with code {self.process.returncode} {self._explained()}")
            if time.monotonic() > deadline:
                raise ClusterError(f"{self.name} was not ready within {within:.0f} s {self._explained()}")
            time.sleep(_POLL)

    def _explained(self) -> str:
        lines = self.log.read_text(errors="replace").splitlines()[-_LAST_LINES:]
        return f"(log: {self.log}); it said last:\n" + "\n".join(lines)


@dataclass(frozen=True)
class Components:
    """Starts programs on a runner, logs in one folder; ends them in reverse order.

    Everything they store is thrown away afterwards, so each gets only `grace` seconds to end by itself:
    kube-apiserver alone would take a minute.
    """

    runner: Runner
    logs: Path
    grace: float = 1.0
    _running: list[Component] = field(default_factory=list)

    def start(self, name: str, argv: Sequence[str | Path]) -> Component:
        """Start a program whose output goes to `<name>.log`."""
        self.logs.mkdir(parents=True, exist_ok=True)
        log = self.logs / f"{name}.log"
        with log.open("ab") as output:
            process = self.runner.popen(
                argv, stdin=subprocess.DEVNULL, stdout=output.fileno(), stderr=subprocess.STDOUT
            )
        component = Component(name, process, log)
        self._running.append(component)
        return component

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for component in reversed(self._running):
            component.process.terminate()
            # Who takes longer is killed when the lifeline ends, just after this.
            with contextlib.suppress(subprocess.TimeoutExpired):
                component.process.wait(self.grace)
        self._running.clear()
