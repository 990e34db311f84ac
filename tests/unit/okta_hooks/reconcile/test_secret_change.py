"""A changed secret: no event is lost, whatever is interrupted, and in the end the old value is gone."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from okta_hooks.reconcile.secret_change import (
    Await,
    Kept,
    SecretDecision,
    SecretsSeen,
    Settled,
    Show,
    decide,
)
from unit.okta_hooks.reconcile.okta_model import NOW

BOTH = frozenset({"old", "new"})
CHANGING = SecretsSeen(now=NOW, wanted="new", kept=Kept("new", "old"), applied="old", applied_at=NOW, receivers=(BOTH,))


class TestStepByStep:
    def test_the_first_secret_is_shown_and_given_at_once(self) -> None:
        seen = SecretsSeen(now=NOW, wanted="new", kept=None)
        assert decide(seen) == SecretDecision(Show(Kept("new")), "new")
        assert decide(replace(seen, kept=Kept("new"))) == SecretDecision(Await(), "new")
        assert decide(replace(seen, kept=Kept("new"), applied="new")) == SecretDecision(Settled(), "new")

    def test_a_changed_one_is_shown_to_receivers_first(self) -> None:
        seen = replace(CHANGING, kept=Kept("old"))
        assert decide(seen) == SecretDecision(Show(Kept("new", "old")), "old")

    def test_okta_keeps_the_old_one_until_every_receiver_has_read_the_new_one(self) -> None:
        seen = replace(CHANGING, receivers=(BOTH, frozenset({"old"})))
        assert decide(seen) == SecretDecision(Await(), "old")

    def test_no_receiver_is_not_every_receiver(self) -> None:
        assert decide(replace(CHANGING, receivers=())) == SecretDecision(Await(), "old")

    def test_then_okta_is_given_the_new_one(self) -> None:
        assert decide(CHANGING) == SecretDecision(Await(), "new")

    def test_the_old_one_is_accepted_for_a_while(self) -> None:
        seen = replace(CHANGING, applied="new")
        assert decide(seen) == SecretDecision(Await(NOW + seen.overlap), "new")

    def test_and_then_dropped(self) -> None:
        seen = replace(CHANGING, applied="new", now=NOW + CHANGING.overlap)
        assert decide(seen) == SecretDecision(Show(Kept("new")), "new")

    def test_turning_back_keeps_both(self) -> None:
        assert decide(replace(CHANGING, wanted="old")) == SecretDecision(Show(Kept("old", "new")), "old")

    def test_a_third_one_takes_the_place_of_one_that_okta_was_never_offered(self) -> None:
        assert decide(replace(CHANGING, wanted="third")) == SecretDecision(Show(Kept("third", "old")), "old")

    def test_a_third_one_waits_while_it_is_not_known_which_okta_has(self) -> None:
        assert decide(replace(CHANGING, wanted="third", applied="")) == SecretDecision(Await(), "new")

    def test_the_users_own_endpoint_has_no_receivers_to_wait_for(self) -> None:
        assert decide(replace(CHANGING, managed=False, receivers=())).for_okta == "new"


@dataclass
class World:
    """Kubernetes, Okta and a receiver, which read and answer when they like."""

    wanted: str = "s0"
    kept: Kept | None = None
    applied: str = ""
    applied_at: datetime | None = None
    okta: str = ""
    receivers: list[frozenset[str]] = field(default_factory=lambda: [frozenset(), frozenset()])
    now: datetime = NOW

    def decision(self) -> SecretDecision:
        return decide(
            SecretsSeen(
                now=self.now,
                wanted=self.wanted,
                kept=self.kept,
                applied=self.applied,
                applied_at=self.applied_at,
                receivers=tuple(self.receivers),
            )
        )

    def reconcile(self, *, stop_after: int = 9) -> None:
        """What the controller does, interrupted after so many steps: the Secret, the status, Okta, the status."""
        decision = self.decision()
        if isinstance(decision.step, Show):
            self.kept = decision.step.kept
            return
        if decision.for_okta == self.applied or stop_after < 1:
            return
        self.applied = ""
        if stop_after < 2:
            return
        self.okta = decision.for_okta
        if stop_after < 3:
            return
        self.applied, self.applied_at = decision.for_okta, self.now

    def read(self, receiver: int) -> None:
        if self.kept is not None:
            self.receivers[receiver] = frozenset({self.kept.current, self.kept.previous} - {""})


class SecretChanges(RuleBasedStateMachine):
    """Users change secrets, kubelets lag, and the operator is killed between any two of its steps."""

    def __init__(self) -> None:
        super().__init__()
        self.world = World()

    @rule(value=st.sampled_from(["s0", "s1", "s2", "s3"]))
    def somebody_changes_the_secret(self, value: str) -> None:
        self.world.wanted = value

    @rule(stop_after=st.integers(0, 3))
    def the_operator_works_until_it_is_killed(self, stop_after: int) -> None:
        self.world.reconcile(stop_after=stop_after)

    @rule(receiver=st.integers(0, 1))
    def a_receiver_reads_its_secret(self, receiver: int) -> None:
        self.world.read(receiver)

    @rule(minutes=st.integers(1, 15))
    def time_goes_by(self, minutes: int) -> None:
        self.world.now += timedelta(minutes=minutes)

    @rule(rounds=st.integers(1, 6))
    def all_goes_well_for_a_while(self, rounds: int) -> None:
        for _ in range(rounds):
            self.world.reconcile()
            self.world.read(0)
            self.world.read(1)

    @precondition(lambda self: self.world.okta)
    @invariant()
    def every_receiver_that_ever_read_accepts_what_okta_sends(self) -> None:
        for accepted in self.world.receivers:
            assert not accepted or self.world.okta in accepted

    def teardown(self) -> None:
        """Left in peace, a change comes to its end."""
        for _ in range(30):
            self.world.reconcile()
            self.world.read(0)
            self.world.read(1)
            self.world.now += timedelta(minutes=3)
        assert self.world.decision().step == Settled()
        assert self.world.okta == self.world.applied == self.world.wanted
        assert self.world.kept == Kept(self.world.wanted)


TestSecretChanges = SecretChanges.TestCase
