"""Facts, section 9: a service app gets a token of Okta's own server by a signed assertion, for the scopes it has."""

from __future__ import annotations

import time
from datetime import timedelta

import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from okta_simulator.credentials.keys import load
from okta_simulator.errors import OktaError
from unit.okta_simulator.credentials.client_side import assertion, key_pair
from unit.okta_simulator.credentials.guarded_organization import HOOKS, MANAGE, READ, TOKEN, Guarded

HOUR = 3600


async def _token(org: Guarded, scopes: str = READ) -> str:
    app = org.app(scopes=scopes.split())
    return str((await org.ask_token(org.parameters(app, scopes))).body["access_token"])


async def test_a_token_is_granted_for_3600_seconds(org: Guarded) -> None:
    answer = await org.ask_token(org.parameters(org.app()))
    del answer.body["access_token"]
    assert answer.body == {"token_type": "Bearer", "expires_in": HOUR, "scope": READ}


async def test_the_token_stands_for_the_app(org: Guarded) -> None:
    app = org.app()
    token = (await org.ask_token(org.parameters(app))).body["access_token"]
    answer = await org.send(HOOKS, f"Bearer {token}")
    assert (answer.status, answer.body["actor"]) == (200, app.id)


async def test_the_client_id_has_oktas_shape(org: Guarded) -> None:
    client_id = org.app().id
    assert client_id.startswith("0oa")
    assert len(client_id) == 20


async def test_parameters_may_come_in_the_query(org: Guarded) -> None:
    async with org.session.post(TOKEN, params=org.parameters(org.app())) as response:
        assert response.status == 200


@pytest.mark.parametrize("algorithm", ["RS256", "RS384", "RS512"])
async def test_assertions_may_be_signed_with_rsa(org: Guarded, algorithm: str) -> None:
    app, key = org.app(), key_pair("registered")
    now = int(time.time())
    claims = {"iss": app.id, "sub": app.id, "aud": org.url + TOKEN, "exp": now + 60}
    signed = jwt.encode(claims, key.private_pem, algorithm=algorithm, headers={"kid": key.kid})
    answer = await org.ask_token({**org.parameters(app), "client_assertion": signed})
    assert answer.status == 200


@pytest.mark.parametrize("curve", [ec.SECP256R1(), ec.SECP384R1(), ec.SECP521R1()], ids=lambda curve: curve.name)
async def test_assertions_may_be_signed_with_elliptic_curves(org: Guarded, curve: ec.EllipticCurve) -> None:
    pem = ec.generate_private_key(curve).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    key = load(pem.decode(), kid="curved")
    app = org.services.service_apps.register("Curved", keys=[key.public_jwk], scopes=[READ], dpop_required=False)
    signed = assertion(app.id, key=key, kid="curved", aud=org.url + TOKEN)
    answer = await org.ask_token({**org.parameters(app), "client_assertion": signed})
    assert answer.status == 200


async def test_the_audience_may_be_a_list(org: Guarded) -> None:
    answer = await org.ask_token(org.parameters(org.app(), aud=["https://elsewhere.example.com", org.url + TOKEN]))
    assert answer.status == 200


@pytest.mark.parametrize("path", ["", "/oauth2/default/v1/token"], ids=["the organisation", "a custom server"])
async def test_the_audience_is_the_token_url(org: Guarded, path: str) -> None:
    answer = await org.ask_token(org.parameters(org.app(), aud=org.url + path))
    assert answer.status == 401
    assert answer.body == {
        "error": "invalid_client",
        "error_description": "The audience claim for client_assertion must be the endpoint invoked for the request.",
    }


async def test_an_expiry_of_one_hour_is_taken(org: Guarded) -> None:
    answer = await org.ask_token(org.parameters(org.app(), exp=int(time.time()) + HOUR))
    assert answer.status == 200


@pytest.mark.parametrize("ahead", [-1, 2 * HOUR], ids=["past", "more than an hour ahead"])
async def test_the_expiry_is_at_most_one_hour_ahead(org: Guarded, ahead: int) -> None:
    answer = await org.ask_token(org.parameters(org.app(), exp=int(time.time()) + ahead))
    assert (answer.status, answer.body["error"]) == (401, "invalid_client")


@pytest.mark.parametrize("claim", ["iss", "sub"])
async def test_issuer_and_subject_are_the_client_id(org: Guarded, claim: str) -> None:
    answer = await org.ask_token(org.parameters(org.app(), **{claim: "0oaSomebodyElse000000"}))
    assert answer.status == 401


async def test_an_unknown_client_is_told_so_in_the_form_of_the_management_api(org: Guarded) -> None:
    parameters = {**org.parameters(org.app()), "client_id": "0oaSomebodyElse000000"}
    answer = await org.ask_token(parameters)
    assert (answer.status, answer.body["errorSummary"]) == (401, "Invalid value for 'client_id' parameter.")


