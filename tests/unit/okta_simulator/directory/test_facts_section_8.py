"""What an administrator does to people: section 8 of the facts, line by line."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from okta_simulator.directory.sessions import LIFETIME, MOST_SESSIONS, SignInRefusedError
from okta_simulator.options import Options
from okta_simulator.state.file import StateFile
from unit.okta_simulator.directory.small_company import LAPTOP, PHONE, Company, service_app
from unit.okta_simulator.management_client import Client

GRACE = "/api/v1/users/grace.kim"


async def test_ending_sessions_answers_204_and_ends_them(client: Client, company: Company) -> None:
    grace = company.sign_in("grace.kim")
    answer = await client.delete(f"{GRACE}/sessions")
    assert (answer.status, answer.body) == (204, None)
    assert company.sessions.of(grace).sessions == ()


async def test_ending_sessions_leaves_other_peoples_alone(client: Client, company: Company) -> None:
    omar = company.sign_in("omar.haddad")
    await client.delete(f"{GRACE}/sessions")
    assert len(company.sessions.of(omar).sessions) == 1


async def test_ending_sessions_leaves_those_of_apps(client: Client, company: Company) -> None:
    grace = company.sign_in("grace.kim")
    company.sessions.sign_in(grace, address="198.51.100.7", device=LAPTOP, kind="app", refresh_token=True)
    await client.delete(f"{GRACE}/sessions")
    assert [(one.kind, one.refresh_token) for one in company.sessions.of(grace).sessions] == [("app", True)]


async def test_oauth_tokens_end_where_asked_for(client: Client, company: Company) -> None:
    grace = company.user("grace.kim")
    company.sessions.sign_in(grace, address="198.51.100.7", device=LAPTOP, kind="app", refresh_token=True)
    await client.delete(f"{GRACE}/sessions?oauthTokens=true")
    assert [one.refresh_token for one in company.sessions.of(grace).sessions] == [False]


async def test_identity_engine_forgets_devices_unless_told_otherwise(client: Client, company: Company) -> None:
    grace = company.sign_in("grace.kim")
    await client.delete(f"{GRACE}/sessions")
    assert company.sessions.of(grace).remembered == ()


async def test_forget_devices_false_keeps_them(client: Client, company: Company) -> None:
    grace = company.sign_in("grace.kim")
    await client.delete(f"{GRACE}/sessions?forgetDevices=false")
    assert company.sessions.of(grace).remembered == (LAPTOP,)


async def test_classic_engine_remembers_devices_unless_told_otherwise() -> None:
    company = Company(Options(engine="classic"))
    grace = company.sign_in("grace.kim", PHONE)
    async with company.answering() as client:
        await client.delete(f"{GRACE}/sessions")
    assert company.sessions.of(grace).remembered == (PHONE,)


async def test_ending_sessions_needs_users_manage_and_not_sessions_manage(company: Company) -> None:
    async with company.answering(service_app("okta.sessions.manage")) as client:
        refused = await client.delete(f"{GRACE}/sessions")
    async with company.answering(service_app("okta.users.manage")) as client:
        done = await client.delete(f"{GRACE}/sessions")
    assert (refused.status, done.status) == (403, 204)


async def test_ending_sessions_is_written_down(client: Client, company: Company) -> None:
    await client.delete(f"{GRACE}/sessions")
    (entry,) = company.log.entries
    assert (entry.event_type, entry.caller.actor_id) == ("user.session.clear", company.administrator.actor_id)
    assert entry.targets == [company.user("grace.kim").as_target()]


async def test_ending_nobodys_sessions_is_not_found(client: Client) -> None:
    assert (await client.delete("/api/v1/users/00uNobody/sessions")).status == 404


async def test_a_flag_that_is_neither_true_nor_false_is_refused(client: Client) -> None:
    answer = await client.delete(f"{GRACE}/sessions?oauthTokens=maybe")
    assert (answer.status, answer.body["errorCode"]) == (400, "E0000001")


async def test_expire_password_answers_the_user(client: Client, company: Company) -> None:
    answer = await client.post(f"{GRACE}/lifecycle/expire_password")
    assert (answer.status, answer.body["status"]) == (200, "PASSWORD_EXPIRED")
    assert company.user("grace.kim").status == "PASSWORD_EXPIRED"
    assert company.log.types == ["user.account.expire_password"]


async def test_a_temporary_password_is_answered_and_expired(client: Client, company: Company) -> None:
    answer = await client.post(f"{GRACE}/lifecycle/expire_password_with_temp_password")
    assert list(answer.body) == ["tempPassword"]
    assert company.user("grace.kim").status == "PASSWORD_EXPIRED"


@pytest.mark.parametrize("name", ["camila.torres", "divya.pillai", "viktor.hansen", "zoe.campbell"])
async def test_a_password_that_is_not_there_cannot_expire(client: Client, name: str) -> None:
    answer = await client.post(f"/api/v1/users/{name}/lifecycle/expire_password")
    assert (answer.status, answer.body["errorCode"]) == (403, "E0000038")


async def test_suspend_shuts_an_active_person_out(client: Client, company: Company) -> None:
    answer = await client.post(f"{GRACE}/lifecycle/suspend")
    assert (answer.status, answer.body) == (200, {})
    assert company.user("grace.kim").status == "SUSPENDED"
    assert company.log.types == ["user.lifecycle.suspend"]
    with pytest.raises(SignInRefusedError):
        company.sign_in("grace.kim")


@pytest.mark.parametrize("name", ["ethan.cole", "viktor.hansen", "camila.torres", "zoe.campbell"])
async def test_suspend_takes_only_active_people(client: Client, company: Company, name: str) -> None:
    answer = await client.post(f"/api/v1/users/{name}/lifecycle/suspend")
    assert (answer.status, answer.body["errorCode"]) == (400, "E0000001")
    assert answer.causes == ["Cannot suspend a user that is not active"]
    assert company.log.entries == []


async def test_unsuspend_lets_in_again(client: Client, company: Company) -> None:
    answer = await client.post("/api/v1/users/viktor.hansen/lifecycle/unsuspend")
    assert (answer.status, answer.body) == (200, {})
    assert company.user("viktor.hansen").status == "ACTIVE"
    assert company.log.types == ["user.lifecycle.unsuspend"]


async def test_unsuspend_takes_only_suspended_people(client: Client) -> None:
    answer = await client.post(f"{GRACE}/lifecycle/unsuspend")
    assert answer.status == 400
    assert answer.causes == ["Cannot unsuspend a user that is not suspended"]


async def test_reset_factors_takes_them_all(client: Client, company: Company) -> None:
    answer = await client.post(f"{GRACE}/lifecycle/reset_factors")
    assert (answer.status, answer.body) == (200, {})
    assert company.user("grace.kim").factors == ()
    assert company.log.types == ["user.mfa.factor.reset_all"]


@pytest.mark.parametrize("action", ["suspend", "unsuspend", "expire_password", "reset_factors"])
async def test_every_lifecycle_action_needs_users_manage(company: Company, action: str) -> None:
    async with company.answering(service_app("okta.users.read")) as client:
        assert (await client.post(f"{GRACE}/lifecycle/{action}")).status == 403


async def test_a_risk_is_none_until_it_is_set(client: Client) -> None:
    body = (await client.get(f"{GRACE}/risk")).body
    assert body["riskLevel"] == "NONE"
    assert "reason" not in body


async def test_a_risk_is_created_with_201_and_changed_with_200(client: Client) -> None:
    created = await client.put(f"{GRACE}/risk", {"riskLevel": "HIGH", "riskReason": "Seen abroad"})
    changed = await client.put(f"{GRACE}/risk", {"riskLevel": "LOW"})
    assert (created.status, created.body["riskLevel"], created.body["reason"]) == (201, "HIGH", "Seen abroad")
    assert (changed.status, changed.body["riskLevel"]) == (200, "LOW")
    assert (await client.get(f"{GRACE}/risk")).body["riskLevel"] == "LOW"


async def test_a_change_of_risk_is_written_down_with_both_levels(client: Client, company: Company) -> None:
    await client.put(f"{GRACE}/risk", {"riskLevel": "HIGH", "riskReason": "Seen abroad"})
    (entry,) = company.log.entries
    assert entry.event_type == "user.risk.change"
    assert entry.debug_data["risk"] == (
        "{previousLevel=NONE, level=HIGH, detectionName=Admin Reported User Risk, reasons=Seen abroad, issuer=OKTA}"
    )


async def test_the_same_risk_again_is_no_change(client: Client, company: Company) -> None:
    for _ in range(2):
        await client.put(f"{GRACE}/risk", {"riskLevel": "HIGH"})
    assert company.log.types == ["user.risk.change"]


@pytest.mark.parametrize("level", ["MEDIUM", "NONE", "high", ""])
async def test_an_administrator_sets_high_or_low_only(client: Client, level: str) -> None:
    answer = await client.put(f"{GRACE}/risk", {"riskLevel": level})
    assert (answer.status, answer.body["errorCode"]) == (400, "E0000001")


async def test_a_risk_that_is_no_object_is_not_well_formed(client: Client) -> None:
    assert (await client.put(f"{GRACE}/risk", ["HIGH"])).body["errorCode"] == "E0000003"


@pytest.mark.parametrize("options", [Options(engine="classic"), Options(identity_threat_protection=False)])
async def test_user_risk_needs_identity_engine_and_threat_protection(options: Options) -> None:
    async with Company(options).answering() as client:
        answer = await client.get(f"{GRACE}/risk")
    assert (answer.status, answer.body["errorCode"]) == (401, "E0000015")


async def test_user_risk_has_scopes_of_its_own(company: Company) -> None:
    async with company.answering(service_app("okta.users.manage")) as client:
        refused = await client.put(f"{GRACE}/risk", {"riskLevel": "HIGH"})
    async with company.answering(service_app("okta.userRisk.manage")) as client:
        done = await client.put(f"{GRACE}/risk", {"riskLevel": "HIGH"})
    assert (refused.status, done.status) == (403, 201)


def test_a_session_runs_out(company: Company) -> None:
    grace = company.sign_in("grace.kim")
    company.clock.advance(LIFETIME)
    assert company.sessions.of(grace).sessions == ()


def test_the_oldest_session_gives_way_when_there_are_too_many(company: Company) -> None:
    grace = company.sign_in("grace.kim")
    oldest = company.sessions.of(grace).sessions[0]
    for _ in range(MOST_SESSIONS):
        company.sign_in("grace.kim")
    kept = company.sessions.of(grace).sessions
    assert len(kept) == MOST_SESSIONS
    assert oldest not in kept


def test_people_and_their_sessions_survive_in_a_state_file(tmp_path: Path) -> None:
    path = tmp_path / "organization.jsonl"
    with closing(StateFile(path)) as recorder:
        company = Company(recorder=recorder)
        grace = company.sign_in("grace.kim")
        kept = company.sessions.of(grace)
    with closing(StateFile(path)) as recorder:
        restarted = Company(recorder=recorder)
    assert list(restarted.directory.users()) == list(company.directory.users())
    assert restarted.sessions.of(grace) == kept
