"""Noticing repeats, for as long as they matter."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from okta_simulator.seen_once import SeenOnce

NOW = datetime(2026, 11, 23, tzinfo=UTC)


def test_an_identifier_is_new_once() -> None:
    seen = SeenOnce(timedelta(minutes=5))
    assert [seen.is_new("a", NOW), seen.is_new("a", NOW)] == [True, False]


def test_identifiers_are_told_apart() -> None:
    seen = SeenOnce(timedelta(minutes=5))
    assert [seen.is_new("a", NOW), seen.is_new("b", NOW)] == [True, True]


def test_an_identifier_is_forgotten_when_it_could_not_come_back() -> None:
    seen = SeenOnce(timedelta(minutes=5))
    seen.is_new("a", NOW)
    assert seen.is_new("a", NOW + timedelta(minutes=5))


def test_no_more_than_the_latest_are_remembered() -> None:
    seen = SeenOnce(timedelta(minutes=5), most=2)
    for identifier in "abc":
        seen.is_new(identifier, NOW)
    assert [seen.is_new("c", NOW), seen.is_new("a", NOW)] == [False, True]
