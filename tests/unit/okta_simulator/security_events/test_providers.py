"""Registering providers, and finding their keys."""

from __future__ import annotations

from datetime import timedelta

import pytest

from okta_simulator.credentials.keys import KeyPair
from okta_simulator.options import Options
from unit.okta_simulator.management_client import ORGANIZATION_URL, Client
from unit.okta_simulator.security_events.signals import PROVIDERS, Signals, provider, publishing, send, sign


async def only_provider(client: Client) -> str:
    (listed,) = (await client.get(PROVIDERS)).body
    return f"{PROVIDERS}/{listed['id']}"


async def test_a_provider_looks_as_okta_shows_one(client: Client) -> None:
    body = provider(issuer="https://other.example.com", jwks_url="https://other.example.com/keys")
    answer = await client.post(PROVIDERS, body)
    assert answer.status == 200
    url = f"{ORGANIZATION_URL}{PROVIDERS}/{answer.body['id']}"
    assert answer.body == {
        "id": answer.body["id"],
        "name": "Transmitter",
        "type": "endpoint protection",
        "status": "ACTIVE",
        "settings": {"issuer": "https://other.example.com", "jwks_url": "https://other.example.com/keys"},
        "_links": {
            "self": {"href": url, "hints": {"allow": ["GET", "PUT", "DELETE"]}},
            "deactivate": {"href": f"{url}/lifecycle/deactivate", "hints": {"allow": ["POST"]}},
        },
    }


async def test_a_provider_is_read_replaced_and_deleted(client: Client) -> None:
    path = await only_provider(client)
    body = provider(issuer="https://new.example.com", jwks_url="https://new.example.com/keys")
    replaced = await client.put(path, body)
    assert (replaced.status, replaced.body["settings"]["issuer"]) == (200, "https://new.example.com")
    assert (await client.get(path)).body == replaced.body
    assert (await client.delete(path)).status == 204
    assert (await client.get(path)).status == 404


async def test_the_tokens_of_a_provider_that_is_switched_off_are_refused(
    client: Client, signals: Signals, key: KeyPair
) -> None:
    path = await only_provider(client)
    off = await client.post(f"{path}/lifecycle/deactivate")
    refused = await send(client, sign(signals.claims(), key))
    await client.post(f"{path}/lifecycle/activate")
    taken = await send(client, sign(signals.claims(), key))
    assert (off.body["status"], refused.body["err"], taken.status) == ("INACTIVE", "invalid_issuer", 202)


async def test_what_is_done_to_providers_is_written_down(client: Client, signals: Signals) -> None:
    path = await only_provider(client)
    await client.post(f"{path}/lifecycle/deactivate")
    await client.post(f"{path}/lifecycle/activate")
    await client.delete(path)
    assert signals.company.log.types == [
        "security.events.provider.create",
        "security.events.provider.deactivate",
        "security.events.provider.activate",
        "security.events.provider.delete",
    ]


@pytest.mark.parametrize(
    "body",
    [
        provider(),
        provider(issuer="https://new.example.com"),
        provider(issuer="https://new.example.com", jwks_url="keys"),
        provider(issuer="https://new.example.com", jwks_url="file:///etc/keys"),
        provider(issuer="https://new.example.com", jwks_url="https://[::1"),
        provider(issuer="i" * 701, jwks_url="https://new.example.com/keys"),
        provider(issuer="https://new.example.com", jwks_url="https://new.example.com/" + "k" * 1_000),
        provider(issuer="https://new.example.com", jwks_url="https://new.example.com/keys") | {"name": ""},
        provider(issuer="https://new.example.com", jwks_url="https://new.example.com/keys") | {"name": "n" * 101},
        provider(issuer="https://new.example.com", jwks_url="https://new.example.com/keys") | {"type": ""},
        provider(issuer="https://transmitter.example.com", jwks_url="https://new.example.com/keys"),
    ],
)
async def test_a_provider_that_is_not_right_is_refused(client: Client, body: dict[str, object]) -> None:
    answer = await client.post(PROVIDERS, body)
    assert (answer.status, answer.body["errorCode"]) == (400, "E0000001")


@pytest.mark.parametrize("body", [None, [], {"name": "Transmitter"}, {"settings": "https://new.example.com"}])
async def test_a_provider_of_another_shape_is_not_well_formed(client: Client, body: object) -> None:
    assert (await client.post(PROVIDERS, body)).body["errorCode"] == "E0000003"


async def test_a_well_known_url_says_issuer_and_keys(client: Client, signals: Signals, key: KeyPair) -> None:
    async with publishing([key]) as origin:
        well_known = f"{origin}/.well-known/ssf-configuration"
        created = await client.post(PROVIDERS, provider(well_known_url=well_known))
        answer = await send(client, sign(signals.claims(iss=origin), key))
    assert created.body["settings"] == {"well_known_url": well_known, "issuer": origin, "jwks_url": f"{origin}/keys"}
    assert answer.status == 202


@pytest.mark.parametrize("path", ["/keys", "/nothing", "/endless", "/elsewhere"])
async def test_a_well_known_url_that_says_neither_is_refused(client: Client, key: KeyPair, path: str) -> None:
    async with publishing([key]) as origin:
        answer = await client.post(PROVIDERS, provider(well_known_url=origin + path))
    assert (answer.status, answer.body["errorSummary"]) == (
        400,
        "Api validation failed: settings.well_known_url",
    )


async def test_a_server_that_is_not_there_makes_the_key_invalid(client: Client, signals: Signals, key: KeyPair) -> None:
    async with publishing([key]) as origin:
        await client.post(PROVIDERS, provider(issuer=origin, jwks_url=f"{origin}/keys"))
    answer = await send(client, sign(signals.claims(iss=origin), key))
    assert (answer.status, answer.body["err"]) == (400, "invalid_key")


async def test_a_new_key_is_found_once_the_provider_has_it(
    client: Client, signals: Signals, key: KeyPair, other_key: KeyPair
) -> None:
    published = [key]
    async with publishing(published) as origin:
        await client.post(PROVIDERS, provider(issuer=origin, jwks_url=f"{origin}/keys"))
        await send(client, sign(signals.claims(iss=origin, jti="1"), key))
        published[:] = [other_key]
        early = await send(client, sign(signals.claims(iss=origin, jti="2"), other_key))
        signals.company.clock.advance(timedelta(minutes=1))
        later = await send(client, sign(signals.claims(iss=origin, jti="2"), other_key))
    assert (early.body["err"], later.status) == ("invalid_key", 202)


@pytest.mark.parametrize("jwks", [{}, {"keys": "none"}, {"keys": [1]}, {"keys": [{"kid": "key-1"}]}])
async def test_keys_that_are_none_verify_nothing(signals: Signals, key: KeyPair, jwks: dict[str, object]) -> None:
    async with signals.answering() as client:
        await client.post(PROVIDERS, provider(issuer="https://transmitter.example.com", jwks=jwks))
        answer = await send(client, sign(signals.claims(), key))
    assert answer.status == 400
    assert answer.body["err"] in ("invalid_key", "authentication_failed")


@pytest.mark.parametrize("options", [Options(engine="classic"), Options(identity_threat_protection=False)])
async def test_registering_needs_threat_protection(options: Options) -> None:
    async with Signals(options).answering() as client:
        answer = await client.get(PROVIDERS)
    assert (answer.status, answer.body["errorCode"]) == (401, "E0000015")
