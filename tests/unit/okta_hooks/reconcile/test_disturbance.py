"""What somebody else did to a hook, told from what a spec or a secret calls for."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okta_hooks.api.conditions import Reason
from okta_hooks.okta.port import Hook
from okta_hooks.reconcile.disturbance import REFUSALS, repair_by, settle
from okta_hooks.reconcile.observed import Listing, Observed, Refusals, Settled
from okta_hooks.reconcile.plan import plan
from okta_hooks.reconcile.repairs import MOST_IN_A_ROW, Cause, Repair, Repairs
from okta_hooks.reconcile.steps import Activate, Create, Nothing, Replace, Verify, Wait
from okta_hooks.system_log.chronicle import Deed, Done, HookChronicle
from okta_hooks.system_log.seen import LogSeen
from unit.okta_hooks.reconcile.okta_model import DEFINITION, NOW, REACHED, SECRET, WANTED, hook, seen

LATER = NOW + timedelta(minutes=5)
SETTLED = Settled(WANTED, hook(), NOW, is_steady=True)
INACTIVE = replace(WANTED, active=False)
UNVERIFIED = hook(verification_status="UNVERIFIED")
TOUCHED = replace(hook(), last_updated="later")
REFUSED = Refusals(in_a_row=REFUSALS)


def made(observation: Observed) -> Repair | None:
    """The repair that comes next."""
    return repair_by(plan(WANTED, observation), WANTED, observation)


@pytest.mark.parametrize(
    ("observation", "repair"),
    [
        (seen(hook(status="INACTIVE"), settled=SETTLED), Repair(Cause.DEACTIVATED)),
        (seen(hook(verification_status="UNVERIFIED"), settled=SETTLED), Repair(Cause.UNVERIFIED)),
        (seen(settled=SETTLED, decided_to_create_at=NOW, listing=Listing((), LATER)), Repair(Cause.DELETED)),
        (seen(hook(event_types=frozenset({"a.b"})), settled=SETTLED), Repair(Cause.CHANGED, ("eventTypes",))),
        (seen(TOUCHED, settled=SETTLED), Repair(Cause.TOUCHED)),
        (seen(hook(), settled=SETTLED, refusals=REFUSED), Repair(Cause.SECRET_REFUSED)),
    ],
    ids=["deactivated", "unverified", "deleted", "changed", "changed without a difference", "refused deliveries"],
)
def test_what_somebody_else_did_is_repaired(observation: Observed, repair: Repair) -> None:
    assert made(observation) == repair


class TestWhoDidIt:
    SETTLED = replace(SETTLED, hook=replace(hook(), last_updated="2026-11-01T12:00:00.000Z"))
    WRITTEN_NS = 1_793_534_400_000_000_000

    def by(self, deed: Deed, seconds: int) -> str:
        """Whom a repaired deactivation is put down to where the System Log has this, so long after our last write."""
        done: dict[Deed, Done] = {deed: Done("eve@example.com", self.WRITTEN_NS + seconds * 10**9)}
        log = LogSeen(HookChronicle(done=done))
        repair = made(seen(hook(status="INACTIVE"), settled=self.SETTLED, log=log))
        assert repair is not None
        return repair.by

    def test_is_whom_the_system_log_names(self) -> None:
        assert self.by("deactivated", seconds=60) == "eve@example.com"

    def test_is_not_who_did_something_else(self) -> None:
        assert not self.by("updated", seconds=60)

    def test_is_not_who_did_the_same_before_the_hook_was_in_line(self) -> None:
        assert not self.by("deactivated", seconds=-60)

    def test_is_not_the_operator_itself_when_it_wrote_last(self) -> None:
        assert not self.by("deactivated", seconds=1)


def test_a_hook_that_is_to_be_inactive_and_was_activated_is_deactivated_again() -> None:
    observation = seen(hook(), settled=Settled(INACTIVE, hook(status="INACTIVE"), NOW))
    assert repair_by(plan(INACTIVE, observation), INACTIVE, observation) == Repair(Cause.ACTIVATED)


@pytest.mark.parametrize(
    "observation",
    [
        seen(hook(event_types=frozenset({"a.b"})), settled=replace(SETTLED, wanted=replace(WANTED, probe=False))),
        seen(hook(), secret="another", settled=SETTLED),
        seen(hook(status="INACTIVE")),
        seen(UNVERIFIED, settled=replace(SETTLED, hook=UNVERIFIED)),
    ],
    ids=["a changed spec", "a changed Secret", "what was never in line", "what was never verified"],
)
def test_what_the_spec_or_the_secret_calls_for_is_no_repair(observation: Observed) -> None:
    assert made(observation) is None


class TestASecretThatMayHaveBeenChanged:
    """It can't be read: the whole hook is written again."""

    def test_a_hook_that_somebody_wrote_without_a_difference_is_written_again(self) -> None:
        assert plan(WANTED, seen(TOUCHED, settled=SETTLED)) == Replace("who1", DEFINITION, SECRET)

    def test_right_after_a_write_of_our_own_another_time_of_change_means_nothing(self) -> None:
        assert plan(WANTED, seen(TOUCHED, settled=replace(SETTLED, is_steady=False))) == Nothing()

    def test_refused_deliveries_are_enough_where_the_receiver_knows_the_right_secret(self) -> None:
        observation = seen(hook(), settled=SETTLED, refusals=REFUSED)
        assert plan(WANTED, observation) == Replace("who1", DEFINITION, SECRET)

    def test_they_are_not_where_the_receiver_refuses_the_operator_too(self) -> None:
        reached = replace(REACHED, problem=Reason.UNAUTHORIZED)
        step = plan(WANTED, seen(hook(), settled=SETTLED, refusals=REFUSED, reachability=reached))
        assert isinstance(step, Wait)

    def test_strangers_cannot_have_the_hook_written_more_than_once_an_hour(self) -> None:
        just_written = replace(REFUSED, written_at=NOW - timedelta(minutes=59))
        assert plan(WANTED, seen(hook(), settled=SETTLED, refusals=just_written)) == Nothing()

    def test_after_an_hour_it_is_written_again(self) -> None:
        long_ago = replace(REFUSED, written_at=NOW - timedelta(minutes=60))
        assert isinstance(plan(WANTED, seen(hook(), settled=SETTLED, refusals=long_ago)), Replace)


