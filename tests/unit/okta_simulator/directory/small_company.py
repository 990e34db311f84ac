"""The company that an organisation begins with, and its services, for tests."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime

from okta_simulator.caller import Caller
from okta_simulator.clock import Clock
from okta_simulator.directory.directory import Directory
from okta_simulator.directory.lifecycle import Lifecycle
from okta_simulator.directory.risk import UserRisk
from okta_simulator.directory.seed import found
from okta_simulator.directory.sessions import Device, Sessions
from okta_simulator.directory.user import User
from okta_simulator.ids import Ids
from okta_simulator.management.groups import GroupsResource
from okta_simulator.management.risk import RiskResource
from okta_simulator.management.sessions import SessionsResource
from okta_simulator.management.users import UsersResource
from okta_simulator.options import Options
from okta_simulator.state.recorder import Memory, Recorder
from unit.okta_simulator.management_client import ORGANIZATION_URL, Client, Written, answering

START = datetime(2026, 11, 23, 12, tzinfo=UTC)
LAPTOP = Device("guo1", "Laptop")
PHONE = Device("guo2", "Phone")


@dataclass
class Company:
    """Everything of the directory, put together as an organisation does."""

    options: Options = field(default_factory=Options)
    recorder: Recorder = field(default_factory=Memory)
    clock: Clock = field(default_factory=lambda: Clock(speed=0, start=START))
    ids: Ids = field(default_factory=lambda: Ids(3))
    log: Written = field(default_factory=Written)

    def __post_init__(self) -> None:
        self.directory = Directory(self.recorder)
        if self.directory.is_empty():
            found(self.directory, self.ids, self.clock)
        self.lifecycle = Lifecycle(self.directory, self.clock, self.ids, self.log)
        self.sessions = Sessions(self.recorder, self.clock, self.ids, self.log)
        self.risk = UserRisk(self.recorder, self.log)

    def user(self, name: str) -> User:
        return self.directory.user(name)

    def sign_in(self, name: str, device: Device = LAPTOP) -> User:
        user = self.user(name)
        self.sessions.sign_in(user, address="198.51.100.7", device=device)
        return user

    @property
    def administrator(self) -> Caller:
        """Sofia Lindgren, with an API token of hers."""
        sofia = self.user("sofia.lindgren")
        return Caller("00T1", sofia.id, "User", sofia.profile.full_name, sofia.profile.login)

    @asynccontextmanager
    async def answering(self, caller: Caller | None = None) -> AsyncIterator[Client]:
        resources = (
            UsersResource(self.directory, self.lifecycle, "00o1", ORGANIZATION_URL),
            GroupsResource(self.directory, ORGANIZATION_URL),
            SessionsResource(self.directory, self.sessions, self.options.engine),
            RiskResource(self.directory, self.risk, self.options, ORGANIZATION_URL),
        )
        async with answering(caller or self.administrator, *resources) as client:
            yield client


def service_app(*scopes: str) -> Caller:
    """An OAuth service app with an access token."""
    return Caller("0oa1", "0oa1", "PublicClientApp", "Responder", "0oa1", frozenset(scopes))
