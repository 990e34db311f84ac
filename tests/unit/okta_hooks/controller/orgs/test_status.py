"""What an organisation's object says."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from okta_hooks.api.conditions import Reason
from okta_hooks.api.okta_org import OktaOrgStatus
from okta_hooks.controller.orgs.status import OrgReport, says_something_new, status
from okta_hooks.okta.port import Hook
from okta_hooks.reconcile.ownership import MARK_HEADER, Owner
from okta_hooks.reconcile.problem import Problem
from unit.okta_hooks.controller.given import START, definition

OURS = replace(definition(), headers={MARK_HEADER: Owner("installation", "identity", "sign-ins", "uid").mark})
HOOKS = (
    Hook("who1", OURS, "ACTIVE", "VERIFIED", ""),
    Hook("who2", definition("by hand"), "ACTIVE", "VERIFIED", ""),
    Hook("who3", definition("switched off"), "INACTIVE", "VERIFIED", ""),
)
SEEN = OrgReport(HOOKS, "installation", asked_at=START, remaining={"/api/v1": 590})
DOWN = OrgReport(None, "installation", Problem(Reason.OKTA_UNAVAILABLE, "Okta did not answer."))


def said(report: OrgReport, before: OktaOrgStatus | None = None) -> OktaOrgStatus:
    return status(before or OktaOrgStatus(), report, generation=1, now=START)


def conditions(report: OrgReport) -> dict[str, tuple[str, str]]:
    return {each.type: (each.status, each.reason) for each in said(report).conditions}


def test_an_organisation_that_answers_is_ready() -> None:
    assert conditions(SEEN) == {
        "CredentialsValid": ("True", "Valid"),
        "PermissionsGranted": ("True", "Granted"),
        "QuotaAvailable": ("True", "Available"),
        "Ready": ("True", "Ready"),
    }


def test_active_hooks_are_counted_and_those_of_others_too() -> None:
    told = said(SEEN)
    assert told.active_hooks is not None
    assert (told.active_hooks.used, told.active_hooks.limit, told.unmanaged_hooks) == (2, 25, 2)


def test_without_room_for_more_it_is_ready_all_the_same() -> None:
    full = replace(SEEN, hooks=tuple(Hook(f"who{n}", definition(str(n)), "ACTIVE", "VERIFIED", "") for n in range(25)))
    assert conditions(full)["QuotaAvailable"] == ("False", "QuotaExceeded")
    assert conditions(full)["Ready"][0] == "True"


@pytest.mark.parametrize(
    ("reason", "failing", "unknown"),
    [
        (Reason.CREDENTIALS_REJECTED, "CredentialsValid", "PermissionsGranted"),
        (Reason.SECRET_MISSING, "CredentialsValid", "PermissionsGranted"),
        (Reason.PERMISSION_MISSING, "PermissionsGranted", "QuotaAvailable"),
    ],
)
def test_what_is_wrong_is_said_where_it_belongs(reason: Reason, failing: str, unknown: str) -> None:
    told = conditions(OrgReport(None, "installation", Problem(reason, "See to it.")))
    assert (told[failing], told[unknown][0], told["Ready"]) == (("False", reason), "Unknown", ("False", reason))


def test_scopes_that_are_not_granted_are_named_though_hooks_can_be_listed() -> None:
    report = replace(SEEN, missing_scopes=("okta.eventHooks.manage", "okta.logs.read"))
    told = {each.type: each for each in said(report).conditions}
    assert (told["PermissionsGranted"].status, told["PermissionsGranted"].reason) == ("False", "PermissionMissing")
    assert "okta.eventHooks.manage, okta.logs.read" in told["PermissionsGranted"].message
    assert (told["Ready"].status, told["Ready"].message) == ("False", told["PermissionsGranted"].message)
    assert told["CredentialsValid"].status == "True"


def test_an_organisation_is_ready_without_a_scope_that_hooks_do_not_use() -> None:
    told = {each.type: each for each in said(replace(SEEN, missing_scopes=("okta.logs.read",))).conditions}
    assert (told["PermissionsGranted"].status, told["PermissionsGranted"].reason) == ("False", "PermissionMissing")
    assert told["PermissionsGranted"].message.endswith("Hooks work without it.")
    assert told["Ready"].status == "True"


def test_an_organisation_that_does_not_answer_keeps_what_it_said() -> None:
    before = said(SEEN)
    told = said(DOWN, before)
    assert (told.active_hooks, told.unmanaged_hooks) == (before.active_hooks, before.unmanaged_hooks)


def test_a_condition_keeps_the_time_at_which_it_came_true() -> None:
    before = said(SEEN)
    later = status(before, SEEN, generation=1, now=START + timedelta(hours=1))
    assert later.conditions == before.conditions


def test_what_changes_with_every_call_is_no_news() -> None:
    before = said(SEEN)
    later = replace(SEEN, asked_at=START + timedelta(minutes=5), remaining={"/api/v1": 12})
    assert not says_something_new(before, said(later, before))
    assert says_something_new(before, said(DOWN, before))
