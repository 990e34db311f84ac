"""An organisation's zones and a client that manages them, for tests."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime

from okta_simulator.caller import Caller
from okta_simulator.clock import Clock
from okta_simulator.ids import Ids
from okta_simulator.management.zones import ZonesResource
from okta_simulator.options import Options
from okta_simulator.state.recorder import Memory, Recorder
from okta_simulator.zones.registry import Zones
from unit.okta_simulator.management_client import ORGANIZATION_URL, Client, Written, answering

ADMINISTRATOR = Caller("00T1", "00u1", "User", "Sofia Lindgren", "sofia.lindgren@example.com")
START = datetime(2026, 11, 23, 12, tzinfo=UTC)


@dataclass
class Zoned:
    """Zones and what they write down."""

    options: Options = field(default_factory=Options)
    recorder: Recorder = field(default_factory=Memory)

    def __post_init__(self) -> None:
        self.clock = Clock(speed=0, start=START)
        self.log = Written()
        self.zones = Zones(self.recorder, self.clock, Ids(4), self.log, self.options)

    def system_zone(self, name: str) -> str:
        """The id of a system zone."""
        zone = self.zones.named(name)
        assert zone is not None
        return zone.id

    @asynccontextmanager
    async def answering(self, caller: Caller = ADMINISTRATOR) -> AsyncIterator[Client]:
        async with answering(caller, ZonesResource(self.zones, ORGANIZATION_URL)) as client:
            yield client


def blocks(*values: str) -> list[dict[str, str]]:
    """Gateways in the CIDR form."""
    return [{"type": "CIDR", "value": value} for value in values]


def addresses(count: int) -> list[dict[str, str]]:
    """So many different gateways."""
    return blocks(*(f"10.{number // 256}.{number % 256}.0/24" for number in range(count)))


def ip_zone(name: str = "Office", **fields: object) -> dict[str, object]:
    """The body of a small IP zone."""
    return {"type": "IP", "name": name, "gateways": blocks("198.51.100.0/24")} | fields
