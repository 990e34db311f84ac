"""For how long what somebody else changes is put back."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from okta_hooks.reconcile.repairs import CALM, MOST_IN_A_ROW, Cause, Repair, Repairs
from unit.okta_hooks.reconcile.okta_model import NOW

DEACTIVATED = Repair(Cause.DEACTIVATED)


def fought_over(times: int) -> Repairs:
    """Repairs of which each was undone at once."""
    repairs = Repairs()
    for _ in range(times):
        repairs = repairs.after(DEACTIVATED, repairs.due() or NOW)
    return repairs


def test_the_first_repairs_are_made_at_once() -> None:
    assert fought_over(2).due() is None


def test_one_that_follows_soon_after_others_waits() -> None:
    assert fought_over(3).due() == NOW + timedelta(seconds=10)


@given(st.integers(3, MOST_IN_A_ROW - 2))
def test_pauses_grow(times: int) -> None:
    assert _pause(fought_over(times + 1)) > _pause(fought_over(times))


def test_a_fight_lasts_five_minutes_before_the_operator_stops() -> None:
    end = fought_over(MOST_IN_A_ROW).last_at
    assert end is not None
    assert end - NOW > timedelta(minutes=5)


def test_the_operator_stops_in_the_end() -> None:
    assert fought_over(MOST_IN_A_ROW).is_over
    assert not fought_over(MOST_IN_A_ROW - 1).is_over


def test_a_user_who_asks_for_it_gets_another_row() -> None:
    assert fought_over(MOST_IN_A_ROW).asked_for().due() is None


def test_a_repair_that_holds_ends_the_row() -> None:
    assert fought_over(4).while_in_line(NOW + CALM + timedelta(minutes=5)).in_a_row == 0


def test_one_that_was_just_made_does_not() -> None:
    assert fought_over(4).while_in_line(NOW + timedelta(minutes=5)).in_a_row == 4


@given(st.lists(st.sampled_from(Cause)))
def test_every_repair_is_counted(causes: list[Cause]) -> None:
    repairs = Repairs()
    for cause in causes:
        repairs = repairs.after(Repair(cause), NOW)
    assert repairs.count == len(causes)


@given(st.integers(1, 100))
def test_strangers_whose_deliveries_are_refused_hold_nothing_up(times: int) -> None:
    repairs = Repairs()
    for _ in range(times):
        repairs = repairs.after(Repair(Cause.SECRET_REFUSED), NOW)
    assert repairs.in_a_row == 0


@given(st.sampled_from(Cause))
def test_each_repair_is_told_in_a_sentence(cause: Cause) -> None:
    assert Repair(cause, ("eventTypes",)).sentence().endswith(".")


def test_a_sentence_names_the_fields_that_were_changed() -> None:
    assert "eventTypes, headers" in Repair(Cause.CHANGED, ("eventTypes", "headers")).sentence()


def test_a_sentence_names_who_did_it_where_that_is_known() -> None:
    assert replace(DEACTIVATED, by="Ada Admin").sentence().startswith("Ada Admin deactivated")


def _pause(repairs: Repairs) -> timedelta:
    due = repairs.due()
    assert due is not None
    assert repairs.last_at is not None
    return due - repairs.last_at
