"""How many events a second the simulator delivers over TLS, with its System Log and a receiver in the same process."""

from __future__ import annotations

import asyncio
import ssl
import tempfile
import time
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import msgspec
import trustme
from aiohttp import web

from benchmarks.measurement import Measurement
from okta_simulator.caller import SYSTEM
from okta_simulator.clock import Clock
from okta_simulator.event_hooks.body import EventHookBody
from okta_simulator.events.log_event import LogEvent, Outcome, timestamp
from okta_simulator.ids import Ids
from okta_simulator.options import Delivery, Endpoints, Options
from okta_simulator.organization import Organization

_EVENTS = 20_000
_AT_ONCE = 500  # events emitted before the loop gets its turn
_HOST = "hooks.example.com"


def run() -> Iterable[Measurement]:
    """Deliver a number of events to one hook, and see how long it takes until all are acknowledged."""
    with tempfile.TemporaryDirectory() as folder:
        seconds = asyncio.run(_delivered_within(Path(folder)))
    yield Measurement("simulator_delivered_events_per_second", _EVENTS / seconds, "events/s")


async def _delivered_within(folder: Path) -> float:
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(folder / "ca.pem"))
    async with _receiver(authority) as (url, arrived), _organization(folder / "ca.pem") as organization:
        hook = organization.hooks.hooks.create(_hook(url), SYSTEM)
        organization.hooks.hooks.mark_verified(hook.id)
        events = [_event(organization) for _ in range(_EVENTS)]
        began = time.perf_counter()
        for number, event in enumerate(events):
            organization.events.emitter.emit(event)
            if number % _AT_ONCE == 0:
                await asyncio.sleep(0)
        await arrived.wait()
        return time.perf_counter() - began


@asynccontextmanager
async def _organization(ca_file: Path) -> AsyncIterator[Organization]:
    options = Options(
        delivery=Delivery(batching_window=timedelta()),
        endpoints=Endpoints(resolve={_HOST: "127.0.0.1"}, extra_ca_file=str(ca_file)),
    )
    organization = Organization(options, clock=Clock(), ids=Ids(1))
    async with organization.running():
        yield organization


@asynccontextmanager
async def _receiver(authority: trustme.CA) -> AsyncIterator[tuple[str, asyncio.Event]]:
    """An endpoint that does nothing but count; the event is set once everything has arrived."""
    arrived, left = asyncio.Event(), _EVENTS

    async def take(request: web.Request) -> web.Response:
        nonlocal left
        left -= (await request.read()).count(b'"legacyEventType"')
        if left <= 0:
            arrived.set()
        return web.Response(status=204)

    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert(_HOST).configure_cert(context)
    application = web.Application(client_max_size=64 * 1024 * 1024)
    application.router.add_post("/", take)
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    try:
        site = web.TCPSite(runner, "127.0.0.1", 0, ssl_context=context)
        await site.start()
        yield f"https://{_HOST}:{runner.addresses[0][1]}/", arrived
    finally:
        await runner.cleanup()


def _hook(url: str) -> EventHookBody:
    return msgspec.convert(
        {
            "name": "Benchmark",
            "events": {"type": "EVENT_TYPE", "items": ["user.session.start"]},
            "channel": {"type": "HTTP", "version": "1.0.0", "config": {"uri": url}},
        },
        EventHookBody,
    )


def _event(organization: Organization) -> LogEvent:
    return LogEvent(
        uuid=organization.ids.uuid(),
        published=timestamp(organization.clock.now()),
        event_type="user.session.start",
        legacy_event_type="core.user_auth.login_success",
        display_message="User login to Okta",
        actor={"id": "00u1", "type": "User", "alternateId": "mia@example.com", "displayName": "Mia Example"},
        outcome=Outcome("SUCCESS"),
        target=[{"id": "00g1", "type": "UserGroup", "alternateId": "unknown", "displayName": "Sales"}],
        client={
            "userAgent": {"rawUserAgent": "Mozilla/5.0 (X11; Linux x86_64)", "os": "Linux", "browser": "FIREFOX"},
            "zone": "null",
            "ipAddress": "198.51.100.7",
            "geographicalContext": {
                "city": "Zurich",
                "country": "Switzerland",
                "geolocation": {"lat": 47.4, "lon": 8.5},
            },
        },
        security_context={"asNumber": 64496, "asOrg": "Example", "isp": "Example", "isProxy": False},
        transaction={"type": "WEB", "id": "reqtransaction", "detail": {}},
        debug_context={"debugData": {"requestId": "reqtransaction", "requestUri": "/api/v1/authn"}},
    )
