"""An operator that is killed and started again."""

from __future__ import annotations

import asyncio
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
        self._arguments = (*arguments, f"--identity=operator-{uuid.uuid4().hex[:8]}")
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

    def strike(self) -> None:
        """Send SIGKILL, and wait for nothing."""
        if self._process is not None and self._process.returncode is None:
            self._process.kill()

    async def kill(self) -> None:
        """Let it end at once, without a word to anybody."""
        self.strike()
        if self._process is not None:
            await self._process.wait()

    async def restart(self) -> None:
        """Start it again, once it is dead."""
        await self.kill()
        await self.start()
