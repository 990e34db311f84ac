"""kubectl as an administrator of one cluster."""

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

from localcluster.errors import ClusterError


@dataclass(frozen=True)
class Kubectl:
    """Runs one kubectl against one cluster."""

    program: Path
    kubeconfig: Path
    cache: Path
    """Its memory of what the API serves: kept per cluster, since the next one may have the same address."""

    @property
    def env(self) -> dict[str, str]:
        """What kubectl, and every other client of Kubernetes, should find in its environment."""
        return {"KUBECONFIG": str(self.kubeconfig), "KUBECACHEDIR": str(self.cache)}

    def __call__(self, *arguments: str, stdin: str | None = None) -> str:
        """Run it and return what it printed.

        Raises:
            ClusterError: it failed; the message holds what it said.
        """
        done = subprocess.run(
            [self.program, *arguments],
            input=stdin,
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, **self.env},
        )
        if done.returncode:
            raise ClusterError(f"kubectl {' '.join(arguments)}: {done.stderr.strip() or done.stdout.strip()}")
        return done.stdout
