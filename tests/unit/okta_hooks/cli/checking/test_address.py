"""What is told of the public address."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from okta_hooks.cli.checking.address import called, reachable_by_okta
from okta_hooks.cli.checking.finding import Level
from okta_hooks.reachability.challenge import Endpoint
from okta_hooks.reachability.outcome import (
    CertificateExpiring,
    NameNotResolved,
    Outcome,
    Reachable,
    TooSlow,
    Unauthorized,
)

ENDPOINT = Endpoint("https://hooks.example.com/a", "Authorization", "the-secret")
MAY = datetime(2026, 5, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Answering:
    """An endpoint with one outcome."""

    outcome: Outcome

    async def challenge(self, endpoint: Endpoint) -> Outcome:  # noqa: ARG002 -- there is one
        return self.outcome


@pytest.mark.parametrize("host", ["localhost", "10.0.0.1", "[::1]", "hooks", "hooks.svc", "events.hooks.test"])
def test_a_name_that_only_somebody_near_knows_is_told(host: str) -> None:
    (finding,) = reachable_by_okta(f"https://{host}/a")
    assert finding.level is Level.WARNING


@pytest.mark.parametrize("host", ["hooks.example.com", "8.8.8.8"])
def test_a_public_name_is_fine(host: str) -> None:
    assert [*reachable_by_okta(f"https://{host}/a")] == []


@pytest.mark.parametrize(
    ("outcome", "knows_secret", "level"),
    [
        (Reachable(0.1, MAY), True, Level.FINE),
        (CertificateExpiring(0.1, MAY), True, Level.WARNING),
        (Unauthorized(401), False, Level.FINE),
        (Unauthorized(401), True, Level.WRONG),
        (NameNotResolved("hooks.example.com"), True, Level.WRONG),
        (TooSlow(4.2, answered=True), True, Level.WRONG),
    ],
)
async def test_an_answer_is_judged_as_okta_would(outcome: Outcome, *, knows_secret: bool, level: Level) -> None:
    assert (await called(Answering(outcome), ENDPOINT, knows_secret=knows_secret)).level is level


async def test_the_secret_is_never_told() -> None:
    finding = await called(Answering(Unauthorized(401)), ENDPOINT, knows_secret=True)
    assert ENDPOINT.secret not in finding.message
