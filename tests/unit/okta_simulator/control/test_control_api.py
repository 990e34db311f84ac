"""The control API as its clients see it."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import TypeVar

import aiohttp
import msgspec
import pytest

from okta_simulator.control import requests
from okta_simulator.control.client import BlockingControlClient, ControlClient, ControlError
from okta_simulator.control.groups import controls_of
from okta_simulator.control.messages import (
    ClockChange,
    ClockState,
    ConsoleEvents,
    HookChange,
    NewApiToken,
    NewServiceApp,
    SignIn,
)
from okta_simulator.control.requests import Request
from okta_simulator.event_hooks.hook import Channel, EventHook
from okta_simulator.faults.delivery import DeliveryFault, Lose
from okta_simulator.faults.management import Drop, ManagementFault
from okta_simulator.organization import Organization
from okta_simulator.server import listen, serve
from okta_simulator.testing import RunningOrganization
from okta_simulator.zones.blocking import Origin

GRACE = "grace.kim@example.com"
Answer = TypeVar("Answer")


@dataclass(frozen=True)
class Tenant:
    """An organisation with a hook, its control client, and a client of Okta's API."""

    organization: Organization
    control: ControlClient
    hook: EventHook
    okta: aiohttp.ClientSession

    def hook_now(self) -> EventHook:
        return self.organization.hooks.hooks.get(self.hook.id)


def hook_of(organization: Organization) -> EventHook:
    """A hook that was made and verified."""
    now = organization.clock.now()
    hook = EventHook(
        id=organization.ids.new("who"),
        name="hook",
        description=None,
        status="ACTIVE",
        verification_status="VERIFIED",
        created=now,
        created_by="00u1",
        last_updated=now,
        event_types=frozenset({"user.session.start"}),
        filters=None,
        channel=Channel("https://127.0.0.1:9"),
        flows_from=now,
    )
    organization.events.hooks.put(hook.id, hook)
    return hook


@pytest.fixture
async def tenant() -> AsyncIterator[Tenant]:
    organization = Organization()
    headers = {"Authorization": f"SSWS {organization.api_token()}"}
    async with (
        serve(organization, listen()) as url,
        aiohttp.ClientSession() as session,
        aiohttp.ClientSession(url, headers=headers) as okta,
    ):
        yield Tenant(organization, ControlClient(session, url), hook_of(organization), okta)


class TestTheGuard:
    async def test_a_control_token_is_asked_for_where_there_is_one(self) -> None:
        async with (
            serve(Organization(), listen(), control_token="right") as url,
            aiohttp.ClientSession() as session,
        ):
            for token in (None, "wrong", "rïght"):
                with pytest.raises(ControlError, match="needs its own token"):
                    await ControlClient(session, url, token)(requests.clock())
            assert (await ControlClient(session, url, "right")(requests.clock())).speed == 1

    async def test_an_okta_token_is_no_control_token(self) -> None:
        organization = Organization()
        async with serve(organization, listen(), control_token="right") as url, aiohttp.ClientSession() as session:
            with pytest.raises(ControlError):
                await ControlClient(session, url, organization.api_token())(requests.clock())


class TestClients:
    def test_one_that_waits_gives_the_same_answers(self, okta_organization: RunningOrganization) -> None:
        assert okta_organization.control(requests.set_clock_speed(0)).speed == 0

    def test_a_refusal_is_a_sentence(self, okta_organization: RunningOrganization) -> None:
        with pytest.raises(ControlError, match="speed must be between 0 and 100000, not -1"):
            okta_organization.control(requests.set_clock_speed(-1))

    @pytest.mark.parametrize("url", ["http://127.0.0.1:9", "http://", "nonsense", "ftp://127.0.0.1"])
    def test_an_organisation_that_is_not_there_is_named(self, url: str) -> None:
        with pytest.raises(ControlError):
            BlockingControlClient(url)(requests.clock())

    async def test_an_organisation_that_is_not_there_is_named_asynchronously(self) -> None:
        async with aiohttp.ClientSession() as session:
            with pytest.raises(ControlError, match=r"no organisation can be reached at http://127\.0\.0\.1:9"):
                await ControlClient(session, "http://127.0.0.1:9")(requests.clock())