async def test_a_signature_with_another_key_is_refused(org: Guarded) -> None:
    answer = await org.ask_token(org.parameters(org.app(), key="other", kid="registered"))
    assert answer.status == 401
    assert answer.body["error_description"] == "The client_assertion signature is invalid."


async def test_a_key_that_is_not_registered_is_refused(org: Guarded) -> None:
    answer = await org.ask_token(org.parameters(org.app(), key="other"))
    assert answer.status == 401
    assert answer.body["error_description"] == "The client_assertion JWT kid is invalid."


@pytest.mark.parametrize(("keys", "status"), [(["registered"], 200), (["registered", "other"], 401)])
async def test_only_the_only_key_needs_no_identifier(org: Guarded, keys: list[str], status: int) -> None:
    app = org.app(keys=keys)
    signed = assertion(app.id, key=key_pair("registered"), kid=None, aud=org.url + TOKEN)
    assert (await org.ask_token({**org.parameters(app), "client_assertion": signed})).status == status


async def test_a_shared_secret_does_not_pass_for_a_key(org: Guarded) -> None:
    app = org.app()
    claims = {"iss": app.id, "sub": app.id, "aud": org.url + TOKEN, "exp": int(time.time()) + 60}
    signed = jwt.encode(claims, "a" * 64, algorithm="HS256", headers={"kid": "registered"})
    answer = await org.ask_token({**org.parameters(app), "client_assertion": signed})
    assert answer.body["error_description"] == "The client_assertion signature is invalid."


async def test_an_assertion_is_good_once(org: Guarded) -> None:
    parameters = org.parameters(org.app())
    await org.ask_token(parameters)
    assert (await org.ask_token(parameters)).body["error"] == "invalid_client"


async def test_an_assertion_without_jti_can_come_again(org: Guarded) -> None:
    parameters = org.parameters(org.app(), jti=None)
    await org.ask_token(parameters)
    assert (await org.ask_token(parameters)).status == 200


@pytest.mark.parametrize("text", ["", "not.a.token", "é", "e30.e30.", "x" * 10_000])
async def test_what_is_no_assertion_is_refused(org: Guarded, text: str) -> None:
    answer = await org.ask_token({**org.parameters(org.app()), "client_assertion": text})
    assert answer.status == 401
    assert answer.body["error_description"] == "The parsing of the client_assertion failed."


async def test_private_key_jwt_is_the_only_method(org: Guarded) -> None:
    secret = {"grant_type": "client_credentials", "scope": READ, "client_id": org.app().id, "client_secret": "s"}
    answer = await org.ask_token(secret)
    assert answer.status == 401
    assert answer.body["error_description"] == (
        "Client Credentials requests to the Org Authorization Server must use the private_key_jwt"
        " token_endpoint_auth_method."
    )


@pytest.mark.parametrize(("grant_type", "error"), [("password", "unsupported_grant_type"), ("", "invalid_request")])
async def test_client_credentials_is_the_only_grant(org: Guarded, grant_type: str, error: str) -> None:
    answer = await org.ask_token({**org.parameters(org.app()), "grant_type": grant_type})
    assert (answer.status, answer.body["error"]) == (400, error)


async def test_scopes_that_are_not_granted_are_left_out(org: Guarded) -> None:
    answer = await org.ask_token(org.parameters(org.app(), f"{READ} {MANAGE}"))
    assert answer.body["scope"] == READ


async def test_a_request_for_nothing_that_is_granted_needs_consent(org: Guarded) -> None:
    answer = await org.ask_token(org.parameters(org.app(), MANAGE))
    assert answer.status == 400
    assert answer.body == {
        "error": "consent_required",
        "error_description": "You are not allowed any of the requested scopes.",
    }


@pytest.mark.parametrize("scope", ["", "openid", f"{READ} custom"])
async def test_scopes_that_the_server_does_not_have_are_invalid(org: Guarded, scope: str) -> None:
    answer = await org.ask_token(org.parameters(org.app(), scope))
    assert (answer.status, answer.body["error"]) == (400, "invalid_scope")


async def test_a_missing_scope_has_oktas_sentence(org: Guarded) -> None:
    answer = await org.send(HOOKS, f"Bearer {await _token(org)}", method="POST")
    assert answer.status == 403
    assert answer.body["errorSummary"] == "The access token provided does not contain the required scopes."


async def test_a_missing_scope_is_named_in_the_challenge(org: Guarded) -> None:
    answer = await org.send(HOOKS, f"Bearer {await _token(org)}", method="POST")
    host = org.url.removeprefix("http://")
    assert answer.headers["WWW-Authenticate"] == (
        f'Bearer authorization_uri="http://{host}/oauth2/v1/authorize", realm="http://{host}", scope="{MANAGE}", '
        'error="insufficient_scope", '
        'error_description="The access token provided does not contain the required scopes.", '
        f'resource="{HOOKS}"'
    )


