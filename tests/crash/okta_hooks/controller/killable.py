"""An operator that is killed and started again."""

from __future__ import annotations

import asyncio
import signal
import uuid
from collections.abc import Sequence
from pathlib import Path

from contract.okta_hooks.controller.operators import launched


class Killable:
    """An operator that is started and killed again and again. It keeps its name, as a pod keeps it through restarts.

    Args:
        kubeconfig: How it reaches Kubernetes.
        log: Where its log lines go, of all its lives.
        arguments: How it is started.
    """

    def __init__(self, kubeconfig: Path, log: Path, arguments: Sequence[str]) -> None:
        self._kubeconfig = kubeconfig
        self.identity = f"operator-{uuid.uuid4().hex[:8]}"
        self._arguments = (*arguments, f"--identity={self.identity}")
        self._process: asyncio.subprocess.Process | None = None
        self.log = log

    @property
    def is_running(self) -> bool:
        """Whether it was started and has not ended."""
        return self._process is not None and self._process.returncode is None

    async def start(self) -> None:
        """Start it, unless it runs."""
        if not self.is_running:
            self._process = await launched(self._kubeconfig, self.log, self._arguments)

    def send(self, number: signal.Signals) -> None:
        """Send it a signal, and wait for nothing."""
        if self._process is not None and self._process.returncode is None:
            self._process.send_signal(number)

    def strike(self) -> None:
        """Let it end at once, without a word to anybody."""
        self.send(signal.SIGKILL)

    async def kill(self) -> None:
        """Return when it has been struck and is dead."""
        self.strike()
        await self.ended()

    async def ended(self) -> int | None:
        """Return when it has ended, with its exit code; None where it was never started."""
        return await self._process.wait() if self._process is not None else None

    async def restart(self) -> None:
        """Start it again, once it is dead."""
        await self.kill()
        await self.start()
