"""A hook's endpoint behind a real HTTP server, with a journal that does what a test wants."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import aiohttp

from okta_hooks.admin.listening import listen, serving
from okta_hooks.journal import BEGINNING, JournalError, Position, Record, Usage
from okta_hooks.receiver.accepted import AcceptedSecrets
from okta_hooks.receiver.bodies import Bodies
from okta_hooks.receiver.decisions import DecisionLog
from okta_hooks.receiver.endpoint import ANSWER_SECONDS, HookEndpoint, Place
from okta_hooks.receiver.health import ReceiverHealth
from okta_hooks.receiver.intake import Intake
from okta_hooks.receiver.listening import HookServer, hook_runner
from okta_hooks.receiver.outcome import Outcome
from okta_hooks.receiver.secret_files import Secrets
from okta_hooks.receiver.tally import Tally
from okta_hooks.telemetry.throttle import Throttle

PATH = "/team/hook"
SECRET = "a-secret-of-the-hook"


@dataclass
class HeldJournal:
    """Keeps records in memory, refuses them, or lets callers wait."""

    records: list[Record] = field(default_factory=list)
    refusal: Exception | None = None
    open: asyncio.Event = field(default_factory=asyncio.Event)
    asked: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self.open.set()

    async def append(self, records: Sequence[Record]) -> tuple[Position, ...]:
        self.asked.set()
        await self.open.wait()
        if self.refusal is not None:
            raise self.refusal
        self.records += records
        return (BEGINNING,) * len(records)

    async def maintain(self) -> None:
        """Has nothing to do."""

    def usage(self) -> Usage:
        refusal = self.refusal if isinstance(self.refusal, JournalError) else None
        return Usage(0, 1, BEGINNING, refusal)


@dataclass(frozen=True)
class Answer:
    """What a client got."""

    status: int
    body: bytes
    headers: Mapping[str, str]


@dataclass(frozen=True)
class Served:
    """A running endpoint, and a client of it."""

    session: aiohttp.ClientSession
    port: int
    accepted: AcceptedSecrets
    journal: HeldJournal
    tally: Tally
    health: ReceiverHealth
    header_name: str

    async def deliver(self, body: bytes, *, secret: str | None = SECRET, path: str = PATH) -> Answer:
        """Send a body as Okta does."""
        return await self.request("POST", path, secret=secret, body=body)

    async def challenge(self, value: str, *, secret: str | None = SECRET) -> Answer:
        """Ask as Okta does when it verifies."""
        return await self.request("GET", PATH, secret=secret, headers={"x-okta-verification-challenge": value})

    async def request(
        self,
        method: str,
        path: str = PATH,
        *,
        secret: str | None = SECRET,
        body: bytes | AsyncIterator[bytes] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """Send anything."""
        sent = {**(headers or {}), **({self.header_name: secret} if secret is not None else {})}
        url = f"http://127.0.0.1:{self.port}{path}"
        async with self.session.request(method, url, data=body, headers=sent) as response:
            return Answer(response.status, await response.read(), response.headers)

    def count(self, outcome: Outcome) -> int:
        """How often something was."""
        return self.tally.outcomes[outcome].number


@asynccontextmanager
async def served(
    *,
    secrets: Secrets | None = Secrets(SECRET.encode()),  # noqa: B008 -- a tuple, never changed
    header_name: str = "Authorization",
    bodies: Bodies | None = None,
    answer_seconds: float = ANSWER_SECONDS,
    max_connections: int = 100,
) -> AsyncIterator[Served]:
    """Serve while the context lasts."""
    accepted, tally, journal = AcceptedSecrets(), Tally(), HeldJournal()
    if secrets:
        accepted.replace(secrets)
    health = ReceiverHealth(journal, accepted)
    endpoint = HookEndpoint(
        Place(PATH, header_name),
        accepted=accepted,
        intake=Intake(journal, tally),
        bodies=bodies or Bodies(),
        tally=tally,
        decisions=DecisionLog(Throttle()),
        health=health,
        answer_seconds=answer_seconds,
    )
    server = HookServer(endpoint, tally=tally, max_connections=max_connections)
    with listen(0) as listener:
        async with serving(hook_runner(server), listener), aiohttp.ClientSession() as session:
            yield Served(session, listener.getsockname()[1], accepted, journal, tally, health, header_name)
