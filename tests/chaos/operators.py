"""The operator as a process that is killed and started again."""

from __future__ import annotations

import signal
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from contract.okta_hooks.controller.operators import Operator, running


@dataclass
class Operators:
    """One runs at a time.

    Args:
        kubeconfig: How it reaches Kubernetes.
        folder: Where it logs.
        arguments: Its command line.
    """

    kubeconfig: Path
    folder: Path
    arguments: Sequence[str]
    _stack: AsyncExitStack = field(default_factory=AsyncExitStack)
    _running: Operator | None = None

    async def start(self) -> None:
        """Start one."""
        self._running = await self._stack.enter_async_context(running(self.kubeconfig, self.folder, self.arguments))

    async def kill(self) -> None:
        """End it as a loss of power would."""
        assert self._running is not None
        await self._running.end(signal.SIGKILL)


@asynccontextmanager
async def operators(kubeconfig: Path, folder: Path, arguments: Sequence[str]) -> AsyncIterator[Operators]:
    """With none running yet; whichever runs in the end is killed."""
    async with AsyncExitStack() as stack:
        yield Operators(kubeconfig, folder, arguments, stack)
