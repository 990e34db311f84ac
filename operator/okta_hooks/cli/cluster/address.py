"""Which hook, in which cluster."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class HookAddress:
    """A hook as a command names it.

    Args:
        name: Its name.
        namespace: Its namespace; None for that of the context.
        context: The kubeconfig's context; None for the current one.
        kubeconfig: How to reach the cluster; None for kubectl's own way to find out.
    """

    name: str
    namespace: str | None = None
    context: str | None = None
    kubeconfig: Path | None = None

    @property
    def kubectl_options(self) -> tuple[str, ...]:
        """The same for kubectl."""
        given = {"namespace": self.namespace, "context": self.context, "kubeconfig": self.kubeconfig}
        return tuple(f"--{name}={value}" for name, value in given.items() if value is not None)

    def __str__(self) -> str:
        return f"{self.namespace}/{self.name}" if self.namespace else self.name
