"""Who may still send: asked at the wire, where no wait is left between the answer and the request."""

from __future__ import annotations

from typing import Protocol


class Gate(Protocol):
    """Says whether requests may still be made."""

    def check(self) -> None:
        """Raise if this process may not act any more, or not for as long as a request can take."""


class OpenGate:
    """For whoever is alone with an organisation and needs nobody's leave."""

    def check(self) -> None:
        """Let every request be made."""
