"""Bringing a hook into line, step by step, with answers that are lost on the way."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from okta_hooks.api.conditions import Reason
from okta_hooks.controller.hooks.acting import Applied, State
from okta_hooks.controller.hooks.memory import Memory
from okta_hooks.controller.wishes import Wishes
from okta_hooks.okta.errors import OrganizationMissing, PermissionMissing, Refused, Unavailable
from unit.okta_hooks.controller.rounds import WANTED, Rounds


async def test_one_round_makes_a_hook_and_has_it_verified() -> None:
    rounds = Rounds()
    outcome = await rounds.run()
    (hook,) = rounds.okta.hooks.values()
    assert (hook.definition, hook.verification_status) == (WANTED.definition, "VERIFIED")
    assert outcome.state.applied.hook_id == hook.id
    assert outcome.synchronization.problem is None


async def test_a_second_round_asks_okta_for_nothing() -> None:
    rounds = Rounds()
    await rounds.run()
    rounds.okta.calls.clear()
    await rounds.run()
    assert rounds.okta.calls == []


async def test_a_hook_whose_making_was_answered_to_nobody_is_found_again() -> None:
    rounds = Rounds()
    rounds.okta.lost["create"] = [Unavailable("create event hook", "the connection was lost")]
    outcome = await rounds.run()
    assert outcome.synchronization.problem is not None
    assert outcome.again is not None
    await rounds.run()
    assert len(rounds.okta.hooks) == 1
    assert rounds.state.applied.hook_id in rounds.okta.hooks


async def test_what_okta_refuses_is_not_asked_for_again_at_once() -> None:
    rounds = Rounds()
    rounds.okta.failures["create"] = [Refused("create event hook", "Api validation failed: events")]
    outcome = await rounds.run()
    assert outcome.synchronization.problem is not None
    assert outcome.synchronization.problem.reason is Reason.REFUSED
    rounds.okta.calls.clear()
    await rounds.run()
    assert rounds.okta.calls == []


class TestACredentialThatMayReadAndNotWrite:
    """It is not asked to write at every look: a look comes each minute, and more often while pods change."""

    @pytest.fixture
    async def rounds(self) -> Rounds:
        """Okta has denied one attempt to make a hook, and would deny all."""
        rounds = Rounds()
        denied = PermissionMissing("create event hook", "You do not have permission", scope="okta.eventHooks.manage")
        rounds.okta.failures["create"] = [denied] * 100
        outcome = await rounds.run()
        assert outcome.synchronization.problem is not None
        assert outcome.synchronization.problem.reason is Reason.PERMISSION_MISSING
        rounds.okta.calls.clear()
        return rounds

    async def test_the_looks_of_an_interval_ask_okta_for_nothing_and_say_the_same(self, rounds: Rounds) -> None:
        sentences = set()
        for _ in range(4):
            rounds.clock.now += timedelta(minutes=1)
            sentences.add((await rounds.run()).synchronization.problem)
        assert rounds.okta.calls.count("create") == 0
        assert len(sentences) == 1

    async def test_after_the_interval_it_is_tried_once_more(self, rounds: Rounds) -> None:
        for _ in range(9):
            rounds.clock.now += timedelta(minutes=1)
            await rounds.run()
        assert rounds.okta.calls.count("create") == 1

    async def test_another_credential_is_tried_at_once(self, rounds: Rounds) -> None:
        rounds.okta.failures.clear()
        await rounds.run(credential="another")
        assert len(rounds.okta.hooks) == 1

    async def test_another_spec_is_tried_at_once(self, rounds: Rounds) -> None:
        await rounds.run(wanted=replace(WANTED, definition=replace(WANTED.definition, description="another")))
        assert rounds.okta.calls.count("create") == 1

    async def test_a_look_that_the_user_asks_for_tries_it_at_once(self, rounds: Rounds) -> None:
        rounds.state = replace(rounds.state, memory=rounds.state.memory.when_asked(Wishes("now")))
        await rounds.run()
        assert rounds.okta.calls.count("create") == 1


async def test_another_secret_is_forgotten_before_it_is_given_and_known_afterwards() -> None:
    rounds = Rounds()
    await rounds.run(secret="first")
    await rounds.run(secret="second")
    assert rounds.forgotten == 1
    assert rounds.state.applied.secret == "second"
    assert list(rounds.okta.secrets.values()) == ["value of second"]


async def test_after_a_lost_answer_nobody_claims_to_know_which_secret_okta_has() -> None:
    rounds = Rounds()
    await rounds.run(secret="first")
    rounds.okta.lost["replace"] = [Unavailable("replace event hook", "the connection was lost")]
    await rounds.run(secret="second")
    assert rounds.state.applied.secret == ""
    await rounds.run(secret="first")
    assert list(rounds.okta.secrets.values()) == ["value of first"]


async def test_an_endpoint_that_okta_does_not_reach_is_waited_for_while_the_spec_is_in_okta() -> None:
    rounds = Rounds()
    rounds.okta.verifiable = False
    outcome = await rounds.run()
    assert outcome.synchronization.problem is None
    assert outcome.state.memory.verifications.failures == 1
    assert outcome.again is not None


async def test_a_hook_that_somebody_deleted_is_made_again_when_the_list_shows_it() -> None:
    rounds = Rounds()
    await rounds.run()
    rounds.okta.hooks.clear()
    rounds.clock.now += timedelta(minutes=6)
    await rounds.run()
    assert len(rounds.okta.hooks) == 1


async def test_an_okta_that_stays_away_is_asked_less_and_less_often() -> None:
    rounds, waits = Rounds(), []
    for _ in range(8):
        rounds.okta.failures["list"] = [Unavailable("list event hooks", "no answer")]
        outcome = await rounds.run()
        assert outcome.again is not None
        waits.append(outcome.again - rounds.clock.now)
        rounds.clock.now += timedelta(minutes=10)
    assert waits[0] < timedelta(seconds=6)
    assert waits[-1] > timedelta(minutes=2)


@pytest.mark.parametrize("step", ["create", "get", "verify"])
async def test_whatever_step_is_cut_the_next_rounds_reach_the_same_end(step: str) -> None:
    rounds = Rounds()
    rounds.okta.failures[step] = [Unavailable(f"{step} event hook", "cut before it took effect")]
    rounds.okta.lost[step] = [Unavailable(f"{step} event hook", "cut after it took effect")]
    for _ in range(4):
        await rounds.run()
        rounds.clock.now += timedelta(minutes=6)
    (hook,) = rounds.okta.hooks.values()
    assert hook.verification_status == "VERIFIED"


async def test_an_organisation_that_is_gone_is_named_after_one_call() -> None:
    rounds = Rounds()
    rounds.okta.failures["list"] = [OrganizationMissing("list event hooks", "Not found") for _ in range(12)]
    outcome = await rounds.run()
    assert rounds.okta.calls == ["list"]
    assert outcome.synchronization.problem is not None
    assert "the organization still exists" in outcome.synchronization.problem.message


async def test_an_organisation_that_is_gone_is_asked_ever_less_often() -> None:
    rounds = Rounds()
    rounds.state = State(Applied(), Memory(failures=10))
    rounds.okta.failures["list"] = [OrganizationMissing("list event hooks", "Not found")]
    again = (await rounds.run()).again
    assert again is not None
    assert again - rounds.clock() > timedelta(minutes=2)
