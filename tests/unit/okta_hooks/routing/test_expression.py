"""`when` of a route: what may be written, and what it says of an event."""

from __future__ import annotations

import pytest

from okta_hooks.routing import Expression, NotEvaluated, WrongExpression

FAILED_SIGN_IN = {
    "eventType": "user.session.start",
    "published": "2026-01-31T12:00:00.000Z",
    "outcome": {"result": "FAILURE", "reason": None},
    "target": [{"type": "User"}, {"type": "AppInstance"}],
}


@pytest.mark.parametrize(
    "text",
    [
        "event.outcome.result == 'FAILURE'",
        "event.target.exists(each, each.type == 'AppInstance')",
        "event.eventType.matches('^user[.]session[.]') && event.outcome.reason == null",
        "timestamp(event.published) > timestamp('2026-01-01T00:00:00Z')",
        "!has(event.client) || event.client.zone == 'null'",
    ],
)
def test_holds(text: str) -> None:
    assert Expression(text).holds(FAILED_SIGN_IN)


def test_does_not_hold() -> None:
    assert not Expression("event.outcome.result == 'SUCCESS'").holds(FAILED_SIGN_IN)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("1 +", "line 1, column 4: Syntax error"),
        ("event.a ==\n  ] 3", "line 2, column 3: Syntax error"),
        ("evnt == 1", "line 1, column 1: undeclared reference to 'evnt'$"),
        ("event.a.shout()", "line 1, column 14: undeclared reference to 'shout'$"),
        ("event.a", "it gives whatever the event holds there and no bool: compare it"),
        ("'a'", "it gives a string and no bool: compare it"),
        ("(" * 40 + "true" + ")" * 40, "Expression recursion limit exceeded"),
    ],
)
def test_what_is_wrong_is_named_with_its_place(text: str, sentence: str) -> None:
    with pytest.raises(WrongExpression, match=sentence):
        Expression(text)


@pytest.mark.parametrize(
    ("text", "event", "reason"),
    [
        ("event.client.zone == 'x'", FAILED_SIGN_IN, 'Key not found in map : "client"'),
        ("event.outcome > 1", FAILED_SIGN_IN, "No matching overload"),
        ("event.n > 1", {"n": 2**70}, "out of range"),
        ("true", None, "the event is not a JSON object"),
    ],
)
def test_an_event_for_which_there_is_no_answer_is_told_from_one_that_does_not_match(
    text: str, event: object, reason: str
) -> None:
    with pytest.raises(NotEvaluated, match=reason):
        Expression(text).holds(event)


def test_an_expression_that_costs_too_much_has_no_answer() -> None:
    loops = Expression("event.n.all(a, event.n.all(b, event.n.all(c, a * b * c >= 0)))")
    with pytest.raises(NotEvaluated, match="Iteration budget exceeded"):
        loops.holds({"n": list(range(100))})


@pytest.mark.parametrize(
    "text",
    [
        "event.a + event.a == event.b",
        "['x'].map(a, a + a).map(a, a + a).size() == 1",
        "event.n.filter(a, a > 1).size() == 1",
        "event.n.exists_one(a, a > 1)",
        "event.n.exists(a, bytes(event.a) == b'')",
        "event.n.exists(a, string(event.a) == '')",
    ],
)
def test_what_would_build_values_and_take_any_memory_can_not_be_written(text: str) -> None:
    with pytest.raises(WrongExpression, match="undeclared reference"):
        Expression(text)
