"""An organisation that has nothing but its gate: one resource behind real credentials and limits, on a real socket."""

from __future__ import annotations

import socket
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import msgspec
from aiohttp import web

from okta_simulator.clock import Clock
from okta_simulator.credentials.api_tokens import Network, Owner
from okta_simulator.credentials.service_apps import ServiceApp
from okta_simulator.credentials.services import CredentialServices
from okta_simulator.ids import Ids
from okta_simulator.limits.rate_limits import OrganizationLimits
from okta_simulator.management.endpoint import Call, Endpoint, json_response
from okta_simulator.management.error_answers import ErrorAnswers
from okta_simulator.management.oauth import OAuthServer
from okta_simulator.management.pipeline import Pipeline
from okta_simulator.management.request_urls import RequestUrls
from okta_simulator.management.well_known import WellKnown
from okta_simulator.options import Options
from okta_simulator.state.recorder import Change, Memory, Recorder
from unit.okta_simulator.credentials.client_side import ASSERTION_TYPE, assertion, ath, key_pair, proof
from unit.okta_simulator.management_client import Written

ADMINISTRATOR = Owner("00uAdministrator0000", "admin@acme.example.com", "Ada Admin")
COLLEAGUE = Owner("00uColleague00000000", "cole@acme.example.com", "Cole League", admin_roles=frozenset())
ZONE, ADDRESS = "nzoOffice00000000000", "127.0.0.1"
HOOKS = "/api/v1/eventHooks"
TOKEN = "/oauth2/v1/token"
READ, MANAGE = "okta.eventHooks.read", "okta.eventHooks.manage"


@dataclass
class People:
    """The owners of tokens, and the zones they sit in."""

    active: dict[str, Owner] = field(default_factory=lambda: {owner.id: owner for owner in (ADMINISTRATOR, COLLEAGUE)})
    zones: dict[str, set[str]] = field(default_factory=lambda: {ZONE: {ADDRESS}})

    def active_owner(self, user_id: str) -> Owner | None:
        return self.active.get(user_id)

    def contains(self, zone_id: str, address: str) -> bool:
        return address in self.zones.get(zone_id, set())


class LivedBefore(Memory):
    """Has a signing key from an earlier life: making one takes a moment."""

    def earlier(self, kind: str) -> Iterator[Change]:
        if kind == "signing_key":
            record = msgspec.json.encode({"private_pem": key_pair("organization").private_pem})
            yield Change(kind, "current", msgspec.Raw(record))


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: Any


class Echo:
    """One resource to get at: it says who is seen to call."""

    def endpoints(self) -> Sequence[Endpoint]:
        return (
            Endpoint("GET", HOOKS, self.show, scope=READ),
            Endpoint("POST", HOOKS, self.show, scope=MANAGE),
            Endpoint("GET", "/api/v1/logs", self.show, scope="okta.logs.read", bucket="/api/v1/logs"),
        )

    async def show(self, call: Call) -> web.StreamResponse:
        return json_response({"actor": call.caller.actor_id, "credential": call.caller.credential_id})


