"""An operator that is killed and started again."""

from __future__ import annotations

import asyncio
import os
import signal
import uuid
from collections.abc import Sequence
from multiprocessing import get_context
from multiprocessing.context import ForkServerProcess
from pathlib import Path

from crash.okta_hooks.controller import operator_process


class Killable:
    """An operator that is started and killed again and again. It keeps its name, as a pod keeps it through restarts.

    Each is a process of its own, forked from one that has done nothing but import the operator's modules: importing
    takes longer than everything else that a test does.

    Args:
        kubeconfig: How it reaches Kubernetes.
        log: Where its log lines go, of all its lives.
        arguments: How it is started.
    """

    def __init__(self, kubeconfig: Path, log: Path, arguments: Sequence[str]) -> None:
        self.identity = f"operator-{uuid.uuid4().hex[:8]}"
        self.log = log
        self._kubeconfig = kubeconfig
        self._arguments = (*arguments, f"--identity={self.identity}")
        self._forks = get_context("forkserver")
        self._forks.set_forkserver_preload(list(operator_process.MODULES))
        self._process: ForkServerProcess | None = None

    @property
    def is_running(self) -> bool:
        """Whether it was started and has not ended."""
        return self._process is not None and self._process.exitcode is None

    async def start(self) -> None:
        """Start it, unless it runs."""
        if not self.is_running:
            given = (self._kubeconfig, self.log, self._arguments)
            self._process = self._forks.Process(target=operator_process.operate, args=given, daemon=True)
            await asyncio.to_thread(self._process.start)

    def send(self, number: signal.Signals) -> None:
        """Send it a signal, and wait for nothing."""
        if self._process is not None and self._process.pid is not None and self.is_running:
            os.kill(self._process.pid, number)

    def strike(self) -> None:
        """Let it end at once, without a word to anybody."""
        self.send(signal.SIGKILL)

    async def kill(self) -> None:
        """Return when it has been struck and is dead."""
        self.strike()
        await self.ended()

    async def ended(self) -> int | None:
        """Return when it has ended, with its exit code; None where it was never started."""
        if self._process is None:
            return None
        loop, end = asyncio.get_running_loop(), asyncio.Event()
        loop.add_reader(self._process.sentinel, end.set)
        try:
            await end.wait()
        finally:
            loop.remove_reader(self._process.sentinel)
        return self._process.exitcode

    async def restart(self) -> None:
        """Start it again, once it is dead."""
        await self.kill()
        await self.start()
