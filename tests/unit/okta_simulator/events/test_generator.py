"""Events that are made up: every type, and people, places and devices that agree with each other."""

from __future__ import annotations

from collections import defaultdict

import msgspec
import pytest

from okta_simulator.events.catalog import Catalog
from unit.okta_simulator.events.company_events import CompanyEvents, part, targets

ELIGIBLE = [event_type.name for event_type in Catalog().eligible()]


@pytest.mark.parametrize("name", ELIGIBLE)
def test_every_eligible_type_has_an_event(company: CompanyEvents, name: str) -> None:
    event, expected = company.generator.of_type(name), company.catalog.get(name)
    assert expected is not None
    kinds = sorted(str(target["type"]) for target in event.target or ())
    assert (kinds, part(event, "transaction")["type"]) == (sorted(expected.targets), expected.transaction)


def test_the_same_seed_makes_the_same_events() -> None:
    first, second = (list(CompanyEvents(seed=5).generator.everyday(200)) for _ in range(2))
    assert first == second


def test_another_seed_makes_other_events() -> None:
    first, second = (list(CompanyEvents(seed=seed).generator.everyday(20)) for seed in (5, 6))
    assert first != second


def test_no_two_events_have_one_uuid(company: CompanyEvents) -> None:
    assert len({event.uuid for event in company.generator.everyday(5000)}) == 5000


def test_an_address_is_always_in_the_same_place(company: CompanyEvents) -> None:
    places = defaultdict(set)
    for event in company.generator.everyday(2000):
        if isinstance(event.client, dict) and "ipAddress" in event.client:
            places[event.client["ipAddress"]].add(msgspec.json.encode(event.client["geographicalContext"]))
    assert all(len(found) == 1 for found in places.values())


def test_an_address_is_always_of_the_same_network(company: CompanyEvents) -> None:
    networks = defaultdict(set)
    for event in company.generator.everyday(2000):
        if isinstance(event.client, dict) and "ipAddress" in event.client:
            networks[event.client["ipAddress"]].add(part(event, "security_context")["asNumber"])
    assert all(len(found) == 1 for found in networks.values())


def test_a_session_belongs_to_one_person_at_one_address_with_one_device(company: CompanyEvents) -> None:
    sessions = defaultdict(set)
    for event in company.generator.everyday(2000):
        if session := part(event, "authentication_context").get("externalSessionId"):
            device = part(event, "device")["id"]
            sessions[session].add((part(event, "client")["ipAddress"], device))
    assert all(len(found) == 1 for found in sessions.values())


def test_a_person_keeps_two_devices(company: CompanyEvents) -> None:
    user = company.user("grace.kim")
    events = [company.generator.of_type("user.authentication.sso", user) for _ in range(200)]
    assert len({part(event, "device")["id"] for event in events}) == 2


def test_people_come_from_the_city_that_the_directory_has_for_them(company: CompanyEvents) -> None:
    event = company.generator.of_type("user.session.end", company.user("hanna.vogel"))
    place = part(event, "client")["geographicalContext"]
    assert isinstance(place, dict)
    assert place["city"] == "Berlin"


def test_administrators_do_the_work_of_administrators(company: CompanyEvents) -> None:
    event = company.generator.of_type("group.user_membership.add", company.user("grace.kim"))
    administrators = {user.id for user in company.directory.administrators()}
    (member,) = targets(event, "User")
    assert (event.actor["id"] in administrators, member["alternateId"]) == (True, "grace.kim@example.com")


def test_people_in_events_are_people_of_the_directory(company: CompanyEvents) -> None:
    users = {user.id for user in company.directory.users()}
    actors = {event.actor["id"] for event in company.generator.everyday(500) if event.actor["type"] == "User"}
    assert actors <= users


def test_a_type_that_is_not_known_has_no_event(company: CompanyEvents) -> None:
    with pytest.raises(KeyError):
        company.generator.of_type("user.made.up")


@pytest.mark.parametrize("address", ["203.0.113.9", "2001:db8::5", "8.8.4.4"])
def test_a_failed_sign_in_comes_from_the_address_that_is_given(company: CompanyEvents, address: str) -> None:
    event = company.generator.failed_sign_in(company.user("grace.kim"), address)
    assert (event.event_type, event.outcome.result, event.outcome.reason) == (
        "user.session.start",
        "FAILURE",
        "INVALID_CREDENTIALS",
    )
    assert (event.actor["alternateId"], part(event, "client")["ipAddress"]) == ("grace.kim@example.com", address)


def test_a_failed_sign_in_has_no_session(company: CompanyEvents) -> None:
    event = company.generator.failed_sign_in(company.user("grace.kim"), "203.0.113.9")
    assert "externalSessionId" not in part(event, "authentication_context")


def test_somebody_signs_in_from_the_address_that_is_given(company: CompanyEvents) -> None:
    event = company.generator.signed_in(company.user("grace.kim"), "198.51.100.77")
    assert (event.outcome.result, part(event, "client")["ipAddress"]) == ("SUCCESS", "198.51.100.77")


def test_who_is_suspended_no_longer_appears(company: CompanyEvents) -> None:
    user = company.user("grace.kim")
    company.directory.put_user(msgspec.structs.replace(user, status="SUSPENDED"))
    assert user.id not in {event.actor["id"] for event in company.generator.everyday(2000)}


def test_what_is_no_address_is_refused(company: CompanyEvents) -> None:
    with pytest.raises(ValueError, match="does not appear to be an IPv4 or IPv6 address"):
        company.generator.failed_sign_in(company.user("grace.kim"), "somewhere")
