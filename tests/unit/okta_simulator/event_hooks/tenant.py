"""An organisation with its event hooks in front of a socket, for tests."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

import msgspec
import trustme

from okta_simulator.caller import Caller
from okta_simulator.clock import Clock
from okta_simulator.events.log_event import LogEvent, Outcome, timestamp
from okta_simulator.ids import Ids
from okta_simulator.json_values import JsonObject
from okta_simulator.options import Endpoints, Options
from okta_simulator.organization import Organization
from unit.okta_simulator.event_hooks.receiver import HOST, Receiver
from unit.okta_simulator.management_client import ORGANIZATION_URL, Client, answering

ADMINISTRATOR = Caller("00Ttoken", "00uadministrator0000", "User", "Ada Admin", "ada@example.com")
HOOKS = "/api/v1/eventHooks"
FAST = 1_000.0
"""Speed of Okta's clock: its 10 s of gathering take 10 ms."""


def hook_body(uri: str = "https://example.com/hook", **changes: object) -> dict[str, Any]:
    """A body that creates a hook."""
    return {
        "name": "Risk engine",
        "events": {"type": "EVENT_TYPE", "items": ["user.session.start"]},
        "channel": {
            "type": "HTTP",
            "version": "1.0.0",
            "config": {
                "uri": uri,
                "headers": [{"key": "X-Team", "value": "risk"}],
                "authScheme": {"type": "HEADER", "key": "Authorization", "value": "the-secret"},
            },
        },
    } | changes


def with_config(body: dict[str, Any], **config: object) -> dict[str, Any]:
    """The body with another `channel.config`; None leaves a field out."""
    wanted = {name: value for name, value in (body["channel"]["config"] | config).items() if value is not None}
    return body | {"channel": body["channel"] | {"config": wanted}}


@dataclass
class Tenant:
    """An organisation that runs, and a client of its management API."""

    organization: Organization
    client: Client

    async def create(self, uri: str = "https://example.com/hook", **changes: object) -> dict[str, Any]:
        answer = await self.client.post(HOOKS, hook_body(uri, **changes))
        assert answer.status == 200, answer.body
        return dict(answer.body)

    async def verified(self, receiver: Receiver, **changes: object) -> str:
        """The id of a hook that has been verified with a receiver."""
        hook = await self.create(receiver.url, **changes)
        answer = await self.client.post(f"{HOOKS}/{hook['id']}/lifecycle/verify")
        assert answer.status == 200, answer.body
        return str(hook["id"])

    async def read(self, hook_id: str) -> dict[str, Any]:
        return dict((await self.client.get(f"{HOOKS}/{hook_id}")).body)

    def emit(self, event_type: str = "user.session.start", **changes: object) -> LogEvent:
        """Let something happen."""
        event = sample_event(self.organization.ids.uuid(), self.organization.clock, event_type)
        event = msgspec.structs.replace(event, **changes)
        self.organization.events.emitter.emit(event)
        return event

    def logged(self, event_type: str) -> list[dict[str, Any]]:
        """The System Log's entries of a type."""
        return [entry for entry in self.logged_about(event_type) if entry["eventType"] == event_type]

    def logged_about(self, beginning: str) -> list[dict[str, Any]]:
        """The System Log's entries whose type begins in a way."""
        log = self.organization.events.log
        entries = [msgspec.json.decode(log.text(position)) for position in range(log.begin(), log.end())]
        return [entry for entry in entries if entry["eventType"].startswith(beginning)]

    async def entry(self, event_type: str) -> dict[str, Any]:
        """The first entry of a type, once it is written."""
        await until(lambda: bool(self.logged(event_type)))
        return self.logged(event_type)[0]

    async def acknowledged(self, hook_id: str, count: int) -> None:
        """Wait until Okta has seen so many events acknowledged."""
        await until(lambda: self.organization.events.truth.summary().hooks[hook_id].acknowledged >= count)

    async def given_up(self, uuid: str, hook_id: str) -> None:
        """Wait until Okta will not send an event any more."""
        fate = self.organization.events.truth.get(uuid)
        assert fate is not None
        await until(lambda: fate.hooks[hook_id].outcome == "given up")


async def until(condition: Callable[[], bool]) -> None:
    """Wait for something that nobody announces; a test that waits in vain fails after 10 s."""
    async with asyncio.timeout(10):
        while not condition():  # noqa: ASYNC110 -- nothing tells when Okta has seen an answer
            await asyncio.sleep(0.002)


def sample_event(uuid: str, clock: Clock, event_type: str = "user.session.start") -> LogEvent:
    person: JsonObject = {"id": "00u1", "type": "User", "alternateId": "mia@example.com", "displayName": "Mia"}
    return LogEvent(
        uuid=uuid,
        published=timestamp(clock.now()),
        event_type=event_type,
        display_message="User login to Okta",
        actor=person,
        outcome=Outcome("SUCCESS"),
        target=[{"id": "00g1", "type": "UserGroup", "alternateId": "unknown", "displayName": "Sales"}],
        debug_context={"debugData": {"requestId": "req1"}},
    )


@asynccontextmanager
async def tenant(authority: trustme.CA, folder: Path, options: Options | None = None) -> AsyncIterator[Tenant]:
    """An organisation that trusts an authority and finds the receivers of tests."""
    chosen = options or Options()
    ca_file = folder / "authority.pem"
    authority.cert_pem.write_to_path(str(ca_file))
    endpoints = Endpoints(resolve={HOST: "127.0.0.1"}, extra_ca_file=str(ca_file))
    organization = Organization(
        msgspec.structs.replace(chosen, endpoints=endpoints),
        url=ORGANIZATION_URL,
        clock=Clock(speed=FAST),
        ids=Ids(1),
        dice=Random(1),
    )
    async with organization.running(), answering(ADMINISTRATOR, *organization.hooks.resources()) as client:
        yield Tenant(organization, client)


def instantly(**changes: object) -> Options:
    """Options whose delivery differs, without the time of gathering unless it is given."""
    return Options(delivery=msgspec.structs.replace(Options().delivery, **({"batching_window": timedelta()} | changes)))


IMPATIENT = instantly(timeout_seconds=0.2)
"""Options that let an endpoint's silence be a timeout soon."""

Running = Callable[[Options], AbstractAsyncContextManager[Tenant]]
"""Gives an organisation that behaves as chosen."""
