"""The operator as a process of its own, as a pod runs it."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import sys
import uuid
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import aiohttp

from okta_hooks.okta.operations import Operation

SOURCES = Path(__file__).parents[4] / "operator"
_SECONDS_TO_START = 60.0
_SECONDS_TO_END = 30.0


@dataclass(frozen=True)
class Operator:
    """A running operator.

    Args:
        process: Its process.
        port: Where it answers probes and gives metrics.
        log: The file with its log lines.
    """

    process: asyncio.subprocess.Process
    port: int
    log: Path

    def lines(self) -> list[dict[str, object]]:
        """What it has logged."""
        return _lines(self.log)

    async def metrics(self) -> str:
        """What it tells Prometheus."""
        async with aiohttp.ClientSession() as session, session.get(f"http://127.0.0.1:{self.port}/metrics") as answer:
            return await answer.text()

    async def calls(self, operation: Operation) -> float:
        """How often it called an operation of Okta's, whatever came of it."""
        lines = (await self.metrics()).splitlines()
        begin = f'okta_hooks_okta_calls_total{{operation="{operation.name}"'
        return sum(float(line.split()[-1]) for line in lines if line.startswith(begin))

    async def end(self, number: signal.Signals = signal.SIGTERM) -> int:
        """Send a signal, and wait for the end; gives the exit code."""
        self.process.send_signal(number)
        async with asyncio.timeout(_SECONDS_TO_END):
            return await self.process.wait()


async def launched(kubeconfig: Path, log: Path, arguments: Sequence[str]) -> asyncio.subprocess.Process:
    """Start an operator that adds its log lines to a file; whoever asks for it sees to its end."""
    with log.open("ab") as written:
        return await asyncio.create_subprocess_exec(
            sys.executable, "-m", "okta_hooks", "operator", "--port=0", "--image=none", "--identity=test", *arguments,
            env={**os.environ, "KUBECONFIG": str(kubeconfig), "PYTHONPATH": str(SOURCES)},
            stdin=asyncio.subprocess.DEVNULL, stdout=written, stderr=written,
        )  # fmt: skip


@contextlib.asynccontextmanager
async def running(kubeconfig: Path, folder: Path, arguments: Sequence[str]) -> AsyncIterator[Operator]:
    """Run an operator; it is killed if it has not ended by the end."""
    log = folder / f"operator-{uuid.uuid4().hex[:8]}.log"
    process = await launched(kubeconfig, log, arguments)
    try:
        yield Operator(process, await _port(process, log), log)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def _port(process: asyncio.subprocess.Process, log: Path) -> int:
    """The port that the operator says it has taken."""
    async with asyncio.timeout(_SECONDS_TO_START):
        while process.returncode is None:
            port = next((line["port"] for line in _lines(log) if "port" in line), None)
            if isinstance(port, int):
                return port
            await asyncio.sleep(0.05)
    raise AssertionError(f"the operator ended with {process.returncode}: {_lines(log)}")


def _lines(log: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in log.read_text().splitlines() if line.startswith("{")]
