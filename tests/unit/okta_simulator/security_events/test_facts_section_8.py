"""Security event tokens over HTTP: section 8 of the facts, line by line."""

from __future__ import annotations

from datetime import timedelta

import pytest

from okta_simulator.credentials.keys import KeyPair
from okta_simulator.options import Options
from okta_simulator.security_events.kinds import USER_RISK_CHANGE
from unit.okta_simulator.management_client import Client
from unit.okta_simulator.security_events.signals import ISSUER, RECEIVER, Signals, send, sign

OKTA = "https://schemas.okta.com/secevent/okta/event-type/"
CAEP = "https://schemas.openid.net/secevent/caep/event-type/"
RISC = "https://schemas.openid.net/secevent/risc/event-type/"

COMPLETE = {
    OKTA + "user-risk-change": {"current_level": "high", "previous_level": "low"},
    OKTA + "device-risk-change": {"current_level": "medium", "previous_level": "secure"},
    OKTA + "ip-change": {"current_ip_address": "203.0.113.9", "previous_ip_address": "198.51.100.7"},
    CAEP + "session-revoked": {},
    CAEP + "device-compliance-change": {"current_status": "not-compliant", "previous_status": "compliant"},
    RISC + "identifier-changed": {"new-value": "grace@example.com"},
}
REQUIRED = [(event_type, claim) for event_type, claims in COMPLETE.items() for claim in claims if claim != "new-value"]


def event(signals: Signals, event_type: str) -> dict[str, object]:
    """A complete event of a type, with nothing that belongs to another."""
    complete = signals.risk_change()
    for name in ("current_level", "previous_level"):
        del complete[name]
    return complete | COMPLETE[event_type]


async def test_a_token_is_taken_with_202_and_without_a_token_of_okta(
    client: Client, signals: Signals, key: KeyPair
) -> None:
    answer = await send(client, sign(signals.claims(), key))
    assert (answer.status, answer.body) == (202, None)


@pytest.mark.parametrize("event_type", COMPLETE)
async def test_every_documented_event_is_taken(client: Client, signals: Signals, key: KeyPair, event_type: str) -> None:
    answer = await send(client, sign(signals.claims(events={event_type: event(signals, event_type)}), key))
    assert answer.status == 202
    assert signals.received == ["SUCCESS"]


@pytest.mark.parametrize(("event_type", "claim"), REQUIRED)
async def test_a_required_claim_cannot_be_left_out(
    client: Client, signals: Signals, key: KeyPair, event_type: str, claim: str
) -> None:
    incomplete = event(signals, event_type)
    del incomplete[claim]
    answer = await send(client, sign(signals.claims(events={event_type: incomplete}), key))
    assert (answer.status, answer.body["err"]) == (400, "invalid_request")
    first, *rest = claim.split("_")
    assert "".join([first, *(word.capitalize() for word in rest)]) in answer.body["description"]


@pytest.mark.parametrize("claim", ["event_timestamp", "subjects", "reason_admin"])
async def test_every_event_says_when_whom_and_why(client: Client, signals: Signals, key: KeyPair, claim: str) -> None:
    incomplete = signals.risk_change()
    del incomplete[claim]
    answer = await send(client, sign(signals.claims(events={USER_RISK_CHANGE: incomplete}), key))
    assert (answer.status, answer.body["err"]) == (400, "invalid_request")


async def test_the_error_names_the_claim_as_okta_does(client: Client, signals: Signals, key: KeyPair) -> None:
    event_type = CAEP + "device-compliance-change"
    incomplete = event(signals, event_type)
    del incomplete["previous_status"]
    answer = await send(client, sign(signals.claims(events={event_type: incomplete}), key))
    assert answer.body == {
        "err": "invalid_request",
        "description": "Failed claim validation in security event token. "
        "'events.mediationDeviceComplianceChangeEvent.previousStatus': The field cannot be left blank",
    }


@pytest.mark.parametrize(
    "changes",
    [
        {"current_level": "terrible"},
        {"current_level": 3},
        {"initiating_entity": "nobody"},
        {"event_timestamp": "now"},
        {"subjects": []},
        {"reason_admin": "because"},
    ],
)
async def test_a_claim_says_what_is_allowed(
    client: Client, signals: Signals, key: KeyPair, changes: dict[str, object]
) -> None:
    wrong = signals.risk_change(**changes)
    answer = await send(client, sign(signals.claims(events={USER_RISK_CHANGE: wrong}), key))
    assert (answer.status, answer.body["err"]) == (400, "invalid_request")


@pytest.mark.parametrize("events", [{}, {OKTA + "weather-change": {}}, {USER_RISK_CHANGE: "high"}])
async def test_events_that_okta_does_not_know_are_refused(
    client: Client, signals: Signals, key: KeyPair, events: dict[str, object]
) -> None:
    answer = await send(client, sign(signals.claims(events=events), key))
    assert (answer.status, answer.body["err"]) == (400, "invalid_request")


@pytest.mark.parametrize("claim", ["iss", "aud", "jti", "iat", "events"])
async def test_a_token_has_all_its_claims(client: Client, signals: Signals, key: KeyPair, claim: str) -> None:
    claims = signals.claims()
    del claims[claim]
    answer = await send(client, sign(claims, key))
    assert (answer.status, answer.body["err"]) == (400, "invalid_request")


@pytest.mark.parametrize(
    ("header", "reason"),
    [({"typ": "JWT"}, "invalid_request"), ({"kid": "key-9"}, "invalid_key"), ({"kid": ""}, "invalid_key")],
)
async def test_the_header_has_kid_and_typ(
    client: Client, signals: Signals, key: KeyPair, header: dict[str, str], reason: str
) -> None:
    answer = await send(client, sign(signals.claims(), key, **header))
    assert (answer.status, answer.body["err"]) == (400, reason)


