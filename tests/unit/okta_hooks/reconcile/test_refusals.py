"""What people are told when Okta says no, and when it is asked again."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from okta_hooks.api.conditions import Reason
from okta_hooks.okta.errors import (
    CredentialsRejected,
    NotFound,
    OktaError,
    PermissionMissing,
    RateLimited,
    Refused,
    Unavailable,
    VerificationFailed,
)
from okta_hooks.reconcile.refusals import explain
from unit.okta_hooks.reconcile.okta_model import DEFINITION, NOW

TYPO = replace(DEFINITION, event_types=frozenset({"user.sesion.start", "user.session.end"}))
FILTERED = replace(DEFINITION, filters={"user.session.start": "true"})


def _refused(*causes: str) -> Refused:
    return Refused("create event hook", "Api validation failed: eventHook", causes)


@pytest.mark.parametrize(
    ("error", "reason", "told", "for_people"),
    [
        (CredentialsRejected("list", "Invalid token provided"), Reason.CREDENTIALS_REJECTED, "its Secret", True),
        (
            PermissionMissing("create", "no", scope="okta.eventHooks.manage"),
            Reason.PERMISSION_MISSING,
            "Grant the service app the scope okta.eventHooks.manage",
            True,
        ),
        (PermissionMissing("sign in", "no"), Reason.PERMISSION_MISSING, "none of its scopes", True),
        (RateLimited("list", "too many"), Reason.RATE_LIMITED, "Nothing to do", False),
        (Unavailable("list", "no connection"), Reason.OKTA_UNAVAILABLE, "no connection", False),
        (NotFound("replace", "Not found"), Reason.OKTA_UNAVAILABLE, "asked again", False),
        (VerificationFailed("verify", "failed"), Reason.CHALLENGE_FAILED, "did not verify", False),
        (_refused("something else entirely"), Reason.REFUSED, "something else entirely", True),
        (
            _refused("name: An event hook with this name already exists"),
            Reason.NAME_TAKEN,
            "choose another displayName",
            True,
        ),
        (
            _refused("The organization has reached the limit of 25 active event hooks."),
            Reason.QUOTA_EXCEEDED,
            "delete or deactivate one",
            True,
        ),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, OktaError) else None,
)
def test_an_error_is_told_with_what_to_do(error: OktaError, reason: Reason, told: str, *, for_people: bool) -> None:
    problem = explain(error, DEFINITION, NOW)
    assert (problem.reason, problem.for_people) == (reason, for_people)
    assert told in problem.message


def test_a_mistyped_event_type_is_told_with_the_one_that_was_meant() -> None:
    problem = explain(_refused("events.items: 'user.sesion.start' is not an event type"), TYPO, NOW)
    assert problem.reason == Reason.EVENT_TYPE_REFUSED
    assert "did you mean user.session.start?" in problem.message


def test_a_type_that_hooks_cannot_have_is_told() -> None:
    wanted = replace(DEFINITION, event_types=frozenset({"security.threat.detected"}))
    problem = explain(_refused("events.items: 'security.threat.detected' is not eligible"), wanted, NOW)
    assert problem.reason == Reason.EVENT_TYPE_REFUSED
    assert "security.threat.detected" in problem.message


@pytest.mark.parametrize(
    "cause",
    [
        "events.filter: Event hook filters are not enabled for this organization",
        "You do not have permission to access the feature you are requesting",
    ],
)
def test_missing_filters_are_told_as_a_missing_feature(cause: str) -> None:
    problem = explain(_refused(cause), FILTERED, NOW)
    assert problem.reason == Reason.FILTERS_UNAVAILABLE
    assert "Settings > Features" in problem.message


def test_the_end_of_a_rate_limit_is_waited_for() -> None:
    until = NOW + timedelta(seconds=42)
    assert explain(RateLimited("list", "too many", until=until), DEFINITION, NOW).until == until


def test_what_needs_people_is_tried_again_all_the_same_but_seldom() -> None:
    problem = explain(_refused("no"), DEFINITION, NOW)
    assert problem.until is not None
    assert problem.until - NOW >= timedelta(minutes=1)
