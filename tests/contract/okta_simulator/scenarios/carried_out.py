"""Every operation is carried out, with the answers that only some states give."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from typing import Any

from contract.okta_simulator.openapi.exchange import Exchange
from contract.okta_simulator.scenarios.requests import DYNAMIC_ZONE, ENHANCED_ZONE, IP_ZONE, PROVIDER, RISK, hook_at
from contract.okta_simulator.watched import Watched
from okta_simulator.credentials.keys import generate
from okta_simulator.directory.sessions import Device
from okta_simulator.events.log_event import timestamp
from okta_simulator.security_events.kinds import USER_RISK_CHANGE
from unit.okta_simulator.event_hooks.receiver import always
from unit.okta_simulator.security_events.signals import publishing, sign

HOOKS = "/api/v1/eventHooks"
LOGS = "/api/v1/logs"
USERS = "/api/v1/users"
GROUPS = "/api/v1/groups"
ZONES = "/api/v1/zones"
PROVIDERS = "/api/v1/security-events-providers"
SIGNALS = "/security/api/v1/security-events"
GRACE = f"{USERS}/grace.kim@example.com"


def content(exchange: Exchange) -> Any:  # noqa: ANN401 -- whatever was answered
    """The answer of a request that was carried out."""
    assert exchange.status < HTTPStatus.BAD_REQUEST, exchange
    return json.loads(exchange.got) if exchange.got else None


async def event_hooks(okta: Watched) -> None:
    hook = content(await okta.ask("POST", HOOKS, hook_at(okta.receiver)))
    one = f"{HOOKS}/{hook['id']}"
    content(await okta.ask("GET", one))
    content(await okta.ask("PUT", one, hook_at(okta.receiver, name="Fraud engine")))
    content(await okta.ask("POST", f"{one}/lifecycle/verify"))
    content(await okta.ask("GET", HOOKS))
    assert (await okta.ask("DELETE", one)).status == HTTPStatus.BAD_REQUEST  # it is active
    content(await okta.ask("POST", f"{one}/lifecycle/deactivate"))
    content(await okta.ask("POST", f"{one}/lifecycle/activate"))
    content(await okta.ask("POST", f"{one}/lifecycle/deactivate"))
    content(await okta.ask("DELETE", one))


async def a_hook_without_anything_optional(okta: Watched) -> None:
    channel = {"type": "HTTP", "version": "1.0.0", "config": {"uri": okta.receiver.url}}
    body = {"name": "Bare", "events": {"type": "EVENT_TYPE", "items": ["user.session.start"]}, "channel": channel}
    content(await okta.ask("POST", HOOKS, body))


async def hooks_that_are_refused(okta: Watched) -> None:
    hook = content(await okta.ask("POST", HOOKS, hook_at(okta.receiver, name="Refused")))
    wrong = hook_at(okta.receiver, name="Other", events={"type": "EVENT_TYPE", "items": ["zone.update"]})
    again = hook_at(okta.receiver, name="Refused")
    okta.receiver.answering = always(500)
    answers = (
        await okta.ask("POST", HOOKS, wrong),
        await okta.ask("POST", HOOKS, again),
        await okta.ask("PUT", f"{HOOKS}/{hook['id']}", wrong),
        await okta.ask("POST", f"{HOOKS}/{hook['id']}/lifecycle/verify"),
    )
    assert {answer.status for answer in answers} == {HTTPStatus.BAD_REQUEST}


async def every_type_of_event(okta: Watched) -> None:
    emitted = {okta.emit(event_type.name).uuid for event_type in okta.organization.events.catalog}
    assert {entry["uuid"] for entry in content(await okta.ask("GET", f"{LOGS}?limit=1000"))} >= emitted


async def pages_of_the_log(okta: Watched) -> None:
    await every_type_of_event(okta)
    hour_ago = timestamp(datetime.now(UTC) - timedelta(hours=1))
    content(await okta.ask("GET", f"{LOGS}?since={hour_ago}&until=2099-01-01T00:00:00.000Z&limit=2"))
    content(await okta.ask("GET", f"{LOGS}?sortOrder=DESCENDING&q=session"))
    first = await okta.ask("GET", f"{LOGS}?limit=2&filter=eventType%20sw%20%22user.%22")
    following = next(link for link in first.headers.getall("Link") if 'rel="next"' in link)
    target = following.partition(">")[0].removeprefix(f"<{okta.url}")
    content(await okta.ask("GET", target))


async def queries_that_are_refused(okta: Watched) -> None:
    for query in ("filter=eventType+like+1", "since=yesterday", "limit=1001", "since=2020-01-01T00:00:00.000Z"):
        assert (await okta.ask("GET", f"{LOGS}?{query}")).status == HTTPStatus.BAD_REQUEST, query


async def zones(okta: Watched) -> None:
    for body in (IP_ZONE, DYNAMIC_ZONE, ENHANCED_ZONE):
        one = f"{ZONES}/{content(await okta.ask('POST', ZONES, body))['id']}"
        content(await okta.ask("GET", one))
        content(await okta.ask("PUT", one, {**body, "name": f"Other {body['name']}"}))
        assert (await okta.ask("DELETE", one)).status == HTTPStatus.BAD_REQUEST  # it is active
        content(await okta.ask("POST", f"{one}/lifecycle/deactivate"))
        content(await okta.ask("POST", f"{one}/lifecycle/activate"))
        content(await okta.ask("GET", ZONES))
        content(await okta.ask("POST", f"{one}/lifecycle/deactivate"))
        content(await okta.ask("DELETE", one))
    content(await okta.ask("GET", f"{ZONES}?limit=1&filter=system%20eq%20true"))


async def zones_that_are_refused(okta: Watched) -> None:
    wrong = {**IP_ZONE, "name": "Nowhere", "gateways": [{"type": "CIDR", "value": "300.1.1.1/8"}]}
    assert (await okta.ask("POST", ZONES, wrong)).status == HTTPStatus.BAD_REQUEST
    assert (await okta.ask("GET", f"{ZONES}?filter=name")).status == HTTPStatus.BAD_REQUEST


async def people(okta: Watched) -> None:
    for query in (
        "",
        "?limit=2",
        "?q=Gra",
        "?filter=status%20eq%20%22ACTIVE%22",
        "?search=profile.login%20sw%20%22a%22",
    ):
        content(await okta.ask("GET", USERS + query))
    for user in content(await okta.ask("GET", USERS)):
        for what in ("", "/groups", "/roles"):
            content(await okta.ask("GET", f"{USERS}/{user['id']}{what}"))
    content(await okta.ask("GET", f"{USERS}/me"))
    content(await okta.ask("GET", "/api/v1/iam/assignees/users?limit=1"))
    for query in ("", "?limit=2", "?q=Ev", "?filter=type%20eq%20%22BUILT_IN%22"):
        content(await okta.ask("GET", GROUPS + query))
    for group in content(await okta.ask("GET", GROUPS)):
        for what in ("", "/users", "/roles"):
            content(await okta.ask("GET", f"{GROUPS}/{group['id']}{what}"))


async def what_is_done_to_people(okta: Watched) -> None:
    people = okta.organization.people
    people.sessions.sign_in(people.directory.user("grace.kim"), address="203.0.113.9", device=Device("guo1", "Laptop"))
    content(await okta.ask("DELETE", f"{GRACE}/sessions?oauthTokens=true&forgetDevices=true"))
    actions = ("suspend", "unsuspend", "reset_factors", "expire_password", "expire_password_with_temp_password")
    for action in actions:
        content(await okta.ask("POST", f"{GRACE}/lifecycle/{action}"))
    content(await okta.ask("PUT", f"{GRACE}/risk", RISK))
    content(await okta.ask("GET", f"{GRACE}/risk"))
    assert (await okta.ask("POST", f"{GRACE}/lifecycle/unsuspend")).status == HTTPStatus.BAD_REQUEST


async def security_event_providers(okta: Watched) -> None:
    one = f"{PROVIDERS}/{content(await okta.ask('POST', PROVIDERS, PROVIDER))['id']}"
    content(await okta.ask("GET", PROVIDERS))
    content(await okta.ask("GET", one))
    content(await okta.ask("PUT", one, {**PROVIDER, "name": "Other transmitter"}))
    content(await okta.ask("POST", f"{one}/lifecycle/deactivate"))
    content(await okta.ask("POST", f"{one}/lifecycle/activate"))
    assert (await okta.ask("POST", PROVIDERS, {**PROVIDER, "settings": {}})).status == HTTPStatus.BAD_REQUEST
    content(await okta.ask("DELETE", one))


async def security_events(okta: Watched) -> None:
    key = generate("key-1")
    async with publishing([key]) as issuer:
        settings = {"well_known_url": f"{issuer}/.well-known/ssf-configuration"}
        content(await okta.ask("POST", PROVIDERS, {**PROVIDER, "name": "Signals", "settings": settings}))
        token = sign(_risk_change(issuer, okta.url), key)
        headers = {"Content-Type": "application/secevent+jwt"}
        assert (await okta.send("POST", SIGNALS, token.encode(), headers=headers)).status == HTTPStatus.ACCEPTED
        assert (await okta.send("POST", SIGNALS, b"no token", headers=headers)).status == HTTPStatus.BAD_REQUEST


def _risk_change(issuer: str, audience: str) -> dict[str, object]:
    now = int(datetime.now(UTC).timestamp())
    event = {
        "event_timestamp": now,
        "subjects": {"user": {"format": "email", "email": "grace.kim@example.com"}},
        "current_level": "high",
        "previous_level": "low",
        "reason_admin": {"en": "Malware on the laptop"},
    }
    return {"iss": issuer, "aud": audience, "jti": "1", "iat": now, "events": {USER_RISK_CHANGE: event}}


async def what_anybody_may_ask(okta: Watched) -> None:
    for path in ("okta-organization", "oauth-authorization-server"):
        content(await okta.send("GET", f"/.well-known/{path}"))
    content(await okta.send("GET", "/oauth2/v1/keys"))


SCENARIOS = (
    event_hooks,
    a_hook_without_anything_optional,
    hooks_that_are_refused,
    every_type_of_event,
    pages_of_the_log,
    queries_that_are_refused,
    zones,
    zones_that_are_refused,
    people,
    what_is_done_to_people,
    security_event_providers,
    security_events,
    what_anybody_may_ask,
)
