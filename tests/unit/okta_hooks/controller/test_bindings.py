"""Which objects a hook depends on, and what of that is news."""

from __future__ import annotations

from okta_hooks.controller.bindings import Bindings
from okta_hooks.controller.work_key import WorkKey
from okta_hooks.kube.objects import ObjectKey
from okta_hooks.kube.resources import HOOK, ORG, SINK

SIGN_INS = WorkKey(HOOK, ObjectKey("team", "sign-ins"))
LIFECYCLE = WorkKey(HOOK, ObjectKey("team", "lifecycle"))
COMPANY = WorkKey(ORG, ObjectKey("team", "company"))
SIEM = WorkKey(SINK, ObjectKey("team", "siem"))
LAKE = WorkKey(SINK, ObjectKey("team", "lake"))


def test_an_object_knows_the_hooks_that_looked_for_it() -> None:
    bindings = Bindings()
    bindings.looked_for(SIGN_INS, [COMPANY, SIEM])
    bindings.looked_for(LIFECYCLE, [COMPANY])
    assert set(bindings.hooks_of(COMPANY)) == {SIGN_INS, LIFECYCLE}
    assert bindings.hooks_of(SIEM) == (SIGN_INS,)


def test_all_that_a_hook_looks_for_first_is_news() -> None:
    assert Bindings().looked_for(SIGN_INS, [COMPANY, SIEM]) == {COMPANY, SIEM}


def test_what_a_hook_looks_for_again_is_no_news() -> None:
    bindings = Bindings()
    bindings.looked_for(SIGN_INS, [COMPANY, SIEM])
    assert not bindings.looked_for(SIGN_INS, [SIEM, COMPANY])


def test_what_a_hook_looks_for_no_longer_is_news_as_is_what_took_its_place() -> None:
    bindings = Bindings()
    bindings.looked_for(SIGN_INS, [COMPANY, SIEM])
    assert bindings.looked_for(SIGN_INS, [COMPANY, LAKE]) == {SIEM, LAKE}
    assert not bindings.hooks_of(SIEM)


def test_another_hooks_needs_are_news_of_their_own() -> None:
    bindings = Bindings()
    bindings.looked_for(SIGN_INS, [COMPANY])
    assert bindings.looked_for(LIFECYCLE, [COMPANY]) == {COMPANY}


def test_what_a_hook_that_is_gone_depended_on_is_told_once() -> None:
    bindings = Bindings()
    bindings.looked_for(SIGN_INS, [COMPANY, SIEM])
    assert bindings.forget(SIGN_INS) == {COMPANY, SIEM}
    assert not bindings.forget(SIGN_INS)
    assert not bindings.hooks_of(COMPANY)
