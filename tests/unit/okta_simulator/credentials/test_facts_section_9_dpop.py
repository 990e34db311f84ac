"""Facts, section 9: DPoP, which new service apps need since February 2024."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta

import jwt
import pytest

from unit.okta_simulator.credentials.client_side import ath, key_pair
from unit.okta_simulator.credentials.guarded_organization import HOOKS, READ, TOKEN, Guarded

SIX_MINUTES = 360


async def test_new_apps_need_it(org: Guarded) -> None:
    app = org.services.service_apps.register("New", keys=[key_pair("registered").public_jwk], scopes=[READ])
    assert app.dpop_required


async def test_a_token_request_without_a_proof_is_refused(org: Guarded) -> None:
    answer = await org.ask_token(org.parameters(org.app(dpop=True)))
    assert answer.status == 400
    assert answer.body == {
        "error": "invalid_dpop_proof",
        "error_description": "The DPoP proof JWT header is missing.",
    }


async def test_the_first_proof_is_answered_with_a_nonce(org: Guarded) -> None:
    answer = await org.ask_token(org.parameters(org.app(dpop=True)), org.proof("POST", TOKEN))
    assert (answer.status, answer.body["error"]) == (400, "use_dpop_nonce")
    assert answer.headers["dpop-nonce"]


async def test_the_proof_with_the_nonce_gets_a_bound_token(org: Guarded) -> None:
    app = org.app(dpop=True)
    nonce = await org.nonce(app)
    answer = await org.ask_token(org.parameters(app), org.proof("POST", TOKEN, nonce=nonce))
    assert (answer.status, answer.body["token_type"]) == (200, "DPoP")


async def test_the_assertion_is_used_up_by_the_first_attempt(org: Guarded) -> None:
    parameters = org.parameters(org.app(dpop=True))
    refused = await org.ask_token(parameters, org.proof("POST", TOKEN))
    answer = await org.ask_token(parameters, org.proof("POST", TOKEN, nonce=refused.headers["dpop-nonce"]))
    assert answer.body["error"] == "invalid_client"


async def test_a_client_that_offers_a_proof_gets_a_bound_token_though_it_need_not(org: Guarded) -> None:
    app = org.app(dpop=False)
    nonce = await org.nonce(app)
    answer = await org.ask_token(org.parameters(app), org.proof("POST", TOKEN, nonce=nonce))
    assert answer.body["token_type"] == "DPoP"


async def test_a_made_up_nonce_is_answered_with_a_real_one(org: Guarded) -> None:
    answer = await org.ask_token(org.parameters(org.app(dpop=True)), org.proof("POST", TOKEN, nonce="é"))
    assert answer.body["error"] == "use_dpop_nonce"


async def test_a_nonce_is_given_out_for_24_hours(org: Guarded) -> None:
    app = org.app(dpop=True)
    first = await org.nonce(app)
    org.clock.advance(timedelta(hours=23))
    assert await org.nonce(app) == first
    org.clock.advance(timedelta(hours=1))
    assert await org.nonce(app) != first


@pytest.mark.parametrize(("days", "status"), [(3, 200), (4, 400)])
async def test_an_old_nonce_is_accepted_for_3_days(org: Guarded, days: int, status: int) -> None:
    app = org.app(dpop=True)
    nonce = await org.nonce(app)
    org.clock.advance(timedelta(days=days))
    answer = await org.ask_token(org.parameters(app), org.proof("POST", TOKEN, nonce=nonce))
    assert answer.status == status


async def test_the_token_names_the_key_of_the_proof(org: Guarded) -> None:
    token = await org.bound_token(org.app(dpop=True))
    claims = jwt.decode(token, options={"verify_signature": False})
    assert set(claims["cnf"]) == {"jkt"}


async def test_a_call_with_a_proof_and_without_a_nonce_passes(org: Guarded) -> None:
    token = await org.bound_token(org.app(dpop=True))
    assert (await org.call_with_proof(token)).status == 200


async def test_a_call_may_carry_a_nonce(org: Guarded) -> None:
    token = await org.bound_token(org.app(dpop=True))
    assert (await org.call_with_proof(token, nonce="from the token endpoint")).status == 200


async def test_the_query_is_not_part_of_the_proof(org: Guarded) -> None:
    token = await org.bound_token(org.app(dpop=True))
    answer = await org.send(f"{HOOKS}?limit=2", f"DPoP {token}", DPoP=org.proof("GET", HOOKS, ath=ath(token)))
    assert answer.status == 200


async def test_a_bound_token_is_refused_as_a_bearer_token(org: Guarded) -> None:
    token = await org.bound_token(org.app(dpop=True))
    assert (await org.send(HOOKS, f"Bearer {token}")).status == 400


async def test_a_call_without_a_proof_has_oktas_challenge(org: Guarded) -> None:
    token = await org.bound_token(org.app(dpop=True))
    answer = await org.send(HOOKS, f"DPoP {token}")
    host = org.url.removeprefix("http://")
    assert answer.status == 400
    assert answer.headers["WWW-Authenticate"] == (
        'DPoP algs="RS256 RS384 RS512 ES256 ES384 ES512", '
        f'authorization_uri="http://{host}/oauth2/v1/authorize", realm="http://{host}", scope="{READ}", '
        'error="invalid_dpop_proof", error_description="The DPoP proof JWT header is missing.", '
        f'resource="{HOOKS}"'
    )


@pytest.mark.parametrize(
    ("claims", "sentence"),
    [
        ({"htm": "POST"}, "'htm' claim in the DPoP proof JWT is invalid."),
        ({"htu": "https://elsewhere.example.com/api/v1/eventHooks"}, "'htu' claim in the DPoP proof JWT is invalid."),
        ({"ath": ath("another token")}, "'ath' claim in the DPoP proof JWT is invalid."),
        ({"ath": None}, "'ath' claim in the DPoP proof JWT is invalid."),
        ({"jti": None}, "The DPoP proof JWT is invalid."),
        ({"iat": "now"}, "The DPoP proof JWT is invalid."),
    ],
    ids=["method", "address", "token", "no token", "no identifier", "no time"],
)
async def test_a_proof_for_another_request_is_refused(org: Guarded, claims: dict[str, object], sentence: str) -> None:
    token = await org.bound_token(org.app(dpop=True))
    answer = await org.call_with_proof(token, **claims)
    assert (answer.status, answer.body["errorSummary"]) == (400, sentence)


@pytest.mark.parametrize(
    ("seconds", "sentence"),
    [
        (-SIX_MINUTES, "The DPoP proof JWT is issued more than five minutes in the past."),
        (SIX_MINUTES, "The DPoP proof JWT is issued in the future."),
    ],
)
async def test_a_proof_from_another_time_is_refused(org: Guarded, seconds: int, sentence: str) -> None:
    token = await org.bound_token(org.app(dpop=True))
    answer = await org.call_with_proof(token, iat=int(time.time()) + seconds)
    assert answer.body["errorSummary"] == sentence


async def test_a_proof_is_good_once(org: Guarded) -> None:
    token = await org.bound_token(org.app(dpop=True))
    shown = org.proof("GET", HOOKS, ath=ath(token))
    await org.send(HOOKS, f"DPoP {token}", DPoP=shown)
    answer = await org.send(HOOKS, f"DPoP {token}", DPoP=shown)
    assert answer.status == 400
    assert answer.body["errorSummary"] == "The DPoP proof JWT has already been used."


async def test_a_proof_by_another_key_is_refused(org: Guarded) -> None:
    token = await org.bound_token(org.app(dpop=True))
    answer = await org.call_with_proof(token, "other")
    assert (answer.status, answer.body["errorCode"]) == (401, "E0000011")


def _of_another_type(org: Guarded) -> str:
    return org.proof("POST", TOKEN, "proof", "jwt")


def _with_a_private_key(org: Guarded) -> str:  # noqa: ARG001 -- the same for every organisation
    key = key_pair("proof")
    return jwt.encode({}, key.private_pem, "RS256", {"typ": "dpop+jwt", "jwk": {**key.public_jwk, "d": "secret"}})


def _without_a_key(org: Guarded) -> str:  # noqa: ARG001 -- the same for every organisation
    return jwt.encode({}, key_pair("proof").private_pem, "RS256", {"typ": "dpop+jwt"})


def _with_a_shared_secret(org: Guarded) -> str:  # noqa: ARG001 -- the same for every organisation
    headers = {"typ": "dpop+jwt", "jwk": {"kty": "oct", "k": "YWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWE"}}
    return jwt.encode({}, "a" * 32, "HS256", headers)


def _not_a_token(org: Guarded) -> str:  # noqa: ARG001 -- the same for every organisation
    return "not.a.token"


@pytest.mark.parametrize(
    "wrong", [_of_another_type, _with_a_private_key, _without_a_key, _with_a_shared_secret, _not_a_token]
)
async def test_what_is_no_proof_is_refused(org: Guarded, wrong: Callable[[Guarded], str]) -> None:
    answer = await org.ask_token(org.parameters(org.app(dpop=True)), wrong(org))
    assert (answer.status, answer.body["error"]) == (400, "invalid_dpop_proof")


async def test_a_token_that_is_not_bound_is_refused_under_the_other_scheme(org: Guarded) -> None:
    token = (await org.ask_token(org.parameters(org.app()))).body["access_token"]
    assert (await org.call_with_proof(token)).status == 401
