"""What all incidents have."""

from __future__ import annotations

from typing import Protocol

from chaos.stage import Stage


class Incident(Protocol):
    """Something that goes wrong."""

    @property
    def named(self) -> frozenset[str]:
        """Reasons, of which the status has to say one while it lasts; none where nothing need be told."""
        ...

    async def begin(self, stage: Stage) -> None:
        """Let it go wrong."""
        ...

    async def end(self, stage: Stage) -> None:
        """Let it be well again; what the operator has to repair is left to it."""
        ...
