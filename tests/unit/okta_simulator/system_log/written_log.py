"""A System Log to write into, and to ask over HTTP."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random

import msgspec

from okta_simulator.caller import Caller
from okta_simulator.clock import Clock
from okta_simulator.events.log_event import LogEvent, Outcome, timestamp
from okta_simulator.ids import Ids
from okta_simulator.management.logs import LogsResource
from okta_simulator.options import Log
from okta_simulator.state.recorder import Memory, Recorder
from okta_simulator.system_log.log import SystemLog
from unit.okta_simulator.management_client import ORGANIZATION_URL, Client, answering

START = datetime(2026, 11, 23, 12, tzinfo=UTC)
READER = Caller("00T1", "00u1", "User", "Sofia Lindgren", "sofia.lindgren@example.com")

EVENT = LogEvent(
    uuid="0",
    published=timestamp(START),
    event_type="user.session.start",
    display_message="User signed in",
    actor={"id": "00u2", "type": "User", "alternateId": "grace.kim@example.com", "displayName": "Grace Kim"},
    outcome=Outcome("SUCCESS"),
    target=[
        {"id": "0oa1", "type": "AppInstance", "alternateId": "Wiki", "displayName": "Wiki"},
        {"id": "00u2", "type": "User", "alternateId": "grace.kim@example.com", "displayName": "Grace Kim"},
    ],
    client={"ipAddress": "198.51.100.7", "zone": "null", "geographicalContext": {"city": "San Francisco"}},
    security_context={"asNumber": 64500, "isProxy": False},
    authentication_context={"authenticationStep": 0, "externalSessionId": "102GALFw8CzRT2KXoqnca8Jdg"},
    transaction={"type": "WEB", "id": "XOxBw-2JIRnCFd0gG0GjHAAABjY", "detail": {"requestApiTokenId": "00T9"}},
    debug_context={"debugData": {"requestUri": "/login", "expires": "2026-12-01T00:00:00Z"}},
)


@dataclass
class WrittenLog:
    """A log at a time that stands still unless a test moves it."""

    options: Log = field(default_factory=Log)
    recorder: Recorder = field(default_factory=Memory)
    clock: Clock = field(default_factory=lambda: Clock(speed=0, start=START))
    ids: Ids = field(default_factory=lambda: Ids(7))

    def __post_init__(self) -> None:
        self.log = SystemLog(self.clock, self.options, Random(5), self.recorder)

    def write(self, event: LogEvent = EVENT, *, ago: timedelta = timedelta()) -> str:
        """Append an event published some time ago; gives its uuid."""
        uuid = self.ids.uuid()
        published = timestamp(self.clock.now() - ago)
        self.log.append(msgspec.json.encode(msgspec.structs.replace(event, uuid=uuid, published=published)))
        return uuid

    def pass_time(self, **step: float) -> None:
        self.clock.advance(timedelta(**step))

    def time(self, **offset: float) -> str:
        """A time of a query, some way from now."""
        return (self.clock.now() + timedelta(**offset)).isoformat()

    @asynccontextmanager
    async def answering(self, caller: Caller = READER) -> AsyncIterator[Client]:
        resource = LogsResource(self.log, self.clock, self.options, ORGANIZATION_URL)
        async with answering(caller, resource) as client:
            yield client
