"""Secrets that change, and files of them that are late."""

from __future__ import annotations

from dataclasses import dataclass

from chaos.stage import Stage


@dataclass(frozen=True)
class SecretChanged:
    """Somebody puts another secret into the Secret, whose files follow late.

    Args:
        lag: Seconds by which they do.
    """

    lag: float
    named: frozenset[str] = frozenset()

    async def begin(self, stage: Stage) -> None:
        """See `Incident`."""
        stage.pod.mount_lag = self.lag
        await stage.world.apply_secret("hook", {"secret": f"the secret after {len(stage.emitted)} events"})

    async def end(self, stage: Stage) -> None:
        """See `Incident`."""
        stage.pod.mount_lag = 0.0
