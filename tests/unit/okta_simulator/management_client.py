"""Some resources of the management API behind a real socket, and a client that knows who it is."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from dataclasses import dataclass, field
from typing import Any

import aiohttp
from aiohttp import web
from aiohttp.test_utils import TestServer

from okta_simulator.audit import Severity, Target
from okta_simulator.caller import Caller
from okta_simulator.ids import Ids
from okta_simulator.management.endpoint import Resource
from okta_simulator.management.error_answers import ErrorAnswers
from okta_simulator.management.pipeline import Pipeline

ORGANIZATION_URL = "https://acme.example.com"


@dataclass(frozen=True)
class Entry:
    """What was written to the System Log."""

    event_type: str
    caller: Caller
    targets: Sequence[Target]
    result: str
    reason: str | None
    debug_data: Mapping[str, str]


@dataclass
class Written:
    """Keeps what services write down."""

    entries: list[Entry] = field(default_factory=list)

    @property
    def types(self) -> list[str]:
        return [entry.event_type for entry in self.entries]

    def record(
        self,
        event_type: str,
        caller: Caller,
        *,
        targets: Sequence[Target] = (),
        result: str = "SUCCESS",
        reason: str | None = None,
        severity: Severity = "INFO",  # noqa: ARG002 -- the port has it
        debug_data: Mapping[str, str] | None = None,
    ) -> None:
        self.entries.append(Entry(event_type, caller, targets, result, reason, debug_data or {}))


@dataclass(frozen=True)
class Always:
    """Takes every request for one caller's."""

    caller: Caller

    def authenticate(self, request: web.Request) -> Caller:  # noqa: ARG002 -- whatever it carries
        return self.caller


class Unlimited:
    """Counts nothing."""

    def concurrent(self) -> AbstractAsyncContextManager[None]:
        return nullcontext()

    def count(self, caller: Caller, bucket: str) -> Mapping[str, str]:  # noqa: ARG002 -- nothing is counted
        return {}


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    body: Any
    links: Mapping[str, str]

    @property
    def causes(self) -> list[str]:
        return [cause["errorSummary"] for cause in self.body["errorCauses"]]


@dataclass(frozen=True)
class Client:
    """Asks, and reads the answer."""

    session: aiohttp.ClientSession

    async def get(self, path: str, **query: str) -> Answer:
        return await _read(self.session.get(path, params=query))

    async def post(self, path: str, json: object = None) -> Answer:
        return await _read(self.session.post(path, json=json))

    async def put(self, path: str, json: object = None) -> Answer:
        return await _read(self.session.put(path, json=json))

    async def delete(self, path: str) -> Answer:
        return await _read(self.session.delete(path))

    async def send(self, path: str, data: bytes, content_type: str) -> Answer:
        return await _read(self.session.post(path, data=data, headers={"Content-Type": content_type}))

    async def follow(self, link: str) -> Answer:
        assert link.startswith(ORGANIZATION_URL)
        return await _read(self.session.get(link.removeprefix(ORGANIZATION_URL)))


async def _read(asked: AbstractAsyncContextManager[aiohttp.ClientResponse]) -> Answer:
    async with asked as response:
        text = await response.text()
        body = await response.json() if text else None
        links = {str(name): str(link["url"]) for name, link in response.links.items()}
        return Answer(response.status, body, links)


@asynccontextmanager
async def answering(caller: Caller, *resources: Resource, routes: Sequence[web.RouteDef] = ()) -> AsyncIterator[Client]:
    """Listen on a free port while the context lasts."""
    errors = ErrorAnswers(Ids(1))
    pipeline = Pipeline(authenticator=Always(caller), limits=Unlimited(), ids=Ids(2))
    application = web.Application(middlewares=[errors.middleware])
    for resource in resources:
        for endpoint in resource.endpoints():
            application.router.add_route(endpoint.method, endpoint.path, pipeline.handler(endpoint))
    application.router.add_routes(routes)
    async with TestServer(application) as server, aiohttp.ClientSession(str(server.make_url(""))) as session:
        yield Client(session)
