"""What somebody else does to a hook in Okta, and what rounds make of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from okta_hooks.api.conditions import Reason
from okta_hooks.controller.hooks.synchronizing import Outcome
from okta_hooks.okta.errors import Unavailable
from okta_hooks.okta.port import Hook
from okta_hooks.reconcile.observed import Refusals
from okta_hooks.reconcile.repairs import MOST_IN_A_ROW, Cause, Repair
from unit.okta_hooks.controller.rounds import INTERVAL, WANTED, Rounds

PUT_BACK = Repair(Cause.CHANGED, ("eventTypes",))


class Fight:
    """A hook that was in line, and somebody who writes to it in Okta."""

    def __init__(self) -> None:
        self.rounds = Rounds()

    async def begin(self) -> None:
        """Let the hook be made, and be seen in two lists."""
        for _ in range(3):
            await self.look()

    async def look(self) -> Outcome:
        """The round after the next interval."""
        self.rounds.clock.now += INTERVAL
        return await self.rounds.run()

    def change(self, change: Callable[[Hook], Hook]) -> None:
        """Let somebody write to the hook."""
        (hook,) = self.rounds.okta.hooks.values()
        self.rounds.okta.hooks[hook.id] = change(hook)

    def delete(self) -> None:
        """Let somebody delete it."""
        self.rounds.okta.hooks.clear()


@pytest.fixture
async def fight() -> Fight:
    fight = Fight()
    await fight.begin()
    return fight


def deactivated(hook: Hook) -> Hook:
    return replace(hook, status="INACTIVE", last_updated=hook.last_updated + "'")


def unverified(hook: Hook) -> Hook:
    return replace(hook, verification_status="UNVERIFIED")


def changed(hook: Hook) -> Hook:
    definition = replace(hook.definition, event_types=frozenset({"user.session.end"}))
    return replace(hook, definition=definition, last_updated=hook.last_updated + "'")


def touched(hook: Hook) -> Hook:
    return replace(hook, last_updated=hook.last_updated + "'")


async def test_making_a_hook_is_no_repair() -> None:
    assert (await Rounds().run()).state.repaired == ()


@pytest.mark.parametrize(
    ("change", "repair"),
    [
        (deactivated, Repair(Cause.DEACTIVATED)),
        (unverified, Repair(Cause.UNVERIFIED)),
        (changed, PUT_BACK),
        (touched, Repair(Cause.TOUCHED)),
    ],
)
async def test_each_change_is_one_repair(fight: Fight, change: Callable[[Hook], Hook], repair: Repair) -> None:
    fight.change(change)
    assert (await fight.look()).state.repaired == (repair,)


async def test_a_hook_that_was_deleted_is_one_repair_although_it_is_verified_anew(fight: Fight) -> None:
    fight.delete()
    assert (await fight.look()).state.repaired == (Repair(Cause.DELETED),)


async def test_after_a_repair_nothing_is_left_to_repair(fight: Fight) -> None:
    fight.change(touched)
    await fight.look()
    fight.rounds.okta.calls.clear()
    await fight.look()
    await fight.look()
    assert set(fight.rounds.okta.calls) == {"list"}


async def test_a_changed_secret_is_no_repair(fight: Fight) -> None:
    assert (await fight.rounds.run(secret="another")).state.repaired == ()


async def test_a_repair_that_okta_does_not_carry_out_is_made_and_counted_later(fight: Fight) -> None:
    fight.change(changed)
    fight.rounds.okta.failures["replace"] = [Unavailable("replace event hook", "it is down")]
    assert (await fight.look()).state.repaired == ()
    assert (await fight.look()).state.repaired == (PUT_BACK,)


async def test_deliveries_that_are_refused_have_the_hook_written_again_with_its_secret(fight: Fight) -> None:
    state = fight.rounds.state
    fight.rounds.state = replace(state, memory=replace(state.memory, refusals=Refusals(in_a_row=3)))
    (hook_id,) = fight.rounds.okta.hooks
    fight.rounds.okta.secrets[hook_id] = "what somebody typed"
    assert (await fight.look()).state.repaired == (Repair(Cause.SECRET_REFUSED),)
    assert fight.rounds.okta.secrets[hook_id] == "value of hash"


class TestSomebodyWhoNeverStops:
    @pytest.fixture
    async def outcome(self, fight: Fight) -> Outcome:
        """The end of it."""
        outcome = await fight.look()
        for _ in range(2 * MOST_IN_A_ROW):
            fight.change(changed)
            outcome = await fight.look()
        return outcome

    async def test_is_told_and_not_fought_for_ever(self, outcome: Outcome) -> None:
        problem = outcome.synchronization.problem
        assert problem is not None
        assert (problem.reason, problem.for_people) == (Reason.CONTESTED, True)

    async def test_was_put_back_as_often_as_was_promised(self, outcome: Outcome) -> None:
        assert outcome.state.memory.repairs.count == MOST_IN_A_ROW

    async def test_is_put_back_again_when_a_user_asks_for_it(self, fight: Fight, outcome: Outcome) -> None:
        memory = outcome.state.memory
        fight.rounds.state = replace(fight.rounds.state, memory=memory.when_asked(memory.wishes))
        assert (await fight.look()).state.repaired == (PUT_BACK,)

    async def test_does_not_keep_a_changed_spec_from_okta(self, fight: Fight, outcome: Outcome) -> None:
        wanted = replace(WANTED, definition=replace(WANTED.definition, description="changed"))
        after = await fight.rounds.run(wanted=wanted)
        assert after.synchronization.problem is None
        assert outcome.state.memory.repairs.in_a_row > after.state.memory.repairs.in_a_row
