"""Whatever is observed, lost or forgotten on the way: plans end, with one hook, and leave others' hooks alone."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from okta_hooks.api.conditions import Reason
from okta_hooks.okta.port import Hook
from okta_hooks.reconcile.comparison import differences
from okta_hooks.reconcile.deletion import Ending, plan_deletion
from okta_hooks.reconcile.finding import find
from okta_hooks.reconcile.ownership import MARK_HEADER, Owner, Relation, owner_of, relation
from okta_hooks.reconcile.plan import plan
from okta_hooks.reconcile.steps import ListAgain, Nothing, Release, Wait
from unit.okta_hooks.reconcile.okta_model import (
    DEFINITION,
    ME,
    NOW,
    SECRET,
    WANTED,
    ControllerModel,
    Lost,
    OktaModel,
)

OWNERS = [
    ME,
    replace(ME, uid="uid-0"),
    replace(ME, installation="staging"),
    Owner("production", "security", "other", "uid-9"),
    None,
]


@st.composite
def organizations(draw: st.DrawFn) -> dict[str, Hook]:
    """Any set of hooks with different names, ours among them or not, in any state."""
    names = draw(st.lists(st.sampled_from([DEFINITION.name, "a", "b", "c", "d"]), unique=True))
    hooks = {}
    for number, name in enumerate(names):
        owner = draw(st.sampled_from(OWNERS))
        definition = replace(
            DEFINITION,
            name=name,
            uri=draw(st.sampled_from([DEFINITION.uri, "https://elsewhere.example.com/"])),
            event_types=draw(st.sampled_from([DEFINITION.event_types, frozenset({"user.account.lock"})])),
            headers={MARK_HEADER: owner.mark} if owner else {},
        )
        hook_id = f"who{number}"
        hooks[hook_id] = Hook(
            hook_id,
            definition,
            draw(st.sampled_from(["ACTIVE", "INACTIVE"])),
            draw(st.sampled_from(["VERIFIED", "UNVERIFIED"])),
            "",
        )
    return hooks


wishes = st.builds(
    lambda active, adopt, adopt_id, observe: replace(
        WANTED, active=active, adopt=adopt, adopt_id=adopt_id if adopt else "", observe_only=observe
    ),
    st.booleans(),
    st.booleans(),
    st.sampled_from(["", "who0", "who1"]),
    st.sampled_from([False, False, False, True]),
)
live_uids = st.sampled_from([frozenset({ME.uid}), frozenset({ME.uid, "uid-0"})])
bound_ids = st.sampled_from(["", "who0", "who1", "gone"])
secrets = st.sampled_from(["", SECRET, "an older one"])


controllers = st.builds(
    lambda hooks, wanted, live, bound, applied: ControllerModel(
        OktaModel(dict(hooks)), wanted, live, bound_id=bound, applied_secret=applied
    ),
    organizations(),
    wishes,
    live_uids,
    bound_ids,
    secrets,
)


def _ours(controller: ControllerModel) -> list[Hook]:
    return [hook for hook in controller.okta.hooks.values() if hook.definition.headers.get(MARK_HEADER) == ME.mark]


@given(controllers)
def test_every_state_leads_to_the_desired_one_or_to_a_problem_for_people(controller: ControllerModel) -> None:
    match controller.settle():
        case Nothing() if not controller.wanted.observe_only:
            [hook] = _ours(controller)
            assert not differences(controller.wanted.definition, hook.definition)
            assert (hook.status == "ACTIVE") == controller.wanted.active
            assert hook.verification_status == "VERIFIED" or not controller.wanted.active
            assert controller.okta.secrets.get(hook.id, controller.applied_secret) == SECRET
        case Wait(problem) if controller.wanted.observe_only:
            assert problem.reason in (Reason.NOT_FOUND, Reason.NOT_OWNED, Reason.DRIFT_DETECTED)
        case Wait(problem):
            assert problem.reason in (Reason.NAME_TAKEN, Reason.NOT_OWNED, Reason.NOT_FOUND)
            assert problem.for_people


@given(controllers)
def test_a_second_plan_is_empty(controller: ControllerModel) -> None:
    first = controller.settle()
    controller.forget()
    controller.okta.touched.clear()
    assert type(controller.settle()) is type(first)
    assert not controller.okta.touched


@given(controllers, st.data())
def test_lost_answers_and_crashes_never_leave_two_hooks(controller: ControllerModel, data: st.DataObject) -> None:
    controller.wanted = replace(controller.wanted, observe_only=False)
    before = len(_ours(controller))
    for _ in range(12):
        with suppress(Lost):
            controller.step(lambda: data.draw(st.booleans(), label="the answer arrives"))
        if data.draw(st.booleans(), label="crash"):
            controller.forget()
        assert len(_ours(controller)) <= max(before, 1)
    controller.settle()
    assert len(_ours(controller)) <= 1 or isinstance(plan(controller.wanted, controller.observed()), Wait)


@given(controllers)
def test_what_is_not_ours_is_never_touched(controller: ControllerModel) -> None:
    ours = _may_be_touched(controller)
    made_before = set(controller.okta.hooks)
    controller.settle()
    assert controller.okta.touched & made_before <= ours


@given(controllers)
def test_where_adoption_is_forbidden_nothing_made_by_hand_is_touched(controller: ControllerModel) -> None:
    controller.adoption_forbidden_by = "ClusterOktaOrg shared"
    controller.applied_secret = ""  # none of them was adopted before
    by_hand = {hook.id for hook in controller.okta.hooks.values() if owner_of(hook.definition.headers) is None}
    controller.settle()
    assert not controller.okta.touched & by_hand


@given(controllers)
def test_observing_changes_nothing(controller: ControllerModel) -> None:
    controller.wanted = replace(controller.wanted, observe_only=True)
    before = dict(controller.okta.hooks)
    controller.settle()
    assert controller.okta.hooks == before


@given(controllers, st.sampled_from(["Delete", "Deactivate", "Orphan"]), st.data())
def test_deletion_ends_and_takes_only_what_is_ours(
    controller: ControllerModel, policy: str, data: st.DataObject
) -> None:
    controller.wanted = replace(controller.wanted, on_deletion=policy)  # type: ignore[arg-type]  # one of the three
    ours = _may_be_touched(controller)
    ending = Ending(asked_at=NOW, noticed_at=NOW, give_up_after=NOW - NOW, hook_id=controller.bound_id)
    for _ in range(20):
        step = plan_deletion(controller.wanted, ending, controller.observed())
        if isinstance(step, Release):
            break
        controller.okta.carry_out(step)
        if isinstance(step, ListAgain) or data.draw(st.booleans(), label="crash"):
            controller.forget()
        controller.listing = None
    else:
        raise AssertionError("the deletion does not end")
    assert controller.okta.touched <= ours
    if policy == "Delete" and not controller.wanted.observe_only:
        assert not _ours(controller)


def _may_be_touched(controller: ControllerModel) -> set[str]:
    """Hooks with our mark, those we inherit, the one we adopt or are bound to, unless another has marked them."""
    adopted = find(controller.wanted, controller.observed()).hook
    controller.forget()
    kinds = {
        hook.id: relation(ME, hook.definition.headers, controller.live_uids) for hook in controller.okta.hooks.values()
    }
    by_mark = {hook_id for hook_id, kind in kinds.items() if kind in (Relation.MINE, Relation.INHERITED)}
    by_hand = {hook_id for hook_id, kind in kinds.items() if kind is Relation.UNMARKED}
    chosen = {controller.bound_id} | ({adopted.id} if adopted else set())
    return by_mark | (by_hand & chosen)
