"""Filters of event hooks: expressions that Okta documents, and what becomes of wrong ones."""

from __future__ import annotations

import string

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from okta_simulator.clock import Clock
from okta_simulator.event_hooks.filters.parser import DEEPEST, condition
from okta_simulator.event_hooks.filters.tokens import LONGEST_EXPRESSION, ExpressionError
from okta_simulator.events.log_event import LogEvent, Outcome
from okta_simulator.json_values import JsonObject
from unit.okta_simulator.event_hooks.tenant import sample_event

EVENT = msgspec.structs.replace(
    sample_event("u", Clock()),
    outcome=Outcome("FAILURE", "INVALID_CREDENTIALS"),
    target=[
        {"id": "00g1", "type": "UserGroup", "alternateId": "unknown", "displayName": "Sales"},
        {"id": "00u2", "type": "User", "alternateId": "noah@example.com", "displayName": "Noah"},
    ],
    debug_context={"debugData": {"changedAttributes": "firstName,lastName"}},
)


def meets(expression: str, event: LogEvent = EVENT) -> bool:
    return condition(expression)(event)


@pytest.mark.parametrize(
    "expression",
    [
        "event.target.?[type eq 'UserGroup' && displayName eq 'Sales'].size()> 0",
        "event.target.?[type eq 'UserGroup'].size()>0 && event.target.?[displayName eq 'Sales'].size()>0",
        "event.target.?[type eq 'AppInstance'].size() >0 OR event.target.?[type eq 'User'].size() >0",
        "event.target.?[type eq 'User' && displayName eq 'Noah'].size()> 0 && event.outcome.reason.contains('INVALID')",
        "event.actor.id ne null",
        "event.actor.id != null",
        "event.actor.type == 'User'",
        "event.eventType eq 'user.session.start'",
        "event.outcome.result eq \"FAILURE\" and not (event.actor.displayName eq 'Noah')",
        "event.debugData.changedAttributes.contains('lastName')",
        "event.target.![displayName].contains('Noah')",
        "!event.target.isEmpty()",
        "event.target.?[alternateId.endsWith('@example.com')].size() eq 1",
        "event.actor.alternateId.toLowerCase().startsWith('mia@')",
        "event.actor.displayName.equalsIgnoreCase('MIA')",
        "event.target.size() >= 2 && event.target.size() <= 2 && event.target.size() lt 3",
        "true || false && false",
        "'it''s' eq \"it's\"",
        "not not true",
    ],
)
def test_an_event_meets_the_expression(expression: str) -> None:
    assert meets(expression)


@pytest.mark.parametrize(
    "expression",
    [
        "event.target.?[type eq 'User' && displayName eq 'Sales'].size() > 0",
        "event.target.?[displayName eq 'sales'].size() > 0",
        "event.outcome.result ne 'FAILURE'",
        "event.actor.id eq null",
        "event.target.size() > 2",
        "(true || false) && false",
        "!true",
    ],
)
def test_an_event_does_not_meet_the_expression(expression: str) -> None:
    assert not meets(expression)


@pytest.mark.parametrize(
    "expression",
    [
        "event.outcome.reason.contains('x')",
        "!event.outcome.reason.contains('x')",
        "event.outcome.reason.length() > 0 || true",
        "event.debugData.changedAttributes.contains('x')",
    ],
)
def test_an_event_without_the_field_that_is_asked_is_left_out(expression: str) -> None:
    assert not meets(expression, sample_event("u", Clock()))


def test_a_second_alternative_is_not_asked_when_the_first_is_true() -> None:
    assert meets("true || event.outcome.reason.contains('x')", sample_event("u", Clock()))


@pytest.mark.parametrize("target", [None, msgspec.UNSET, []])
def test_an_event_without_targets_has_none_to_select(target: list[JsonObject] | None) -> None:
    event = msgspec.structs.replace(EVENT, target=target)
    assert meets("event.target.?[type eq 'User'].size() eq 0", event)


@pytest.mark.parametrize(
    ("expression", "sentence"),
    [
        ("", "expected a value at position 1, not the end of the expression"),
        ("event.actor.id", "the expression is a text, and a filter must evaluate to a Boolean"),
        ("event.client.ipAddress eq '1.2.3.4'", "event has no field client that filters support"),
        ("event.actor.secret eq 'x'", "event.actor has no field secret that filters support"),
        ("event.target.id eq 'x'", "event.target has no field id that filters support"),
        ("event.target.?[id].size() > 0", "a text stands where a Boolean is needed"),
        ("event.actor.?[true].size() > 0", "only event.target has elements to choose from, not event.actor"),
        ("event.actor.id.matches('.*')", "a text has no method matches() that filters support"),
        ("event.actor.id.contains(1)", "contains() of a text is asked with a text"),
        ("event.actor.id > 5", "> compares numbers, not a text and a number"),
        ("event.actor.id eq 5", "a text can't equal a number"),
        ("event.actor eq event.actor", "event.actor can't equal event.actor"),
        ("true && 'x'", "a text stands where a Boolean is needed"),
        ("true true", "expected an operator at position 6, not true"),
        ("(true", "expected ')' at position 6, not the end of the expression"),
        ("true ? false : true", "unexpected character '?' at position 6"),
        ("'open", 'unexpected character "\'" at position 1'),
        ("T(java.lang.Runtime)", "the expression has no field T that filters support"),
    ],
)
def test_a_wrong_expression_is_explained(expression: str, sentence: str) -> None:
    with pytest.raises(ExpressionError) as refused:
        condition(expression)
    assert str(refused.value) == sentence


@pytest.mark.parametrize(
    "expression",
    [
        "(" * (DEEPEST + 1) + "true" + ")" * (DEEPEST + 1),
        "event.actor.id" + ".toLowerCase()" * (DEEPEST + 1) + " eq 'x'",
        "true" + " " * LONGEST_EXPRESSION,
    ],
)
def test_depth_and_length_are_bounded(expression: str) -> None:
    with pytest.raises(ExpressionError):
        condition(expression)


def test_a_long_row_of_alternatives_is_no_matter_of_depth() -> None:
    assert not meets(" || ".join(["false"] * 500))


SNIPPETS = st.sampled_from(
    [
        "event",
        ".target",
        ".actor",
        ".id",
        ".?[",
        ".![",
        "]",
        "(",
        ")",
        "'x'",
        "eq",
        "ne",
        "&&",
        "||",
        "!",
        ">",
        "0",
        ".size()",
    ]
)


@given(st.lists(SNIPPETS | st.text(alphabet=string.printable, max_size=3), max_size=30).map(" ".join))
def test_whatever_is_written_is_a_condition_or_an_expression_error(expression: str) -> None:
    try:
        met = condition(expression)(EVENT)
    except ExpressionError:
        return
    assert met in {True, False}


@given(st.text(max_size=50).filter(lambda text: "'" not in text))
def test_a_text_in_quotes_equals_itself(text: str) -> None:
    event = msgspec.structs.replace(EVENT, actor={"id": text})
    assert meets(f"event.actor.id eq '{text}'", event)


TRUTHS = st.recursive(
    st.sampled_from(["True", "False"]),
    lambda inner: (
        st.tuples(inner, st.sampled_from(["and", "or"]), inner).map(lambda parts: f"({' '.join(parts)})")
        | inner.map(lambda part: f"(not {part})")
    ),
    max_leaves=12,
)


@given(TRUTHS)
def test_and_or_and_not_mean_what_they_mean_in_python(expression: str) -> None:
    expected = eval(expression)  # noqa: S307 -- made above of six words
    assert meets(expression.replace("True", "true").replace("False", "false")) is expected
