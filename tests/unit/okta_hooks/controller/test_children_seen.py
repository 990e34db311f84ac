"""When the children of a hook have to be listed again."""

from __future__ import annotations

from okta_hooks.controller.children_seen import HOLDS, ChildrenSeen
from okta_hooks.kube.difference import Live
from okta_hooks.kube.objects import ObjectKey
from okta_hooks.kube.resources import DEPLOYMENT
from unit.okta_hooks.controller.given import SteppingClock

SIGN_INS = ObjectKey("identity", "sign-ins")
LIVE: Live = {(DEPLOYMENT, ObjectKey("identity", "sign-ins-receiver")): {}}


def test_what_was_never_seen_has_to_be_listed() -> None:
    assert ChildrenSeen(SteppingClock()).of(SIGN_INS) is None


def test_what_was_seen_need_not_be() -> None:
    seen = ChildrenSeen(SteppingClock())
    seen.saw(SIGN_INS, LIVE, seen.changes(SIGN_INS))
    assert seen.of(SIGN_INS) == LIVE


def test_after_a_change_it_has_to() -> None:
    seen = ChildrenSeen(SteppingClock())
    seen.saw(SIGN_INS, LIVE, seen.changes(SIGN_INS))
    seen.changed(SIGN_INS)
    assert seen.of(SIGN_INS) is None


def test_a_change_during_the_look_is_not_missed() -> None:
    seen = ChildrenSeen(SteppingClock())
    before = seen.changes(SIGN_INS)
    seen.changed(SIGN_INS)
    seen.saw(SIGN_INS, LIVE, before)
    assert seen.of(SIGN_INS) is None


def test_looks_that_list_nothing_do_not_make_it_younger() -> None:
    clock = SteppingClock()
    seen = ChildrenSeen(clock)
    seen.saw(SIGN_INS, LIVE, 0)
    clock.now += HOLDS / 2
    seen.saw(SIGN_INS, LIVE, 0)
    clock.now += HOLDS / 2
    assert seen.of(SIGN_INS) is None
