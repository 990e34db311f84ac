"""Facts, sections 5 and 6: the catalogue of types, a test for each confirmed statement."""

from __future__ import annotations

from collections import Counter

import pytest

from unit.okta_simulator.events.company_events import CompanyEvents


def test_there_are_exactly_seven_types_about_event_hooks(company: CompanyEvents) -> None:
    names = {event_type.name for event_type in company.catalog if event_type.name.startswith("event_hook")}
    assert names == {
        f"event_hook.{what}"
        for what in ("created", "updated", "deleted", "activated", "deactivated", "verified", "delivery")
    }


def test_a_delivery_is_written_down_only_when_it_fails(company: CompanyEvents) -> None:
    delivery = company.catalog.get("event_hook.delivery")
    assert delivery is not None
    assert [outcome.result for outcome in delivery.outcomes] == ["FAILURE"]


@pytest.mark.parametrize("name", ["event_hook.failed", "event_hook.delivered", "event_hook.delivery.failure"])
def test_other_names_for_a_failed_delivery_do_not_exist(company: CompanyEvents, name: str) -> None:
    assert not company.catalog.is_known(name)


def test_a_verification_is_written_down_when_it_succeeds_and_when_it_fails(company: CompanyEvents) -> None:
    verified = company.catalog.get("event_hook.verified")
    assert verified is not None
    assert [outcome.result for outcome in verified.outcomes] == ["SUCCESS", "FAILURE"]


def test_264_types_are_eligible(company: CompanyEvents) -> None:
    assert len(company.catalog.eligible()) == 264


def test_the_eligible_types_begin_as_okta_counts_them(company: CompanyEvents) -> None:
    prefixes = Counter(event_type.name.partition(".")[0] for event_type in company.catalog.eligible())
    assert prefixes == {
        "user": 42,
        "app": 38,
        "resource_servers": 29,
        "system": 28,
        "application": 26,
        "access": 22,
        "iam": 18,
        "workload_principal": 18,
        "group": 10,
        "security": 10,
        "policy": 9,
        "device": 8,
        "certification": 5,
        "inline_hook": 1,
    }


@pytest.mark.parametrize(
    "name",
    [
        "security.threat.detected",
        "security.request.blocked",
        "security.attack.start",
        "policy.evaluate_sign_on",
        "user.mfa.attempt_bypass",
        "zone.update",
        "network_zone.rule.disabled",
        "user.authentication.verify",
        "security.events.provider.receive_event",
        "event_hook.delivery",
    ],
)
def test_a_type_that_is_known_and_not_eligible(company: CompanyEvents, name: str) -> None:
    assert (company.catalog.is_known(name), company.catalog.is_eligible(name)) == (True, False)


@pytest.mark.parametrize(
    "name",
    [
        "user.session.start",
        "user.authentication.auth_via_mfa",
        "user.account.lock",
        "user.mfa.factor.activate",
        "user.risk.change",
        "security.breached_credential.detected",
        "system.api_token.create",
        "system.org.rate_limit.warning",
        "policy.rule.update",
        "group.user_membership.add",
        "iam.role.create",
        "device.enrollment.create",
        "system.log_stream.lifecycle.deactivate",
    ],
)
def test_a_type_that_is_eligible(company: CompanyEvents, name: str) -> None:
    assert company.catalog.is_eligible(name)


def test_every_type_has_words_of_its_own(company: CompanyEvents) -> None:
    assert all(event_type.message for event_type in company.catalog)
