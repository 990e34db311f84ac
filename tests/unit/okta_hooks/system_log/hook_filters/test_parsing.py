"""Which events a hook's filter lets through, and which expressions nobody here guesses at."""

from __future__ import annotations

import string
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okta_hooks.system_log.hook_filters.conditions import (
    COMPARED,
    Condition,
    Constant,
    Contains,
    Either,
    Every,
    Literal,
    Named,
    Not,
    Operand,
    Same,
    Targets,
)
from okta_hooks.system_log.hook_filters.parsing import DEEPEST, filter_of, parsed
from okta_hooks.system_log.hook_filters.subject import OF_EVENTS, OF_TARGETS
from okta_hooks.system_log.hook_filters.tokens import LONGEST, NotEvaluated
from okta_simulator.event_hooks.filters.parser import condition as simulated_filter
from samples.hook_filters import BARE, FULL, MET_BY_FULL_AND_BARE, simulated


@pytest.mark.parametrize("expression", MET_BY_FULL_AND_BARE)
def test_a_filter_lets_through_what_it_says(expression: str) -> None:
    met = filter_of(expression)
    assert (met(FULL), met(BARE)) == MET_BY_FULL_AND_BARE[expression]


@pytest.mark.parametrize("expression", MET_BY_FULL_AND_BARE)
def test_the_simulator_says_the_same(expression: str) -> None:
    met = simulated_filter(expression)
    assert (met(simulated(FULL)), met(simulated(BARE))) == MET_BY_FULL_AND_BARE[expression]


@pytest.mark.parametrize(
    ("expression", "reason"),
    [
        ("", "the end stands at position 1, where only a field or a text is evaluated here"),
        ("event.client.ipAddress eq '1.2.3.4'", "event.client.ipAddress is no field that Okta documents for filters"),
        ("event.target.id eq 'x'", "event.target.id is no field that Okta documents for filters"),
        ("event.actor.id.length() eq 'x'", "event.actor.id.length is no field that Okta documents for filters"),
        ("event.target.![id].contains('x')", "a sign that is not known here stands at position 15"),
        ("event.actor.id eq 5", "5 stands at position 19, where only a field or a text is evaluated here"),
        ("event.actor.id > 'x'", "> stands at position 16, where only eq or ne is evaluated here"),
        ("event.target.size() > 'x'", "x stands at position 23, where only a number is evaluated here"),
        ("true true", "true stands at position 6, where only a sign between two conditions is evaluated here"),
        ("(true", "the end stands at position 6, where only ) is evaluated here"),
        ("true" + " " * LONGEST, f"it has more than {LONGEST} characters"),
        ("(" * DEEPEST + "true" + ")" * DEEPEST, f"it has more than {DEEPEST} conditions within one another"),
    ],
)  # fmt: skip
def test_of_what_is_not_known_the_reason_is_said(expression: str, reason: str) -> None:
    with pytest.raises(NotEvaluated) as refused:
        parsed(expression)
    assert str(refused.value) == reason


def test_a_long_row_of_alternatives_is_no_matter_of_depth() -> None:
    assert not filter_of(" || ".join(["false"] * 500))(FULL)


@given(st.binary(max_size=200) | st.recursive(st.none() | st.text(), st.lists, max_leaves=5).map(repr).map(str.encode))
def test_whatever_an_event_is_it_can_be_judged(payload: bytes) -> None:
    assert filter_of("event.actor.id eq null && event.target.size() == 0")(payload) in {True, False}


_PIECES = [
    *OF_EVENTS,
    *OF_TARGETS,
    "event.target",
    ".?[",
    "]",
    "(",
    ")",
    "'x'",
    "eq",
    "&&",
    "||",
    "!",
    ">",
    "0",
    ".size()",
]


@given(st.lists(st.sampled_from(_PIECES) | st.text(string.printable, max_size=3), max_size=30).map(" ".join))
def test_any_text_is_a_filter_or_not_evaluated(text: str) -> None:
    with suppress(NotEvaluated):
        assert filter_of(text)(FULL) in {True, False}


def _within(names: tuple[str, ...]) -> st.SearchStrategy[Condition]:
    named = st.builds(Named, st.sampled_from(names))
    text = st.sampled_from(["", "it's", "User", "00u1"]) | st.text(max_size=4)
    operand: st.SearchStrategy[Operand] = named | st.builds(Literal, st.none() | text)
    single: st.SearchStrategy[Condition] = (
        st.builds(Constant, st.booleans()) | st.builds(Same, operand, operand) | st.builds(Contains, named, text)
    )
    if names == OF_EVENTS:
        single |= st.builds(Targets, _within(OF_TARGETS), st.sampled_from(sorted(COMPARED)), st.integers(0, 3))
    return st.recursive(
        single,
        lambda inner: (
            st.builds(Not, inner)
            | st.builds(Every, st.tuples(inner, inner))
            | st.builds(Either, st.tuples(inner, inner))
        ),
        max_leaves=4,
    )


@given(_within(OF_EVENTS))
def test_a_condition_survives_being_written_and_read(condition: Condition) -> None:
    once = parsed(_written(condition))
    assert parsed(_written(once)) == once


@given(_within(OF_EVENTS), st.sampled_from([FULL, BARE]))
def test_whatever_is_evaluated_the_simulator_evaluates_alike(condition: Condition, payload: bytes) -> None:
    expression = _written(condition)
    assert filter_of(expression)(payload) is simulated_filter(expression)(simulated(payload))


def _written(condition: Condition) -> str:  # noqa: PLR0911 -- one for each kind
    match condition:
        case Constant(value):
            return str(value).lower()
        case Same(left, right):
            return f"{_operand(left)} eq {_operand(right)}"
        case Contains(Named(name), part):
            return f"{name}.contains({_operand(Literal(part))})"
        case Targets(inner, sign, number):
            return f"event.target.?[{_written(inner)}].size() {sign} {number}"
        case Not(part):
            return f"!({_written(part)})"
        case Every(parts):
            return " && ".join(f"({_written(part)})" for part in parts)
        case Either(parts):
            return " || ".join(f"({_written(part)})" for part in parts)
    raise AssertionError(condition)


def _operand(operand: Operand) -> str:
    match operand:
        case Named(name):
            return name
        case Literal(None):
            return "null"
        case Literal(value):
            return "'" + str(value).replace("'", "''") + "'"
