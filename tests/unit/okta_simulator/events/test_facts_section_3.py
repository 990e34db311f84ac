"""Facts, section 3: the event that a delivery and the System Log carry, a test for each confirmed statement."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from random import Random
from typing import Any, Literal

import msgspec
import pytest

from okta_simulator.events.catalog import CLASSIC_ENGINE_ONLY
from okta_simulator.events.log_event import LogEvent
from okta_simulator.ids import Ids
from okta_simulator.json_values import JsonObject
from okta_simulator.options import Log, Options
from okta_simulator.organization import Organization
from unit.okta_simulator.events.company_events import CompanyEvents, part, targets

RESULTS = {
    "SUCCESS",
    "FAILURE",
    "SKIPPED",
    "ALLOW",
    "DENY",
    "CHALLENGE",
    "UNKNOWN",
    "RATE_LIMIT",
    "DEFERRED",
    "SCHEDULED",
    "ABANDONED",
    "UNANSWERED",
}


def as_json(event: LogEvent) -> JsonObject:
    decoded: JsonObject = msgspec.json.decode(msgspec.json.encode(event))
    return decoded


@pytest.fixture
def sign_on(company: CompanyEvents) -> LogEvent:
    return company.generator.of_type("user.authentication.sso")


@pytest.fixture
def job(company: CompanyEvents) -> LogEvent:
    return company.generator.of_type("application.provision.user.sync")


def test_an_event_has_the_fields_of_okta_s_specification(sign_on: LogEvent) -> None:
    assert set(as_json(sign_on)) == {
        "uuid",
        "published",
        "eventType",
        "version",
        "severity",
        "displayMessage",
        "actor",
        "outcome",
        "target",
        "client",
        "request",
        "device",
        "securityContext",
        "authenticationContext",
        "transaction",
        "debugContext",
    }


def test_version_is_the_text_0(sign_on: LogEvent) -> None:
    assert sign_on.version == "0"


def test_uuid_is_a_random_one(sign_on: LogEvent) -> None:
    assert uuid.UUID(sign_on.uuid).version == 4


def test_published_has_three_digits_of_a_second(sign_on: LogEvent) -> None:
    assert sign_on.published == "2026-11-23T12:00:00.000Z"


def test_an_actor_and_a_target_have_an_id_a_type_and_names(sign_on: LogEvent) -> None:
    (account,) = targets(sign_on, "AppUser")
    assert set(sign_on.actor) == set(account) == {"id", "type", "alternateId", "displayName"}


def test_the_client_has_its_address_place_and_user_agent(sign_on: LogEvent) -> None:
    client = part(sign_on, "client")
    assert {"ipAddress", "zone", "device", "userAgent", "geographicalContext"} <= set(client)


def test_the_security_context_has_the_network(sign_on: LogEvent) -> None:
    assert set(part(sign_on, "security_context")) == {"asNumber", "asOrg", "isp", "domain", "isProxy"}


def test_the_authentication_context_has_session_and_root_session(sign_on: LogEvent) -> None:
    context = part(sign_on, "authentication_context")
    assert str(context["externalSessionId"]).startswith("102")
    assert context["rootSessionId"] == context["externalSessionId"]


def test_an_update_says_what_it_changed(company: CompanyEvents) -> None:
    (rule,) = targets(company.generator.of_type("policy.rule.update"), "PolicyRule")
    assert rule["changeDetails"] == {
        "from": {"factorMode": "1FA", "maxSessionLifetime": 480},
        "to": {"factorMode": "2FA", "maxSessionLifetime": 120},
    }


def test_outcomes_are_okta_s(company: CompanyEvents) -> None:
    assert {outcome.result for event_type in company.catalog for outcome in event_type.outcomes} <= RESULTS


def test_severities_are_okta_s(company: CompanyEvents) -> None:
    assert {event_type.severity for event_type in company.catalog} <= {"DEBUG", "INFO", "WARN", "ERROR"}


def test_the_zone_is_the_text_null(sign_on: LogEvent) -> None:
    assert part(sign_on, "client")["zone"] == "null"


def test_a_job_has_no_client_but_an_empty_chain_of_addresses(job: LogEvent) -> None:
    assert (part(job, "transaction")["type"], job.client) == ("JOB", {"ipChain": []})


def test_a_job_has_an_empty_security_context(job: LogEvent) -> None:
    assert job.security_context == {}


def test_the_order_of_targets_is_not_stable(company: CompanyEvents) -> None:
    events = [company.generator.of_type("group.user_membership.add") for _ in range(40)]
    orders = {tuple(str(target["type"]) for target in event.target or ()) for event in events}
    assert orders == {("User", "UserGroup"), ("UserGroup", "User")}


@pytest.mark.parametrize(
    ("place", "in_client", "in_request"),
    [("client.ipChain", True, False), ("request.ipChain", False, True), ("both", True, True)],
)
def test_the_chain_of_addresses_is_where_the_organisation_prints_it(
    place: str, *, in_client: bool, in_request: bool
) -> None:
    company = CompanyEvents(msgspec.convert({"addresses": place}, Log))
    event = as_json(company.generator.of_type("user.session.end"))
    client = event["client"]
    assert isinstance(client, dict)
    assert ("ipChain" in client, "request" in event) == (in_client, in_request)


def test_the_chain_begins_with_the_address_of_the_client(sign_on: LogEvent) -> None:
    (address,) = msgspec.convert(part(sign_on, "request")["ipChain"], list[dict[str, object]])
    assert address["ip"] == part(sign_on, "client")["ipAddress"]


def test_fields_without_a_value_are_left_out(job: LogEvent) -> None:
    assert b"null" not in msgspec.json.encode(job)


def test_an_organisation_may_print_nulls() -> None:
    company = CompanyEvents(Log(explicit_nulls=True))
    event = as_json(company.generator.of_type("application.provision.user.sync"))
    assert {name for name, value in event.items() if value is None} == {"device", "legacyEventType"}


@pytest.mark.parametrize("nulls", [True, False])
def test_every_event_can_be_read_back(*, nulls: bool) -> None:
    company = CompanyEvents(Log(explicit_nulls=nulls))
    for event in company.generator.everyday(300):
        assert msgspec.json.decode(msgspec.json.encode(event), type=LogEvent) == event


class Rarities(Random):
    """Chooses the last of several things: of a working day's mixture that is any other type."""

    def choices(  # type: ignore[override]  # the mixture is a sequence
        self, population: Sequence[Any], *_: object, k: int = 1, **__: object
    ) -> list[Any]:
        return [population[-1]] * k


@pytest.mark.parametrize(("engine", "happening"), [("identity", set()), ("classic", CLASSIC_ENGINE_ONLY)])
def test_an_upgrade_to_identity_engine_ends_two_types(
    engine: Literal["identity", "classic"], happening: set[str]
) -> None:
    activity = Organization(Options(engine=engine), ids=Ids(1), dice=Rarities(1)).activity
    seen = {event.event_type for event in activity.generator.everyday(5_000)}
    assert seen & CLASSIC_ENGINE_ONLY == happening
