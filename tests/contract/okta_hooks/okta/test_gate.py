"""A leader whose lease ends while it waits sends no further request: not after its turn, nor as another attempt."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from contract.okta_hooks.okta.given import SECRET, SIGN_INS, at_once, hurried, service_app
from okta_hooks.okta.credentials import ApiToken
from okta_hooks.okta.event_hooks import SdkEventHooks
from okta_hooks.okta.operations import CREATE
from okta_hooks.okta.organization import Connection, connect
from okta_hooks.okta.pacing import LONGEST_WAIT, Budget, Pace
from okta_simulator.credentials.keys import KeyPair
from okta_simulator.faults.management import Answer, ManagementFault
from okta_simulator.organization import Organization


class Shut(Exception):
    """No request may be made any more."""


@dataclass
class Gate:
    """A gate that shuts after some requests, or when it is told to."""

    requests: int

    def check(self) -> None:
        if self.requests == 0:
            raise Shut
        self.requests -= 1

    async def shut_meanwhile(self, seconds: float) -> None:
        """A wait in which the lease ends."""
        assert 0 < seconds <= LONGEST_WAIT
        self.requests = 0


def _made(organization: Organization) -> int:
    return len(list(organization.hooks.hooks))


async def test_a_lease_that_ends_while_a_request_waits_for_its_turn(organization: Organization) -> None:
    gate, connection = Gate(requests=1000), Connection(organization.url, ApiToken(organization.api_token()))
    pace = Pace(Budget(1.0), clock=lambda: 0.0, sleep=gate.shut_meanwhile)
    async with connect(connection, pace, gate) as okta:
        while gate.requests:
            await pace.turn(CREATE)
        gate.requests = 1000
        with pytest.raises(Shut):
            await okta.event_hooks.create(SIGN_INS, SECRET)
    assert _made(organization) == 0


async def test_a_lease_that_ends_between_two_attempts(organization: Organization) -> None:
    organization.management_faults.add(
        ManagementFault(operation="POST /api/v1/eventHooks", times=1, ending=Answer(status=429, empty=True))
    )
    connection, pace = Connection(organization.url, ApiToken(organization.api_token())), hurried()
    pace._clock = lambda: organization.clock.now().timestamp() + 55  # the window ends soon
    async with connect(connection, pace, Gate(requests=1)) as okta:
        assert isinstance(okta.event_hooks, SdkEventHooks)
        okta.event_hooks._sleep = at_once
        with pytest.raises(Shut):
            await okta.event_hooks.create(SIGN_INS, SECRET)
    assert _made(organization) == 0


async def test_a_lease_that_ends_while_a_refused_token_is_renewed(organization: Organization, key: KeyPair) -> None:
    connection, gate = Connection(organization.url, service_app(organization, key)), Gate(requests=2)
    async with connect(connection, hurried(), gate) as okta:
        await okta.event_hooks.list()
        organization.clock.advance(organization.options.credentials.access_token_lifetime * 1.5)
        with pytest.raises(Shut):
            await okta.event_hooks.create(SIGN_INS, SECRET)
    assert _made(organization) == 0
