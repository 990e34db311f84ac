"""An Okta organisation over TLS, and an endpoint of a user's own that it can verify and deliver to."""

from __future__ import annotations

import contextlib
import hmac
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

from aiohttp import web

from localcluster.pki import Authority
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


@contextlib.asynccontextmanager
async def answering(options: Options, certificates: Certificates) -> AsyncIterator[Okta]:
    """Let an organisation answer over TLS."""
    listener = listen(tls=server_context(certificates.certificate, certificates.key))
    url = listener.url.replace("127.0.0.1", "localhost")
    organization = Organization(options, url=url)
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
