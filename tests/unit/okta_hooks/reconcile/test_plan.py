"""The next step, case by case."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from okta_hooks.api.conditions import Reason
from okta_hooks.reconcile.desired import Desired
from okta_hooks.reconcile.observed import Denial, Echo, Listing, Observed, Reachability, Rejection, Verifications
from okta_hooks.reconcile.ownership import MARK_HEADER, Owner
from okta_hooks.reconcile.plan import plan
from okta_hooks.reconcile.problem import Problem
from okta_hooks.reconcile.steps import (
    Activate,
    Create,
    Deactivate,
    Delete,
    ListAgain,
    Nothing,
    Probe,
    Replace,
    Step,
    Verify,
    Wait,
)
from unit.okta_hooks.reconcile.okta_model import (
    DEFINITION,
    ME,
    NOW,
    SECRET,
    URI,
    WANTED,
    hook,
    is_waiting_for,
    seen,
)

BY_HAND: dict[str, str] = {}
OTHER_INSTALLATION = {MARK_HEADER: replace(ME, installation="staging").mark}
EARLIER_LIFE = {MARK_HEADER: replace(ME, uid="uid-0").mark}
OTHER_OBJECT = {MARK_HEADER: Owner("production", "security", "other", "uid-9").mark}
MINUTE = timedelta(minutes=1)
FAILING = Reachability(URI, NOW, Reason.CONNECTION_REFUSED, "refused", failing_since=NOW - timedelta(hours=1))

BROKEN = Reachability(URI, NOW, Reason.CONNECTION_REFUSED, "refused", failing_since=NOW)


@pytest.mark.parametrize(
    ("observation", "step"),
    [
        (seen(hook()), Nothing()),
        (seen(hook(), hook("who2", headers=BY_HAND, name="theirs")), Nothing()),
        (seen(hook(event_types=frozenset({"user.session.end"}))), Replace("who1", DEFINITION, SECRET)),
        (seen(hook(headers={"oktahooks-owner": ME.mark})), Nothing()),
        (seen(hook(auth_header="authorization")), Nothing()),
        (seen(hook(), secret="another"), Replace("who1", DEFINITION, "another")),
        (seen(hook(), applied_secret=""), Replace("who1", DEFINITION, SECRET)),
        (seen(hook(status="INACTIVE")), Activate("who1")),
        (seen(hook(headers=EARLIER_LIFE), applied_secret=""), Replace("who1", DEFINITION, SECRET)),
        (seen(hook(headers=BY_HAND), bound_id="who1"), Replace("who1", DEFINITION, SECRET)),
        (seen(hook("who1"), hook("who2"), bound_id="who2"), Deactivate("who1")),
        (seen(hook("who1", status="INACTIVE"), hook("who2"), bound_id="who2"), Delete("who1")),
        (seen(hook(verification_status="UNVERIFIED")), Verify("who1")),
        (seen(hook(verification_status="UNVERIFIED"), reachability=None), Probe(URI)),
        (seen(hook(), reachability=Reachability("https://old.example.com", NOW)), Probe(URI)),
        (seen(hook(), reachability=Reachability(URI, NOW - timedelta(minutes=6))), Probe(URI)),
        (seen(hook(verification_status="UNVERIFIED"), reachability=FAILING), Verify("who1")),
        (seen(hook(), reachability=replace(BROKEN, at=NOW - timedelta(seconds=15))), Probe(URI)),
    ],
    ids=[
        "all is as it is to be",
        "others' hooks are left alone",
        "a difference is put right",
        "Okta may change the case of a header's name",
        "Okta may change the case of the secret's header",
        "another secret is given to Okta",
        "a secret of which nothing is known is given again",
        "a hook that somebody deactivated is activated",
        "the hook of an earlier life is taken back",
        "a mark that somebody removed is put back",
        "a second hook with our mark is deactivated",
        "and then deleted",
        "an endpoint that answers is verified at once",
        "the endpoint is tried before Okta is asked",
        "another address is tried anew",
        "an old success is no evidence",
        "an endpoint that only Okta may reach is verified after a while",
        "an endpoint that has just broken is soon tried again",
    ],
)
def test_the_next_step_is(observation: Observed, step: Step) -> None:
    assert plan(WANTED, observation) == step


@pytest.mark.parametrize(
    ("failing_for", "pause"),
    [(timedelta(0), timedelta(milliseconds=200)), (2 * MINUTE, 2 * MINUTE), (60 * MINUTE, 5 * MINUTE)],
    ids=["soon", "ever more seldom", "in the end as often as one that works"],
)
def test_a_trusted_endpoint_that_does_not_answer_us_is_tried_again(failing_for: timedelta, pause: timedelta) -> None:
    step = plan(WANTED, seen(hook(), reachability=replace(BROKEN, failing_since=NOW - failing_for)))
    assert isinstance(step, Wait)
    assert step.until == NOW + pause


class TestCreating:
    def test_a_list_from_before_the_decision_is_not_enough(self) -> None:
        assert plan(WANTED, seen()) == ListAgain()

    @pytest.mark.parametrize("age", [timedelta(0), MINUTE])
    def test_nor_is_a_list_as_old_as_the_decision(self, age: timedelta) -> None:
        assert plan(WANTED, seen(listing=Listing((), NOW - age), decided_to_create_at=NOW)) == ListAgain()

    def test_a_list_from_after_it_is(self) -> None:
        observation = seen(decided_to_create_at=NOW - MINUTE)
        assert plan(WANTED, observation) == Create(DEFINITION, SECRET)

    def test_what_okta_refused_is_not_sent_again_before_its_time(self) -> None:
        refused = Rejection(DEFINITION, Problem(Reason.REFUSED, "no", until=NOW + MINUTE))
        step = plan(WANTED, seen(rejection=refused, decided_to_create_at=NOW - MINUTE))
        assert step == Wait(refused.problem, until=NOW + MINUTE)

    def test_nor_is_a_hook_activated_for_which_there_was_no_place(self) -> None:
        full = Rejection(DEFINITION, Problem(Reason.QUOTA_EXCEEDED, "full", until=NOW + MINUTE))
        assert plan(WANTED, seen(hook(status="INACTIVE"), rejection=full)) == Wait(full.problem, until=NOW + MINUTE)

    def test_a_corrected_spec_is_sent_at_once(self) -> None:
        refused = Rejection(replace(DEFINITION, name="old"), Problem(Reason.REFUSED, "no", until=NOW + MINUTE))
        assert isinstance(plan(WANTED, seen(rejection=refused, decided_to_create_at=NOW - MINUTE)), Create)


class TestACredentialThatMayReadOnly:
    denial = Denial("credential", WANTED, Problem(Reason.PERMISSION_MISSING, "no", until=NOW + MINUTE))
    waits = Wait(denial.problem, until=NOW + MINUTE)

    @pytest.mark.parametrize(
        "observation",
        [
            seen(),
            seen(decided_to_create_at=NOW - MINUTE),
            seen(hook(description="old")),
            seen(hook(status="INACTIVE")),
            seen(hook(verification_status="UNVERIFIED")),
            seen(hook(), hook("who2")),
        ],
        ids=["look for", "create", "replace", "activate", "verify", "remove a spare one"],
    )
    def test_is_not_asked_to_write_before_its_time(self, observation: Observed) -> None:
        assert plan(WANTED, replace(observation, credential="credential", denial=self.denial)) == self.waits

    def test_is_asked_again_when_its_time_has_come(self) -> None:
        later = seen(hook(status="INACTIVE"), now=NOW + MINUTE, credential="credential", denial=self.denial)
        assert plan(WANTED, later) == Activate("who1")

    def test_gives_way_to_another_credential_at_once(self) -> None:
        assert plan(WANTED, seen(hook(status="INACTIVE"), credential="new", denial=self.denial)) == Activate("who1")

    def test_is_asked_at_once_for_what_another_spec_says(self) -> None:
        inactive = replace(WANTED, active=False)
        assert plan(inactive, seen(hook(), credential="credential", denial=self.denial)) == Deactivate("who1")

    def test_does_not_keep_a_hook_from_being_in_line(self) -> None:
        assert plan(WANTED, seen(hook(), credential="credential", denial=self.denial)) == Nothing()


class TestHooksOfOthers:
    def test_a_name_that_is_taken_by_hand_is_told(self) -> None:
        assert is_waiting_for(plan(WANTED, seen(hook(headers=BY_HAND), applied_secret=""))) == Reason.NAME_TAKEN

    @pytest.mark.parametrize("marked", [OTHER_INSTALLATION, OTHER_OBJECT])
    def test_a_name_that_is_taken_by_another_object_is_told(self, marked: dict[str, str]) -> None:
        assert is_waiting_for(plan(WANTED, seen(hook(headers=marked), applied_secret=""))) == Reason.NOT_OWNED

    @pytest.mark.parametrize("marked", [OTHER_INSTALLATION, OTHER_OBJECT])
    def test_not_even_the_bound_hook_is_touched_once_another_has_marked_it(self, marked: dict[str, str]) -> None:
        assert is_waiting_for(plan(WANTED, seen(hook(headers=marked), bound_id="who1"))) == Reason.NOT_OWNED

    def test_another_installation_with_another_name_does_not_matter(self) -> None:
        observation = seen(hook(headers=OTHER_INSTALLATION, name="theirs"), applied_secret="")
        assert plan(WANTED, observation) == ListAgain()

    def test_the_hook_of_a_living_object_is_not_inherited(self) -> None:
        observation = seen(hook(headers=EARLIER_LIFE), live_uids=frozenset({"uid-0", "uid-1"}), applied_secret="")
        assert is_waiting_for(plan(WANTED, observation)) == Reason.NOT_OWNED

    def test_an_id_in_the_status_alone_makes_no_hook_ours(self) -> None:
        observation = seen(hook(headers=BY_HAND), bound_id="who1", applied_secret="")
        assert is_waiting_for(plan(WANTED, observation)) == Reason.NAME_TAKEN


class TestAdoption:
    ADOPTING = replace(WANTED, adopt=True)

    def test_a_hook_made_by_hand_is_taken_over_by_its_name(self) -> None:
        observation = seen(hook(headers=BY_HAND), applied_secret="")
        assert plan(self.ADOPTING, observation) == Replace("who1", DEFINITION, SECRET)

    def test_or_by_its_id(self) -> None:
        observation = seen(hook(headers=BY_HAND, name="by hand"), applied_secret="")
        assert plan(replace(self.ADOPTING, adopt_id="who1"), observation) == Replace("who1", DEFINITION, SECRET)

    def test_where_there_is_none_of_the_name_one_is_made(self) -> None:
        assert plan(self.ADOPTING, seen(applied_secret="")) == ListAgain()

    def test_where_there_is_none_of_the_id_that_is_told(self) -> None:
        step = plan(replace(self.ADOPTING, adopt_id="who9"), seen(applied_secret=""))
        assert is_waiting_for(step) == Reason.NOT_FOUND

    def test_what_another_has_marked_is_not_adopted(self) -> None:
        observation = seen(hook(headers=OTHER_INSTALLATION), applied_secret="")
        assert is_waiting_for(plan(self.ADOPTING, observation)) == Reason.NOT_OWNED


class TestForbiddenAdoption:
    ADOPTING = replace(WANTED, adopt=True)
    BY_HAND = seen(hook(headers=BY_HAND), applied_secret="", adoption_forbidden_by="ClusterOktaOrg shared")

    @pytest.mark.parametrize(
        "wanted",
        [ADOPTING, replace(ADOPTING, adopt_id="who1"), replace(WANTED, observe_only=True)],
        ids=["by its name", "by its id", "to observe it"],
    )
    def test_a_hook_made_by_hand_is_refused(self, wanted: Desired) -> None:
        assert is_waiting_for(plan(wanted, self.BY_HAND)) == Reason.ADOPTION_FORBIDDEN

    def test_the_sentence_names_the_organisation_and_its_field(self) -> None:
        step = plan(self.ADOPTING, self.BY_HAND)
        assert isinstance(step, Wait)
        assert "spec.adoption of ClusterOktaOrg shared" in step.problem.message

    def test_nobody_is_told_to_adopt_a_hook_whose_name_is_taken(self) -> None:
        step = plan(WANTED, self.BY_HAND)
        assert isinstance(step, Wait)
        assert step.problem.reason == Reason.NAME_TAKEN
        assert "adopt" not in step.problem.message

    def test_what_was_adopted_before_stays(self) -> None:
        assert (
            plan(self.ADOPTING, replace(self.BY_HAND, listing=seen(hook()).listing, applied_secret=SECRET)) == Nothing()
        )

    def test_nor_is_it_lost_when_somebody_removes_its_mark(self) -> None:
        observation = replace(self.BY_HAND, bound_id="who1", applied_secret=SECRET)
        assert plan(self.ADOPTING, observation) == Replace("who1", DEFINITION, SECRET)


class TestLeavingAlone:
    def test_observing_tells_the_difference_and_changes_nothing(self) -> None:
        step = plan(replace(WANTED, observe_only=True), seen(hook(description="theirs", headers=BY_HAND)))
        assert is_waiting_for(step) == Reason.DRIFT_DETECTED

    def test_observing_minds_neither_mark_nor_secret(self) -> None:
        observation = seen(hook(headers=BY_HAND), applied_secret="")
        assert plan(replace(WANTED, observe_only=True), observation) == Nothing()

    def test_observing_looks_at_the_endpoint_though_there_is_a_difference(self) -> None:
        observation = seen(hook(description="theirs"), reachability=None)
        assert plan(replace(WANTED, observe_only=True), observation) == Probe(URI)

    @pytest.mark.parametrize("wanted", [replace(WANTED, probe=False), replace(WANTED, active=False)])
    def test_observing_leaves_alone_an_endpoint_that_is_not_to_be_called(self, wanted: Desired) -> None:
        step = plan(replace(wanted, observe_only=True), seen(hook(), reachability=None))
        assert not isinstance(step, Probe)

    def test_observing_never_asks_okta_to_verify(self) -> None:
        unverified = seen(hook(verification_status="UNVERIFIED"))
        assert plan(replace(WANTED, observe_only=True), unverified) == Nothing()

    def test_observing_makes_no_hook(self) -> None:
        assert is_waiting_for(plan(replace(WANTED, observe_only=True), seen())) == Reason.NOT_FOUND

    def test_what_is_suspended_is_left_as_it_is(self) -> None:
        step = plan(replace(WANTED, suspended=True), seen(hook(description="drift")))
        assert is_waiting_for(step) == Reason.SUSPENDED

    def test_an_inactive_hook_is_not_verified(self) -> None:
        observation = seen(hook(status="INACTIVE", verification_status="UNVERIFIED"))
        assert plan(replace(WANTED, active=False), observation) == Nothing()

    def test_deactivating_comes_before_anything_else(self) -> None:
        assert plan(replace(WANTED, active=False), seen(hook(description="drift"))) == Deactivate("who1")


class TestWhatOktaWritesItsOwnWay:
    def test_a_difference_that_okta_itself_makes_is_told_and_not_fought(self) -> None:
        shown = hook(description="trimmed")
        step = plan(WANTED, seen(shown, echo=Echo(DEFINITION, shown.definition)))
        assert is_waiting_for(step) == Reason.DRIFT_DETECTED

    def test_filters_that_okta_leaves_out_are_told(self) -> None:
        wanted = replace(WANTED, definition=replace(DEFINITION, filters={"user.session.start": "true"}))
        step = plan(wanted, seen(hook(), echo=Echo(wanted.definition, DEFINITION)))
        assert is_waiting_for(step) == Reason.FILTERS_UNAVAILABLE

    def test_somebody_elses_change_is_put_right_all_the_same(self) -> None:
        echo = Echo(DEFINITION, hook(description="trimmed").definition)
        assert isinstance(plan(WANTED, seen(hook(description="by hand"), echo=echo)), Replace)


class TestVerifying:
    UNVERIFIED = hook(verification_status="UNVERIFIED")

    def test_okta_is_not_asked_before_a_receiver_is_there(self) -> None:
        step = plan(WANTED, seen(self.UNVERIFIED, receiver_ready=False))
        assert is_waiting_for(step) == Reason.AWAITING_ENDPOINT

    def test_the_users_own_endpoint_has_no_receiver_to_wait_for(self) -> None:
        wanted = replace(WANTED, managed_receiver=False)
        assert plan(wanted, seen(self.UNVERIFIED, receiver_ready=False)) == Verify("who1")

    def test_without_our_own_challenge_okta_is_asked_at_once(self) -> None:
        assert plan(replace(WANTED, probe=False), seen(self.UNVERIFIED, reachability=None)) == Verify("who1")

    def test_while_our_own_challenge_fails_okta_is_not_asked_at_once(self) -> None:
        just_now = replace(FAILING, failing_since=NOW)
        step = plan(WANTED, seen(self.UNVERIFIED, reachability=just_now))
        assert is_waiting_for(step) == Reason.AWAITING_ENDPOINT
        assert isinstance(step, Wait)
        assert step.until is not None
        assert NOW < step.until <= NOW + MINUTE

    def test_after_a_failure_okta_is_asked_again_later(self) -> None:
        step = plan(WANTED, seen(self.UNVERIFIED, verifications=Verifications(failures=3, last_at=NOW)))
        assert is_waiting_for(step) == Reason.CHALLENGE_FAILED

    def test_pauses_grow_and_stay_bounded(self) -> None:
        long_ago = Verifications(failures=50, last_at=NOW - timedelta(minutes=16))
        assert plan(WANTED, seen(self.UNVERIFIED, verifications=long_ago)) == Verify("who1")
