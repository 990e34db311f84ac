"""The operator is killed with SIGKILL before and after every call that it makes, and started again.

Whatever the moment, Okta then has exactly one hook as the spec says, or none of what was deleted. A call that only
reads leaves nothing behind, so that before and after it are one moment: operators killed at reads die in turn, in one
life.
"""

from __future__ import annotations

import pytest

from crash.okta_hooks.controller.calls import is_write
from crash.okta_hooks.controller.interposer import Moment, Passage
from crash.okta_hooks.controller.life import Life
from crash.okta_hooks.controller.phases import PHASES, SECONDS_TO_COME_TO_A_CALL, Phase
from crash.okta_hooks.controller.receiver_phases import RECEIVER_PHASES
from okta_hooks.controller.hooks.hook_object import FINALIZER

pytestmark = [pytest.mark.controlplane, pytest.mark.asyncio(loop_scope="module")]

ALL_PHASES = (*PHASES, *RECEIVER_PHASES)
CRASHES = [
    pytest.param(phase, Passage(moment, call), id=f"{phase.name}: {moment.value} {call}")
    for phase in ALL_PHASES
    for call in phase.writes
    for moment in Moment
]


async def assert_outcome(life: Life, phase: Phase) -> None:
    """Okta has what it should, and the object knows it."""
    hooks = life.hooks()
    assert len(hooks) == phase.hooks
    for hook in hooks:
        seen = await life.seen()
        assert (seen.status.hook_id, seen.metadata.finalizers) == (hook.id, (FINALIZER,))


@pytest.mark.parametrize(("phase", "passage"), CRASHES)
async def test_killed_once_it_ends_as_if_nothing_had_happened(life: Life, phase: Phase, passage: Passage) -> None:
    await phase.begin(life)
    life.stage.trap.arm(passage)
    await phase.act(life)
    await life.stage.trap.until_sprung(within=SECONDS_TO_COME_TO_A_CALL)
    await life.stage.operator.restart()
    await phase.end(life)
    await assert_outcome(life, phase)


@pytest.mark.parametrize("phase", ALL_PHASES, ids=lambda phase: phase.name)
async def test_there_is_no_write_at_which_it_is_not_killed(life: Life, phase: Phase) -> None:
    await phase.begin(life)
    life.stage.trap.calls.clear()
    await phase.act(life)
    await phase.end(life)
    written = {call for call in life.stage.trap.calls if is_write(call)}
    assert written <= {call for each in ALL_PHASES for call in each.writes}


async def test_killed_at_every_read_in_turn_it_makes_one_hook(life: Life) -> None:
    stage, (first_start, *_) = life.stage, PHASES
    await first_start.begin(life)
    for passage in [Passage(Moment.BEFORE, call) for call in await reads(life, first_start)]:
        stage.trap.arm(passage)
        await stage.operator.restart()
        await stage.trap.until_sprung(within=SECONDS_TO_COME_TO_A_CALL)
        assert len(life.hooks()) <= 1
    await stage.operator.restart()
    await first_start.end(life)
    await assert_outcome(life, first_start)


async def reads(life: Life, phase: Phase) -> tuple[str, ...]:
    """Which calls of a phase read, in their order; the life is then where the phase begins again."""
    life.stage.trap.calls.clear()
    await phase.act(life)
    await phase.end(life)
    called = tuple(dict.fromkeys(call for call in life.stage.trap.calls if not is_write(call)))
    await life.end()
    await phase.begin(life)
    return called