@dataclass(frozen=True)
class Guarded:
    """The organisation, and a client of it."""

    url: str
    clock: Clock
    people: People
    services: CredentialServices
    limits: OrganizationLimits
    written: Written
    session: aiohttp.ClientSession

    def app(
        self, *, dpop: bool = False, scopes: Sequence[str] = (READ,), keys: Sequence[str] = ("registered",)
    ) -> ServiceApp:
        """A service app that holds keys of these names."""
        public = [key_pair(name).public_jwk for name in keys]
        return self.services.service_apps.register("Operator", keys=public, scopes=scopes, dpop_required=dpop)

    def api_token(self, network: Network | None = None) -> str:
        """The secret of a new API token of the administrator."""
        return self.services.api_tokens.issue(ADMINISTRATOR.id, "operator", network=network).secret

    async def send(self, path: str, authorization: str | None = None, *, method: str = "GET", **headers: str) -> Answer:
        if authorization is not None:
            headers["Authorization"] = authorization
        async with self.session.request(method, path, headers=headers) as response:
            return await _read(response)

    async def ask_token(self, parameters: Mapping[str, str], dpop: str | None = None) -> Answer:
        headers = {} if dpop is None else {"DPoP": dpop}
        async with self.session.post(TOKEN, data=parameters, headers=headers) as response:
            return await _read(response)

    def parameters(
        self, app: ServiceApp, scope: str = READ, *, key: str = "registered", kid: str | None = None, **claims: object
    ) -> dict[str, str]:
        """What a right request for a token says, but for the claims of the assertion that are given."""
        claims.setdefault("aud", self.url + TOKEN)
        return {
            "grant_type": "client_credentials",
            "scope": scope,
            "client_assertion_type": ASSERTION_TYPE,
            "client_assertion": assertion(app.id, key=key_pair(key), kid=kid or key, **claims),
        }

    def proof(self, method: str, path: str, key: str = "proof", typ: str = "dpop+jwt", /, **claims: object) -> str:
        """A right proof for a request, but for the claims that are given."""
        claims.setdefault("htu", self.url + path)
        return proof(method, key=key_pair(key), typ=typ, **claims)

    async def nonce(self, app: ServiceApp) -> str:
        """The nonce that the token endpoint wants."""
        refused = await self.ask_token(self.parameters(app), self.proof("POST", TOKEN))
        return refused.headers["dpop-nonce"]

    async def bound_token(self, app: ServiceApp) -> str:
        """An access token that is bound to the key `proof`."""
        nonce = await self.nonce(app)
        answer = await self.ask_token(self.parameters(app), self.proof("POST", TOKEN, nonce=nonce))
        return str(answer.body["access_token"])

    async def call_with_proof(self, token: str, key: str = "proof", /, **claims: object) -> Answer:
        """Call the resource with a bound token and a right proof, but for the claims that are given."""
        claims.setdefault("ath", ath(token))
        return await self.send(HOOKS, f"DPoP {token}", DPoP=self.proof("GET", HOOKS, key, **claims))


async def _read(response: aiohttp.ClientResponse) -> Answer:
    return Answer(response.status, response.headers, await response.json())


@asynccontextmanager
async def guarded(options: Options | None = None, recorder: Recorder | None = None) -> AsyncIterator[Guarded]:
    """Listen on a free port while the context lasts; Okta's clock stands still."""
    options, clock, ids = options or Options(), Clock(speed=0), Ids(1)
    people, written = People(), Written()
    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        services = CredentialServices(
            owners=people,
            zones=people,
            request_urls=RequestUrls(url),
            organization_url=url,
            audit=written,
            options=options.credentials,
            clock=clock,
            ids=ids,
            recorder=recorder or LivedBefore(),
        )
        limits = OrganizationLimits(options=options.rate_limits, audit=written, clock=clock)
        runner = web.AppRunner(_application(url, services, limits, ids, options))
        await runner.setup()
        try:
            await web.SockSite(runner, listener).start()
            async with aiohttp.ClientSession(url) as session:
                yield Guarded(url, clock, people, services, limits, written, session)
        finally:
            await runner.cleanup()


def _application(
    url: str, services: CredentialServices, limits: OrganizationLimits, ids: Ids, options: Options
) -> web.Application:
    pipeline = Pipeline(authenticator=services.authenticator, limits=limits, ids=ids)
    oauth = OAuthServer(
        token_endpoint=services.token_endpoint,
        access_tokens=services.access_tokens,
        limits=limits,
        request_urls=RequestUrls(url),
    )
    application = web.Application(middlewares=[ErrorAnswers(ids).middleware])
    for endpoint in Echo().endpoints():
        application.router.add_route(endpoint.method, endpoint.path, pipeline.handler(endpoint))
    application.router.add_routes(oauth.routes())
    application.router.add_routes(WellKnown("00oAcme0000000000000", url, options.engine).routes())
    return application
