"""The operator is killed with SIGKILL before and after every call that it makes, and started again.

Whatever the moment, Okta then has exactly one hook as the spec says, or none of what was deleted, and Kubernetes the
children that belong to it and no other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

import pytest

from crash.okta_hooks.controller.interposer import Moment, Passage
from crash.okta_hooks.controller.life import Life
from crash.okta_hooks.controller.phases.endpoint import ENDPOINT, FIRST_START
from crash.okta_hooks.controller.phases.organization import ORGANIZATION
from crash.okta_hooks.controller.phases.phase import CREATE, FINALIZERS, LIST, SECONDS_TO_COME_TO_A_CALL, Phase, exist
from crash.okta_hooks.controller.phases.receiver import RECEIVER
from crash.okta_hooks.controller.phases.sinks import SINKS
from crash.okta_hooks.controller.phases.taking import TAKING
from crash.okta_hooks.controller.start_reads import START_READS
from okta_hooks.controller.hooks.hook_object import FINALIZER

pytestmark = pytest.mark.controlplane

GROUPS = {"endpoints": (*ENDPOINT, *TAKING), "receivers": (*ORGANIZATION, *RECEIVER, *SINKS)}
"""Each is a control plane's work, on a processor of its own where there are two."""

KILLED_AT = {call for phase in chain(*GROUPS.values()) for call in phase.calls} | set(START_READS)


def in_groups() -> Iterator[tuple[Phase, pytest.MarkDecorator]]:
    for name, phases in GROUPS.items():
        for phase in phases:
            yield phase, pytest.mark.xdist_group(f"killed operator: {name}")


CRASHES = [
    pytest.param(phase, Passage(moment, call), id=f"{phase.name}: {moment.value} {call}", marks=group)
    for phase, group in in_groups()
    for call in phase.calls
    for moment in Moment
]


async def assert_nothing_is_lost(life: Life) -> None:
    """While nobody works, Okta has no second hook, and sends no secret that the receiver would refuse."""
    hooks, accepted = life.hooks(), await life.pod.accepted()
    assert len(hooks) <= 1
    if accepted:
        assert [
            hook.id for hook in hooks if hook.channel.auth and hook.channel.auth.value not in accepted.values()
        ] == []


async def assert_outcome(life: Life, phase: Phase) -> None:
    """Okta has what it should, and the object knows it."""
    hooks, seen = life.hooks(), await life.seen()
    assert len(hooks) == phase.hooks
    if seen is not None:
        assert seen.metadata.finalizers == (FINALIZER,)
        assert [seen.status.hook_id] == ([hook.id for hook in hooks] if phase.knows else [None])


async def come_to(passages: Iterable[Passage], life: Life) -> None:
    """Start the operator and let it be killed, for one call after the other."""
    for passage in passages:
        life.stage.trap.arm(passage)
        await life.stage.operator.restart()
        await life.stage.trap.until_sprung(within=SECONDS_TO_COME_TO_A_CALL)
        await life.stage.operator.kill()
        await assert_nothing_is_lost(life)
    life.stage.trap.disarm()


@pytest.mark.parametrize(("phase", "passage"), CRASHES)
async def test_killed_once_it_ends_as_if_nothing_had_happened(life: Life, phase: Phase, passage: Passage) -> None:
    await phase.begin(life)
    life.stage.trap.arm(passage)
    await phase.act(life)
    await life.stage.trap.until_sprung(within=SECONDS_TO_COME_TO_A_CALL)
    await life.stage.operator.kill()
    await assert_nothing_is_lost(life)
    await life.stage.operator.start()
    await phase.end(life)
    await assert_outcome(life, phase)


@pytest.mark.xdist_group("killed operator: endpoints")
async def test_a_hook_is_created_only_after_a_list_that_is_younger_than_its_object(life: Life) -> None:
    await exist(life)
    calls = life.stage.trap.calls
    assert LIST in calls[calls.index(FINALIZERS) : calls.index(CREATE)]


@pytest.mark.xdist_group("killed operator: receivers")
@pytest.mark.parametrize("moment", Moment, ids=lambda moment: moment.value)
async def test_killed_at_every_read_of_its_start_in_turn_it_makes_one_hook(life: Life, moment: Moment) -> None:
    await FIRST_START.begin(life)
    await come_to([Passage(moment, call) for call in START_READS], life)
    await FIRST_START.act(life)
    await FIRST_START.end(life)
    await assert_outcome(life, FIRST_START)


@pytest.mark.parametrize("phase", [pytest.param(phase, id=phase.name, marks=group) for phase, group in in_groups()])
async def test_there_is_no_call_at_which_it_is_not_killed(life: Life, phase: Phase) -> None:
    await phase.begin(life)
    await phase.act(life)
    await phase.end(life)
    await assert_outcome(life, phase)
    assert set(life.stage.trap.calls) - KILLED_AT == set()
