"""promtool: says what is wrong with metrics, alerts and rules."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from localcluster import binaries


@dataclass(frozen=True)
class Promtool:
    """The program."""

    program: Path

    def complaints(self, *arguments: str | Path, given: str = "") -> tuple[str, ...]:
        """What it finds wrong, a line each; nothing where all is well.

        Args:
            arguments: Its command and what that takes, such as `check`, `metrics` or `test`, `rules` and a file.
            given: What it reads, as metrics are.
        """
        judged = subprocess.run(
            [self.program, *arguments], input=given, capture_output=True, text=True, timeout=60, check=False
        )
        if judged.returncode == 0:
            return ()
        return tuple(f"{judged.stdout}{judged.stderr}".splitlines()) or (f"it ended with {judged.returncode}",)


def found(progress: Callable[[str], None]) -> Promtool:
    """The program, built first where no cache has it.

    Args:
        progress: Is told what a build does.

    Raises:
        ClusterError: Go is missing, or the build failed.
    """
    return Promtool(binaries.find("promtool", progress))
