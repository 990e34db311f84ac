"""Events that happen by themselves."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from okta_simulator.activity.traffic import MOST_STORIES, Traffic
from okta_simulator.clock import Clock
from okta_simulator.errors import OktaError
from okta_simulator.events.log_event import LogEvent
from okta_simulator.organization import Organization

AT_MOST = 30.0  # seconds after which what should have happened has failed


class Arrivals:
    """The events that came, and a way to wait for more of them."""

    def __init__(self) -> None:
        self.events: list[LogEvent] = []
        self._more = asyncio.Event()

    def emit(self, event: LogEvent) -> None:
        self.events.append(event)
        self._more.set()

    async def come_to(self, count: int) -> None:
        async with asyncio.timeout(AT_MOST):
            while len(self.events) < count:
                self._more.clear()
                await self._more.wait()


@asynccontextmanager
async def running(traffic: Traffic) -> AsyncIterator[None]:
    task = asyncio.create_task(traffic.run())
    try:
        yield
    finally:
        task.cancel()
        await asyncio.wait([task])


@pytest.fixture
def organization() -> Organization:
    return Organization(clock=Clock(speed=0))


@pytest.fixture
def arrivals() -> Arrivals:
    return Arrivals()


@pytest.fixture
def traffic(organization: Organization, arrivals: Arrivals) -> Traffic:
    return Traffic(organization.activity.generator, arrivals.emit, organization.dice)


async def test_events_come_once_there_is_a_rate(traffic: Traffic, arrivals: Arrivals) -> None:
    async with running(traffic):
        traffic.flow(1_000)
        await arrivals.come_to(20)


async def test_only_the_types_that_were_chosen_come(traffic: Traffic, arrivals: Arrivals) -> None:
    async with running(traffic):
        traffic.flow(1_000, ("user.session.start", "user.session.end"))
        await arrivals.come_to(20)
    assert {event.event_type for event in arrivals.events} == {"user.session.start", "user.session.end"}


async def test_a_rate_of_nothing_ends_it(traffic: Traffic, arrivals: Arrivals) -> None:
    async with running(traffic):
        traffic.flow(1_000)
        await arrivals.come_to(1)
        traffic.flow(0)
        assert traffic.rate == 0


async def test_a_story_happens_in_oktas_time(traffic: Traffic, arrivals: Arrivals, organization: Organization) -> None:
    grace = organization.people.directory.user("grace.kim@example.com")
    async with running(traffic):
        traffic.tell("lockout", grace, pace=0)
        await arrivals.come_to(11)
    assert "user.account.lock" in [event.event_type for event in arrivals.events]


async def test_there_are_never_more_than_so_many_stories(traffic: Traffic) -> None:
    for _ in range(MOST_STORIES):
        traffic.tell("sign-in", None, pace=1)
    with pytest.raises(OktaError):
        traffic.tell("sign-in", None, pace=1)


async def test_a_story_that_has_ended_makes_room_for_another(traffic: Traffic, arrivals: Arrivals) -> None:
    for _ in range(MOST_STORIES):
        traffic.tell("sign-in", None, pace=0)
    async with running(traffic):
        await arrivals.come_to(6 * MOST_STORIES)
        traffic.tell("sign-in", None, pace=0)
