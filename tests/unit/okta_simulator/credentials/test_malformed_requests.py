"""Whatever a client sends, it gets an answer in Okta's words."""

from __future__ import annotations

import pytest

from unit.okta_simulator.credentials.client_side import ath
from unit.okta_simulator.credentials.guarded_organization import HOOKS, TOKEN, Guarded

NO_TIMES = [1e300, -1, "soon", None, [1], 253_402_300_800]
NO_HOSTS = ["[::", "x y", "a:b", 'q"uote', "a:99999999", "[zz]:1"]


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("application/json", b"{}"),
        ("multipart/form-data", b"junk"),
        ("multipart/form-data; boundary=x", b"junk"),
        ("application/x-www-form-urlencoded", b"\xff\xfe=%zz&grant_type=client_credentials"),
        ("application/x-www-form-urlencoded; charset=nope", b"a=b"),
        (
            "multipart/form-data; boundary=x",
            b'--x\r\nContent-Disposition: form-data; name="grant_type"; filename="f"\r\n\r\nx\r\n--x--\r\n',
        ),
    ],
)
async def test_a_token_request_that_is_no_form_is_invalid(org: Guarded, content_type: str, body: bytes) -> None:
    async with org.session.post(TOKEN, data=body, headers={"Content-Type": content_type}) as response:
        assert response.status == 400
        assert (await response.json())["error"] == "invalid_request"


@pytest.mark.parametrize("host", NO_HOSTS)
async def test_a_token_is_granted_whatever_the_client_calls_the_organisation(org: Guarded, host: str) -> None:
    parameters = org.parameters(org.app())
    async with org.session.post(TOKEN, data=parameters, headers={"Host": host}) as response:
        assert response.status == 200


@pytest.mark.parametrize("host", NO_HOSTS)
async def test_a_challenge_survives_whatever_the_client_calls_the_organisation(org: Guarded, host: str) -> None:
    assert (await org.send(HOOKS, "Bearer nonsense", Host=host)).status == 401


@pytest.mark.parametrize("expiry", NO_TIMES)
async def test_an_assertion_that_expires_at_no_time_is_refused(org: Guarded, expiry: object) -> None:
    answer = await org.ask_token(org.parameters(org.app(), exp=expiry))
    assert (answer.status, answer.body["error"]) == (401, "invalid_client")


@pytest.mark.parametrize("issued", NO_TIMES)
async def test_a_proof_from_no_time_is_refused(org: Guarded, issued: object) -> None:
    answer = await org.ask_token(org.parameters(org.app(dpop=True)), org.proof("POST", TOKEN, iat=issued))
    assert (answer.status, answer.body["error"]) == (400, "invalid_dpop_proof")


async def test_a_path_may_be_percent_encoded_in_a_request_and_is_not_in_its_proof(org: Guarded) -> None:
    token = await org.bound_token(org.app(dpop=True))
    proof = org.proof("GET", HOOKS, ath=ath(token))
    answer = await org.send("/api/v1/%65ventHooks", f"DPoP {token}", DPoP=proof)
    assert answer.status == 200