async def test_every_operation_has_a_request_and_answers_in_the_shape_it_promises(tenant: Tenant) -> None:
    zone = tenant.organization.people.zones.named("LegacyIpZone")
    assert zone is not None
    hook_id, sent = tenant.hook.id, set[tuple[str, str]]()

    async def send(request: Request[Answer]) -> Answer:
        sent.add((request.method, request.path))
        return await tenant.control(request)

    uuid = (await send(requests.emit(types=["user.session.start"], login=GRACE))).uuids[0]
    fault = await send(requests.add_management_fault(ManagementFault(operation="NONE", ending=Drop())))
    token = await send(requests.issue_api_token(NewApiToken()))
    app = await send(requests.register_service_app(NewServiceApp(label="app", scopes=["okta.logs.read"])))
    await send(requests.clock())
    await send(requests.advance_clock(days=1))
    await send(requests.add_delivery_fault(DeliveryFault(effect=Lose())))
    await send(requests.faults())
    await send(requests.remove_fault(fault.id))
    await send(requests.clear_faults())
    await send(requests.traffic())
    await send(requests.set_traffic(0))
    await send(requests.tell("sign-in", login=GRACE, pace=0))
    await send(requests.change_hook(hook_id, HookChange(name="other")))
    await send(requests.preview(hook_id, ConsoleEvents(uuids=[uuid])))
    await send(requests.deliver(hook_id, ConsoleEvents(events=[{"uuid": uuid}])))
    await send(requests.delete_hook(hook_id))
    await send(requests.revoke_api_token(token.token))
    await send(requests.deactivate_service_app(app.client_id))
    await send(requests.activate_service_app(app.client_id))
    await send(requests.sign_in(GRACE))
    await send(requests.signed_in(GRACE))
    await send(requests.use_zone(zone.id))
    await send(requests.admission(Origin("203.0.113.9")))
    await send(requests.truths(missing=True))
    await send(requests.truth_of(uuid))
    await send(requests.truth())
    await send(requests.clear_truth())
    await send(requests.options())
    assert operations_without_a_request(tenant.organization, sent) == set()


def operations_without_a_request(organization: Organization, sent: set[tuple[str, str]]) -> set[str]:
    """The operations that nothing sent was for; a part of a path in braces stands for anything."""
    operations = [operation for group in controls_of(organization) for operation in group.operations()]
    patterns = {f"{one.method} {one.path}": re.sub(r"\\{.*?\\}", "[^/]+", re.escape(one.path)) for one in operations}
    return {
        name
        for name, pattern in patterns.items()
        if not any(name.startswith(f"{method} ") and re.fullmatch(pattern, path) for method, path in sent)
    }


class TestEvents:
    async def test_types_are_emitted_in_turn_and_about_the_person_named(self, tenant: Tenant) -> None:
        types = ["user.session.start", "user.session.end"]
        uuids = (await tenant.control(requests.emit(4, types=types, login=GRACE))).uuids
        events = [tenant.organization.events.log.get(uuid) for uuid in uuids]
        assert [event and event.event_type for event in events] == types * 2
        assert {str(event and event.actor["alternateId"]) for event in events} == {GRACE}

    async def test_whole_events_are_emitted_as_they_are(self, tenant: Tenant) -> None:
        uuid = (await tenant.control(requests.emit())).uuids[0]
        event = tenant.organization.events.log.get(uuid)
        assert event is not None
        changed = msgspec.structs.replace(event, uuid="mine", display_message="By hand")
        await tenant.control(requests.emit(events=[changed]))
        kept = tenant.organization.events.log.get("mine")
        assert kept is not None
        assert kept.display_message == "By hand"

    async def test_an_unknown_type_is_named_and_nothing_happens(self, tenant: Tenant) -> None:
        before = (await tenant.control(requests.truth())).emitted
        with pytest.raises(ControlError, match=r"There is no event type 'user\.session\.begin'"):
            await tenant.control(requests.emit(types=["user.session.start", "user.session.begin"]))
        assert (await tenant.control(requests.truth())).emitted == before

    async def test_an_unknown_story_is_answered_with_those_that_there_are(self, tenant: Tenant) -> None:
        with pytest.raises(ControlError, match="There is no story 'comedy', but just-in-time-access, lockout"):
            await tenant.control(requests.tell("comedy"))


class TestClock:
    async def test_a_change_that_is_refused_changes_nothing(self, tenant: Tenant) -> None:
        impossible = Request("POST", "/clock", ClockState, ClockChange(speed=5, advance_seconds=1e30))
        with pytest.raises(ControlError, match="clock"):
            await tenant.control(impossible)
        assert (await tenant.control(requests.clock())).speed == 1


class TestTruth:
    async def test_a_page_that_begins_beyond_all_numbers_is_refused(self, tenant: Tenant) -> None:
        with pytest.raises(ControlError, match="begin"):
            await tenant.control(requests.truths(begin=2**63))


