"""Since when events of a type are due."""

from __future__ import annotations

from okta_hooks.system_log.subscription import Subscription

_SIGN_IN, _SIGN_OUT = "user.session.start", "user.session.end"


def test_before_the_first_verification_nothing_is_due() -> None:
    assert not Subscription().due(_SIGN_IN, 100)


def test_what_was_published_before_the_first_verification_is_not_due() -> None:
    assert not Subscription().accepting(frozenset({_SIGN_IN}), 50).due(_SIGN_IN, 49)


def test_what_was_published_after_the_first_verification_is_due() -> None:
    assert Subscription().accepting(frozenset({_SIGN_IN}), 50).due(_SIGN_IN, 50)


def test_a_type_that_is_listed_later_is_due_from_then_on() -> None:
    subscription = Subscription({_SIGN_IN: 50}).accepting(frozenset({_SIGN_IN, _SIGN_OUT}), 80)
    assert [subscription.due(_SIGN_OUT, moment) for moment in (79, 80)] == [False, True]


def test_a_type_that_stays_is_due_since_it_was_accepted_first() -> None:
    subscription = Subscription({_SIGN_IN: 50}).accepting(frozenset({_SIGN_IN, _SIGN_OUT}), 80)
    assert subscription.due(_SIGN_IN, 50)


def test_a_type_that_is_taken_out_is_due_no_more() -> None:
    subscription = Subscription({_SIGN_IN: 50, _SIGN_OUT: 50}).accepting(frozenset({_SIGN_IN}), 80)
    assert not subscription.due(_SIGN_OUT, 60)


def test_the_moment_of_the_first_verification_can_be_learnt_later() -> None:
    subscription = Subscription({_SIGN_IN: 50, _SIGN_OUT: 80}).beginning_at(30)
    assert subscription == Subscription({_SIGN_IN: 30, _SIGN_OUT: 80})
