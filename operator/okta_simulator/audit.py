"""The port through which services write down what somebody did in the organisation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal, Protocol

import msgspec

from okta_simulator.caller import Caller

Severity = Literal["DEBUG", "INFO", "WARN", "ERROR"]
"""How an entry of the System Log is weighted."""


class Target(msgspec.Struct, frozen=True):
    """What an action was done to, as the System Log's `target` names it."""

    id: str
    type: str
    display_name: str
    alternate_id: str = "unknown"


class Audit(Protocol):
    """Writes entries of the System Log for actions of administrators, apps and Okta itself."""

    def record(
        self,
        event_type: str,
        caller: Caller,
        *,
        targets: Sequence[Target] = (),
        result: str = "SUCCESS",
        reason: str | None = None,
        severity: Severity = "INFO",
        debug_data: Mapping[str, str] | None = None,
    ) -> None:
        """Write an entry, published now; hooks that subscribe to its type get it as any other event."""
