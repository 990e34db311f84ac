"""Only who leads, and will lead until a request has ended, lets it go to Okta."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from okta_hooks.controller.gate import ONE_REQUEST, LeaseGate, NotLeading
from okta_hooks.okta import operations

NOW = 1000.0


@dataclass(frozen=True)
class LeadingUntil:
    """An operator that leads until a moment."""

    moment: float

    def is_leader(self, until: float) -> bool:
        return until <= self.moment

    async def until_leading(self) -> None:
        """It leads."""

    async def until_lost(self) -> None:
        """Nobody waits for this here."""


def gate(moment: float) -> LeaseGate:
    return LeaseGate(LeadingUntil(moment), clock=lambda: NOW)


def test_who_leads_for_long_enough_may_send() -> None:
    gate(NOW + ONE_REQUEST).check()


@pytest.mark.parametrize("left", [ONE_REQUEST - 0.1, 0.0, -1.0], ids=["not for long enough", "no longer", "long not"])
def test_who_leads_no_more_or_not_for_long_enough_may_not(left: float) -> None:
    with pytest.raises(NotLeading):
        gate(NOW + left).check()


@pytest.mark.parametrize(
    "operation",
    [
        operations.CREATE,
        operations.REPLACE,
        operations.ACTIVATE,
        operations.DEACTIVATE,
        operations.DELETE,
    ],
    ids=lambda operation: operation.name,
)
def test_a_request_that_changes_a_hook_ends_while_leadership_is_certain(operation: operations.Operation) -> None:
    assert operation.seconds <= ONE_REQUEST