async def test_an_app_without_an_administrator_role_may_do_nothing(org: Guarded) -> None:
    app = org.app()
    token = (await org.ask_token(org.parameters(app))).body["access_token"]
    org.services.service_apps.assign_roles(app.id, [])
    answer = await org.send(HOOKS, f"Bearer {token}")
    assert (answer.status, answer.body["errorCode"]) == (403, "E0000006")


async def test_a_token_lives_for_an_hour_of_oktas_clock(org: Guarded) -> None:
    token = await _token(org)
    org.clock.advance(timedelta(seconds=HOUR))
    answer = await org.send(HOOKS, f"Bearer {token}")
    assert (answer.status, answer.body["errorCode"]) == (401, "E0000011")


async def test_an_assertion_is_judged_by_the_clients_clock(org: Guarded) -> None:
    org.clock.advance(timedelta(days=90))
    assert (await org.ask_token(org.parameters(org.app()))).status == 200


@pytest.mark.parametrize("token", ["x", "e30.e30.e30", "é"])
async def test_what_is_no_access_token_is_refused(org: Guarded, token: str) -> None:
    answer = await org.send(HOOKS, f"Bearer {token}")
    assert (answer.status, answer.body["errorCode"]) == (401, "E0000011")
    assert 'error="invalid_token"' in answer.headers["WWW-Authenticate"]


async def test_a_token_that_somebody_else_signed_is_refused(org: Guarded) -> None:
    genuine = await _token(org)
    claims = jwt.decode(genuine, options={"verify_signature": False})
    forged = jwt.encode(claims, key_pair("other").private_pem, algorithm="RS256")
    assert (await org.send(HOOKS, f"Bearer {forged}")).status == 401


async def test_a_deactivated_app_is_locked_out_with_its_tokens(org: Guarded) -> None:
    app = org.app()
    token = (await org.ask_token(org.parameters(app))).body["access_token"]
    org.services.service_apps.deactivate(app.id)
    assert (await org.send(HOOKS, f"Bearer {token}")).status == 401
    assert (await org.ask_token(org.parameters(app))).status == 401


async def test_a_grant_that_is_taken_back_is_gone_from_tokens_too(org: Guarded) -> None:
    app = org.app()
    token = (await org.ask_token(org.parameters(app))).body["access_token"]
    org.services.service_apps.grant(app.id, [])
    assert (await org.send(HOOKS, f"Bearer {token}")).status == 403


async def test_a_key_that_is_taken_away_opens_nothing(org: Guarded) -> None:
    app = org.app()
    org.services.service_apps.replace_keys(app.id, [key_pair("other").public_jwk])
    assert (await org.ask_token(org.parameters(app))).status == 401
    assert (await org.ask_token(org.parameters(app, key="other"))).status == 200


async def test_a_private_key_is_not_registered(org: Guarded) -> None:
    private = {**key_pair("registered").public_jwk, "d": "secret"}
    with pytest.raises(OktaError, match="E0000001"):
        org.services.service_apps.register("Careless", keys=[private], scopes=[READ])


async def test_two_keys_of_one_name_are_not_registered(org: Guarded) -> None:
    with pytest.raises(OktaError, match="E0000001"):
        org.app(keys=["registered", "registered"])


async def test_grants_and_refusals_are_written_down(org: Guarded) -> None:
    app = org.app()
    await org.ask_token(org.parameters(app))
    await org.ask_token(org.parameters(app, MANAGE))
    grants = [entry for entry in org.written.entries if entry.event_type.startswith("app.oauth2")]
    assert [(entry.result, entry.reason) for entry in grants] == [("SUCCESS", None), ("FAILURE", "consent_required")]


async def test_the_keys_of_the_server_check_its_tokens(org: Guarded) -> None:
    token = await _token(org)
    (key,) = (await org.send("/oauth2/v1/keys")).body["keys"]
    claims = jwt.decode(token, jwt.PyJWK(key), algorithms=["RS256"], audience=org.url)
    assert claims["iss"] == org.url


async def test_the_organisation_introduces_itself(org: Guarded) -> None:
    answer = await org.send("/.well-known/okta-organization")
    assert (answer.status, answer.body["pipeline"]) == (200, "idx")


async def test_the_server_says_where_tokens_are(org: Guarded) -> None:
    answer = await org.send("/.well-known/oauth-authorization-server")
    assert answer.body["token_endpoint"] == org.url + TOKEN


async def test_the_organisations_own_server_grants_tokens_and_not_the_default_one(org: Guarded) -> None:
    answer = await org.send("/oauth2/default/v1/token", method="POST")
    assert (answer.status, answer.body["errorCode"]) == (404, "E0000008")
