"""Stories: what happens to one person, one thing after another."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest

from okta_simulator.clock import Clock
from okta_simulator.events.log_event import LogEvent
from okta_simulator.events.stories import STORIES
from unit.okta_simulator.events.company_events import START, CompanyEvents, part, targets

GRACE = "grace.kim@example.com"


def addresses(events: list[LogEvent]) -> list[object]:
    return [part(event, "client").get("ipAddress") for event in events]


@pytest.mark.parametrize("name", STORIES)
async def test_every_story_can_happen_to_anybody(company: CompanyEvents, name: str) -> None:
    assert len(await company.story(name)) > 3


async def test_a_sign_in_is_one_session_from_beginning_to_end(company: CompanyEvents) -> None:
    events = await company.story("sign-in", "grace.kim")
    assert [event.event_type for event in events] == [
        "policy.evaluate_sign_on",
        "user.session.start",
        "user.authentication.auth_via_mfa",
        "user.authentication.sso",
        "user.authentication.sso",
        "user.session.end",
    ]
    assert len({part(event, "authentication_context")["externalSessionId"] for event in events}) == 1


async def test_a_lockout_is_ten_wrong_passwords_from_one_address_and_then_the_lock(company: CompanyEvents) -> None:
    events = await company.story("lockout", "grace.kim")
    *attempts, lock, mail = events
    assert [event.outcome.reason for event in attempts] == ["INVALID_CREDENTIALS"] * 10
    assert (lock.event_type, mail.event_type) == ("user.account.lock", "system.email.delivery")
    assert len(set(addresses([*attempts, lock]))) == 1


async def test_push_bombing_ends_with_a_report_from_elsewhere(company: CompanyEvents) -> None:
    events = await company.story("push-bombing", "grace.kim")
    counted = Counter(event.event_type for event in events)
    assert counted["system.push.send_factor_verify_push"] == counted["user.authentication.auth_via_mfa"] == 7
    assert events[-1].event_type == "user.account.report_suspicious_activity_by_enduser"
    assert addresses(events[-1:])[0] not in addresses(events[:-1])


async def test_suspicious_travel_moves_one_session_to_another_country(company: CompanyEvents) -> None:
    events = await company.story("suspicious-travel", "grace.kim")
    home, away = (
        next(event for event in events if event.event_type == name)
        for name in ("user.session.start", "user.session.context.change")
    )
    sessions = {part(event, "authentication_context")["externalSessionId"] for event in (home, away)}
    countries = {str(part(event, "client")["geographicalContext"]) for event in (home, away)}
    assert (len(sessions), len(countries)) == (1, 2)


async def test_suspicious_travel_raises_the_risk(company: CompanyEvents) -> None:
    events = await company.story("suspicious-travel", "grace.kim")
    (change,) = (event for event in events if event.event_type == "user.risk.change")
    risk = part(change, "security_context")["risk"]
    assert isinstance(risk, dict)
    assert (risk["previousLevel"], risk["level"]) == ("LOW", "HIGH")


async def test_offboarding_takes_somebody_out_of_every_group(company: CompanyEvents) -> None:
    events = await company.story("offboarding", "grace.kim")
    left = {
        str(group["displayName"])
        for event in events
        if event.event_type == "group.user_membership.remove"
        for group in targets(event, "UserGroup")
    }
    assert left == {group.name for group in company.directory.groups_of(company.user("grace.kim"))}


async def test_offboarding_is_the_work_of_one_administrator(company: CompanyEvents) -> None:
    events = await company.story("offboarding", "grace.kim")
    assert len({event.actor["id"] for event in events if event.actor["type"] == "User"}) == 1


async def test_just_in_time_access_is_taken_back(company: CompanyEvents) -> None:
    events = await company.story("just-in-time-access", "grace.kim")
    added, removed = events[-2:]
    assert (added.event_type, removed.event_type) == ("group.user_membership.add", "group.user_membership.remove")
    assert targets(added, "UserGroup") == targets(removed, "UserGroup")


class _Hurrying(Clock):
    """Shows the time after a wait at once."""

    async def sleep(self, duration: timedelta) -> None:
        self.advance(duration)


async def test_a_story_takes_its_time_by_okta_s_clock() -> None:
    company = CompanyEvents(clock=_Hurrying(speed=0, start=START))
    await company.generator.tell("just-in-time-access", company.user("grace.kim"), company.emitted.append)
    assert [event.published[11:19] for event in company.emitted] == ["12:00:00", "12:04:00", "12:04:05", "13:04:05"]
