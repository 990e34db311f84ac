"""What tests of the controller are given: a clock that is set, a gate, a prober."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from okta_hooks.okta.port import HookDefinition, Secret
from okta_hooks.reconcile.observed import Reachability

START = datetime(2026, 11, 23, 12, tzinfo=UTC)
URL = "https://hooks.example.com/sign-ins"


def definition(name: str = "sign-ins") -> HookDefinition:
    """A hook of somebody's."""
    return HookDefinition(name=name, uri=URL, event_types=frozenset({"user.session.start"}))


class SteppingClock:
    """Tells the time, which moves on a little whenever it is asked for."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        self.now += timedelta(milliseconds=1)
        return self.now


class OpenGate:
    """Lets every call be made."""

    def check(self) -> None:
        """Nothing is wrong."""


class Counted:
    """Keeps what was counted."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, str]] = []

    def counted(self, operation: str, outcome: str) -> None:
        """One more."""
        self.calls.append((operation, outcome))


@dataclass(frozen=True)
class EverythingAnswers:
    """A prober that is always answered."""

    clock: SteppingClock

    async def call(self, uri: str, header: str, secret: Secret, before: Reachability | None) -> Reachability:  # noqa: ARG002
        """As Okta expects."""
        return Reachability(uri, self.clock())