class TestWhatIsKeptOfAHookInLine:
    def test_two_lists_that_show_the_same_make_it_steady(self) -> None:
        first = settle(WANTED, hook(), NOW, None)
        assert not first.is_steady
        assert settle(WANTED, hook(), LATER, first).is_steady

    def test_one_list_that_is_looked_at_twice_does_not(self) -> None:
        assert not settle(WANTED, hook(), NOW, settle(WANTED, hook(), NOW, None)).is_steady

    def test_that_it_was_verified_is_not_forgotten_while_it_is_not(self) -> None:
        assert settle(WANTED, hook(verification_status="UNVERIFIED"), LATER, SETTLED) == SETTLED

    def test_another_hook_is_known_anew(self) -> None:
        assert settle(WANTED, hook("who2"), LATER, SETTLED) == Settled(WANTED, hook("who2"), LATER)


class TestTwoControllersThatFight:
    FOUGHT_OVER = Repairs(MOST_IN_A_ROW, MOST_IN_A_ROW, "Somebody deactivated the hook.", NOW)

    @pytest.mark.parametrize(
        "hooks",
        [(hook(status="INACTIVE"),), (hook(event_types=frozenset({"a.b"})),), (TOUCHED,)],
        ids=["deactivated", "changed", "touched"],
    )
    def test_the_operator_stops_and_says_that_somebody_has_to_decide(self, hooks: tuple[Hook, ...]) -> None:
        step = plan(WANTED, seen(*hooks, settled=SETTLED, repairs=self.FOUGHT_OVER))
        assert isinstance(step, Wait)
        assert (step.problem.reason, step.problem.for_people, step.until) == (Reason.CONTESTED, True, None)

    def test_before_that_it_waits_and_says_that_it_goes_on(self) -> None:
        repairs = Repairs(4, 4, "Somebody deactivated the hook.", NOW)
        step = plan(WANTED, seen(hook(status="INACTIVE"), settled=SETTLED, repairs=repairs))
        assert isinstance(step, Wait)
        assert (step.problem.reason, step.problem.for_people) == (Reason.CONTESTED, False)
        assert step.until == repairs.due()

    def test_after_the_pause_it_goes_on(self) -> None:
        repairs = Repairs(4, 4, "Somebody deactivated the hook.", NOW - timedelta(minutes=1))
        assert plan(WANTED, seen(hook(status="INACTIVE"), settled=SETTLED, repairs=repairs)) == Activate("who1")

    def test_a_changed_spec_reaches_okta_all_the_same(self) -> None:
        wanted = replace(WANTED, definition=replace(DEFINITION, description="changed"))
        step = plan(wanted, seen(hook(), settled=SETTLED, repairs=self.FOUGHT_OVER))
        assert step == Replace("who1", wanted.definition, SECRET)

    def test_verifications_have_pauses_of_their_own(self) -> None:
        step = plan(WANTED, seen(hook(verification_status="UNVERIFIED"), settled=SETTLED, repairs=self.FOUGHT_OVER))
        assert step == Verify("who1")

    def test_a_deleted_hook_is_not_made_again_for_ever(self) -> None:
        observation = seen(
            settled=SETTLED, decided_to_create_at=NOW, listing=Listing((), LATER), repairs=self.FOUGHT_OVER
        )
        assert not isinstance(plan(WANTED, observation), Create)


requests = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)))


@given(requests)
def test_what_receivers_refuse_counts_since_something_was_kept(more: list[tuple[int, int]]) -> None:
    refusals, refused, kept, expected = Refusals(), 0, 0, 0
    for now_refused, now_kept in more:
        refused, kept = refused + now_refused, kept + now_kept
        expected = 0 if now_kept else expected + now_refused
        refusals = refusals.told(refused=refused, kept=kept)
    assert refusals.in_a_row == expected


def test_a_receiver_that_was_started_again_counts_from_nothing() -> None:
    assert Refusals(refused=10, kept=5, in_a_row=1).told(refused=2, kept=0).in_a_row == 3