async def test_the_algorithm_is_rs256(client: Client, signals: Signals, key: KeyPair) -> None:
    answer = await send(client, sign(signals.claims(), key, alg="RS512"))
    assert (answer.status, answer.body["err"]) == (400, "invalid_request")


async def test_a_signature_by_another_key_is_no_authentication(
    client: Client, signals: Signals, key: KeyPair, other_key: KeyPair
) -> None:
    answer = await send(client, sign(signals.claims(), other_key, kid=key.kid))
    assert (answer.status, answer.body["err"]) == (400, "authentication_failed")
    assert signals.received == []


async def test_a_token_that_was_changed_is_no_authentication(client: Client, signals: Signals, key: KeyPair) -> None:
    header, _, signature = sign(signals.claims(), key).split(".")
    content = sign(signals.claims(jti="another"), key).split(".")[1]
    answer = await send(client, f"{header}.{content}.{signature}")
    assert answer.body["err"] == "authentication_failed"


async def test_an_issuer_that_nobody_registered_is_refused(client: Client, signals: Signals, key: KeyPair) -> None:
    answer = await send(client, sign(signals.claims(iss="https://other.example.com"), key))
    assert (answer.status, answer.body["err"]) == (400, "invalid_issuer")


@pytest.mark.parametrize("audience", ["https://other.okta.com/", []])
async def test_a_token_for_somebody_else_is_refused(
    client: Client, signals: Signals, key: KeyPair, audience: object
) -> None:
    answer = await send(client, sign(signals.claims(aud=audience), key))
    assert (answer.status, answer.body["err"]) == (400, "invalid_audience")


async def test_a_token_from_the_future_is_refused(client: Client, signals: Signals, key: KeyPair) -> None:
    future = int((signals.company.clock.now() + timedelta(hours=1)).timestamp())
    answer = await send(client, sign(signals.claims(iat=future), key))
    assert (answer.status, answer.body["err"]) == (400, "invalid_request")


@pytest.mark.parametrize("token", [b"", b"token", b"a.b.c", b"\xff\xfe", b"{}"])
async def test_what_is_no_token_is_refused(client: Client, token: bytes) -> None:
    answer = await client.send(RECEIVER, token, "application/secevent+jwt")
    assert (answer.status, answer.body["err"]) == (400, "invalid_request")


async def test_the_content_type_is_that_of_a_token(client: Client, signals: Signals, key: KeyPair) -> None:
    answer = await client.send(RECEIVER, sign(signals.claims(), key).encode(), "application/json")
    assert (answer.status, answer.body["err"]) == (400, "invalid_request")


async def test_a_token_that_comes_again_is_taken_without_effect(client: Client, signals: Signals, key: KeyPair) -> None:
    token = sign(signals.claims(), key)
    answers = [await send(client, token) for _ in range(2)]
    assert [answer.status for answer in answers] == [202, 202]
    assert signals.received == ["SUCCESS"]


async def test_a_risk_that_is_reported_becomes_the_users(client: Client, signals: Signals, key: KeyPair) -> None:
    await send(client, sign(signals.claims(), key))
    risk = signals.company.risk.of(signals.company.user("grace.kim"))
    assert risk is not None
    assert (risk.level, risk.reason) == ("HIGH", "Malware on the laptop")


async def test_what_is_received_is_written_down_before_what_it_changes(
    client: Client, signals: Signals, key: KeyPair
) -> None:
    await send(client, sign(signals.claims(), key))
    received, changed = signals.company.log.entries[-2:]
    assert (received.event_type, changed.event_type) == ("security.events.provider.receive_event", "user.risk.change")
    assert [target.type for target in received.targets] == ["SecurityEventsProvider", "User"]
    assert received.caller.display_name == "Transmitter"
    assert f"issuer={ISSUER}" in changed.debug_data["risk"]


@pytest.mark.parametrize(
    "subject",
    [
        {"format": "email", "email": "Grace.Kim@example.com"},
        {"format": "iss_sub", "iss": "https://acme.example.com", "sub": "grace.kim@example.com"},
        {"format": "opaque", "id": "grace.kim@example.com"},
    ],
)
async def test_a_person_is_named_by_address_login_or_id(
    client: Client, signals: Signals, key: KeyPair, subject: dict[str, str]
) -> None:
    said = signals.risk_change(subjects={"user": subject})
    await send(client, sign(signals.claims(events={USER_RISK_CHANGE: said}), key))
    assert signals.company.risk.of(signals.company.user("grace.kim")) is not None


@pytest.mark.parametrize(
    "subjects",
    [
        {"user": {"format": "email", "email": "nobody@example.com"}},
        {"user": {"format": "phone_number", "phone_number": "+1"}},
        {"user": "grace.kim"},
        {"device": {"format": "opaque", "id": "guo1"}},
    ],
)
async def test_an_event_about_nobody_is_taken_and_written_down_as_failed(
    client: Client, signals: Signals, key: KeyPair, subjects: dict[str, object]
) -> None:
    said = signals.risk_change(subjects=subjects)
    answer = await send(client, sign(signals.claims(events={USER_RISK_CHANGE: said}), key))
    assert answer.status == 202
    assert signals.received == ["FAILURE"]


@pytest.mark.parametrize("options", [Options(engine="classic"), Options(identity_threat_protection=False)])
async def test_taking_tokens_needs_threat_protection(options: Options, key: KeyPair) -> None:
    signals = Signals(options)
    async with signals.answering() as client:
        answer = await send(client, sign(signals.claims(), key))
    assert (answer.status, answer.body["errorCode"]) == (401, "E0000015")
