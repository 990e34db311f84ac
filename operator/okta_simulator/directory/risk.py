"""How risky Okta thinks a person is (Identity Threat Protection)."""

from __future__ import annotations

from typing import Literal

import msgspec

from okta_simulator.audit import Audit
from okta_simulator.caller import Caller
from okta_simulator.directory.user import User
from okta_simulator.state.collection import Collection
from okta_simulator.state.recorder import Recorder

RiskLevel = Literal["HIGH", "MEDIUM", "LOW", "NONE"]


class Risk(msgspec.Struct, frozen=True):
    """A level and what it is founded on."""

    level: RiskLevel
    reason: str


class UserRisk:
    """Keeps each person's risk, and writes down its changes."""

    def __init__(self, recorder: Recorder, audit: Audit) -> None:
        self._risks = Collection("user-risk", Risk, recorder)
        self._audit = audit

    def of(self, user: User) -> Risk | None:
        """A person's risk; None where none was ever set."""
        return self._risks.get(user.id)

    def change(self, user: User, risk: Risk, caller: Caller, *, detection: str, issuer: str) -> None:
        """Set a person's risk; an entry is written where the level becomes another one.

        Args:
            user: Whose risk.
            risk: The new one.
            caller: Who reports it.
            detection: Okta's name of what was detected.
            issuer: Who detected it: `OKTA`, or a provider of security events.
        """
        previous = self.of(user)
        self._risks.put(user.id, risk)
        before = previous.level if previous else "NONE"
        if before == risk.level:
            return
        words = {
            "previousLevel": before,
            "level": risk.level,
            "detectionName": detection,
            "reasons": risk.reason,
            "issuer": issuer,
        }
        self._audit.record(
            "user.risk.change",
            caller,
            targets=[user.as_target()],
            severity="WARN",
            debug_data={"risk": "{" + ", ".join(f"{name}={value}" for name, value in words.items()) + "}"},
        )
