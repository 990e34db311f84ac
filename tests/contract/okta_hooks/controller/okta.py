"""An Okta organisation over TLS, and an endpoint of a user's own that it can verify and deliver to."""

from __future__ import annotations

import contextlib
import hmac
import random
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import msgspec
from aiohttp import web

from localcluster.pki import Authority
from okta_simulator.caller import SYSTEM
from okta_simulator.clock import Clock
from okta_simulator.event_hooks.body import AuthSchemeBody, ChannelBody, ConfigBody, EventHookBody, EventsBody
from okta_simulator.event_hooks.hook import EventHook
from okta_simulator.faults.management import Answer, ManagementFault
from okta_simulator.ids import Ids
from okta_simulator.options import Options
from okta_simulator.organization import Organization
from okta_simulator.server import listen, serve
from okta_simulator.tls import server_context

CHALLENGE = "X-Okta-Verification-Challenge"
PATH = "/sign-ins"


@dataclass(frozen=True)
class Certificates:
    """An authority of the test's own, and a certificate for this machine."""

    authority: Path
    certificate: Path
    key: Path


def issue(folder: Path) -> Certificates:
    """Certificates that whoever trusts the authority accepts of `localhost`."""
    authority = Authority("operator tests")
    (folder / "authority.crt").write_bytes(authority.certificate)
    certificate, key = authority.issue("localhost", hosts=["localhost", "127.0.0.1"]).write(folder, "server")
    return Certificates(folder / "authority.crt", certificate, key)


@dataclass(frozen=True)
class Okta:
    """An organisation that answers.

    Args:
        organization: The organisation itself.
        url: Where it answers.
        token: An API token of it.
    """

    organization: Organization
    url: str
    token: str

    def hooks(self) -> tuple[EventHook, ...]:
        """The hooks that it has."""
        return tuple(self.organization.hooks.hooks)

    def make_by_hand(self, name: str, uri: str, secret: str) -> EventHook:
        """A hook as somebody makes it in the console."""
        events = EventsBody(type="EVENT_TYPE", items=("user.session.start",))
        scheme = AuthSchemeBody(type="HEADER", key="Authorization", value=secret)
        config = ConfigBody(uri=uri, auth_scheme=scheme)
        channel = ChannelBody(type="HTTP", version="1.0.0", config=config)
        return self.organization.hooks.hooks.create(EventHookBody(name=name, events=events, channel=channel), SYSTEM)

    def change_by_hand(self, hook_id: str, *, event_types: frozenset[str]) -> None:
        """Let somebody change a hook in the console."""
        registry = self.organization.hooks.hooks
        changed = msgspec.structs.replace(registry.get(hook_id), event_types=event_types)
        registry.hooks.put(hook_id, changed)

    def change_secret_by_hand(self, hook_id: str, secret: str) -> None:
        """Let somebody give a hook another secret in the console."""
        registry = self.organization.hooks.hooks
        hook = registry.get(hook_id)
        assert hook.channel.auth is not None
        auth = msgspec.structs.replace(hook.channel.auth, value=secret)
        channel = msgspec.structs.replace(hook.channel, auth=auth)
        changed = msgspec.structs.replace(hook, channel=channel, last_updated=self.organization.clock.now())
        registry.hooks.put(hook_id, changed)

    def doubt_by_hand(self, hook_id: str) -> None:
        """Let a hook be verified no more."""
        registry = self.organization.hooks.hooks
        registry.hooks.put(hook_id, msgspec.structs.replace(registry.get(hook_id), verification_status="UNVERIFIED"))

    def deactivate_by_hand(self, hook_id: str) -> None:
        """Let somebody deactivate a hook in the console."""
        self.organization.hooks.hooks.deactivate(hook_id, SYSTEM)

    def verify_by_hand(self, hook_id: str) -> None:
        """Let somebody have verified a hook in the console."""
        self.organization.hooks.hooks.mark_verified(hook_id)

    def delete_by_hand(self, hook_id: str) -> None:
        """Let somebody delete a hook in the console."""
        self.organization.hooks.hooks.deactivate(hook_id, SYSTEM)
        self.organization.hooks.hooks.delete(hook_id, SYSTEM)

    def be_down(self) -> None:
        """Answer nothing any more but 503."""
        self.organization.management_faults.add(ManagementFault(ending=Answer(status=503, empty=True)))

    def be_back(self) -> None:
        """Answer again."""
        self.organization.management_faults.clear()

    def revoke(self) -> None:
        """Let the operator's token be worth nothing any more."""
        tokens = self.organization.access.api_tokens
        for token in tuple(tokens):
            tokens.revoke(token.id)


@contextlib.asynccontextmanager
async def answering(
    options: Options, certificates: Certificates, *, clock: Clock | None = None, seed: int | None = None
) -> AsyncIterator[Okta]:
    """Let an organisation answer over TLS; a seed makes its identifiers and chances repeatable."""
    listener = listen(tls=server_context(certificates.certificate, certificates.key))
    url = listener.url.replace("127.0.0.1", "localhost")
    organization = Organization(options, url=url, clock=clock, ids=Ids(seed), dice=random.Random(seed))
    async with serve(organization, listener):
        yield Okta(organization, url, organization.api_token())


@dataclass
class Endpoint:
    """Answers challenges as the documentation says, as long as it is up and the secret is right.

    Args:
        url: Its address.
        secret: What it expects in `Authorization`.
        is_up: Whether it answers as it should; otherwise with 503.
    """

    url: str
    secret: str
    is_up: bool = True

    async def handle(self, request: web.Request) -> web.Response:
        """One call."""
        if not self.is_up:
            return web.Response(status=503)
        if not hmac.compare_digest(request.headers.get("Authorization", ""), self.secret):
            return web.Response(status=401)
        return web.json_response({"verification": request.headers.get(CHALLENGE, "")})


@contextlib.asynccontextmanager
async def listening(secret: str, certificates: Certificates) -> AsyncIterator[Endpoint]:
    """Let an endpoint listen."""
    endpoint = Endpoint("", secret)
    application = web.Application()
    application.router.add_route("*", PATH, endpoint.handle)
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=1)
    await runner.setup()
    try:
        context = server_context(certificates.certificate, certificates.key)
        await web.TCPSite(runner, "127.0.0.1", 0, ssl_context=context).start()
        endpoint.url = f"https://localhost:{runner.addresses[0][1]}{PATH}"
        yield endpoint
    finally:
        await runner.cleanup()