class TestHooksBehindTheBack:
    async def test_supports_hand_makes_a_hook_verified(self, tenant: Tenant) -> None:
        await tenant.control(requests.change_hook(tenant.hook.id, HookChange(verification_status="UNVERIFIED")))
        assert tenant.hook_now().verification_status == "UNVERIFIED"
        await tenant.control(requests.change_hook(tenant.hook.id, HookChange(verification_status="VERIFIED")))
        assert tenant.hook_now().verification_status == "VERIFIED"

    async def test_a_hook_is_deactivated_and_the_system_log_tells(self, tenant: Tenant) -> None:
        await tenant.control(requests.change_hook(tenant.hook.id, HookChange(status="INACTIVE")))
        assert tenant.hook_now().status == "INACTIVE"
        query = {"filter": 'eventType eq "event_hook.deactivated"'}
        async with tenant.okta.get("/api/v1/logs", params=query) as response:
            assert len(await response.json()) == 1

    async def test_what_is_left_out_of_a_change_stays(self, tenant: Tenant) -> None:
        await tenant.control(requests.change_hook(tenant.hook.id, HookChange(uri="https://elsewhere.example.com")))
        changed = tenant.hook_now()
        assert changed.channel.uri == "https://elsewhere.example.com"
        assert (changed.name, changed.event_types) == (tenant.hook.name, tenant.hook.event_types)

    async def test_a_hook_is_deleted_though_it_was_active(self, tenant: Tenant) -> None:
        await tenant.control(requests.delete_hook(tenant.hook.id))
        async with tenant.okta.get("/api/v1/eventHooks") as response:
            assert await response.json() == []

    async def test_a_hook_that_is_not_there_is_named(self, tenant: Tenant) -> None:
        with pytest.raises(ControlError, match=r"who404 \(Webhook\)"):
            await tenant.control(requests.delete_hook("who404"))

    async def test_the_preview_shows_an_event_of_the_log_in_an_envelope(self, tenant: Tenant) -> None:
        uuid = (await tenant.control(requests.emit())).uuids[0]
        shown = await tenant.control(requests.preview(tenant.hook.id, ConsoleEvents(uuids=[uuid])))
        assert shown["eventType"] == "com.okta.event_hook"
        assert uuid in str(shown["data"])

    async def test_deliver_says_why_an_endpoint_said_nothing(self, tenant: Tenant) -> None:
        answer = await tenant.control(requests.deliver(tenant.hook.id, ConsoleEvents(events=[{"uuid": "edited"}])))
        assert answer.status is None
        assert answer.failure


class TestCredentials:
    async def test_a_revoked_token_opens_nothing(self, tenant: Tenant) -> None:
        token = (await tenant.control(requests.issue_api_token(NewApiToken()))).token
        headers = {"Authorization": f"SSWS {token}"}
        async with tenant.okta.get("/api/v1/users/me", headers=headers) as response:
            assert response.status == 200
        await tenant.control(requests.revoke_api_token(token))
        async with tenant.okta.get("/api/v1/users/me", headers=headers) as response:
            assert response.status == 401

    async def test_a_token_can_be_known_in_advance(self, tenant: Tenant) -> None:
        assert (await tenant.control(requests.issue_api_token(NewApiToken(token="00known")))).token == "00known"

    async def test_a_service_app_without_keys_gets_one_and_its_private_part(self, tenant: Tenant) -> None:
        app = await tenant.control(requests.register_service_app(NewServiceApp(label="a", scopes=["okta.logs.read"])))
        assert app.private_key is not None
        assert app.private_key.startswith("-----BEGIN PRIVATE KEY-----")


class TestPeople:
    async def test_who_signs_in_has_a_session_and_an_entry_in_the_log(self, tenant: Tenant) -> None:
        end = await tenant.control(requests.sign_in(GRACE, SignIn(address="203.0.113.9")))
        assert end.result == "signed in"
        log = tenant.organization.events.log
        assert b'"eventType":"user.session.start"' in log.text(log.end() - 1)
        assert [one.address for one in (await tenant.control(requests.signed_in(GRACE))).sessions] == ["203.0.113.9"]

    async def test_a_wrong_password_begins_none(self, tenant: Tenant) -> None:
        attempt = requests.sign_in(GRACE, SignIn(address="203.0.113.9", right_password=False))
        assert (await tenant.control(attempt)).result == "wrong password"
        assert (await tenant.control(requests.signed_in(GRACE))).sessions == ()

    async def test_who_is_suspended_is_refused(self, tenant: Tenant) -> None:
        assert (await tenant.control(requests.sign_in("viktor.hansen@example.com"))).result == "refused"

    async def test_a_blocked_address_is_stopped_before_the_password_is_looked_at(self, tenant: Tenant) -> None:
        zone = tenant.organization.people.zones.named("BlockedIpZone")
        assert zone is not None
        gateways = [{"type": "CIDR", "value": "203.0.113.0/24"}]
        body = {"type": "IP", "name": zone.name, "usage": "BLOCKLIST", "gateways": gateways}
        async with tenant.okta.put(f"/api/v1/zones/{zone.id}", json=body) as response:
            assert response.status == 200
        attempt = requests.sign_in(GRACE, SignIn(address="203.0.113.9", right_password=False))
        assert (await tenant.control(attempt)).result == "blocked"

    async def test_an_address_that_is_none_is_refused(self, tenant: Tenant) -> None:
        with pytest.raises(ControlError, match="office"):
            await tenant.control(requests.sign_in(GRACE, SignIn(address="office")))
