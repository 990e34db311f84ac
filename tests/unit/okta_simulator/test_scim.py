"""Filter expressions: what they mean, and what is refused."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okta_simulator.json_values import JsonObject
from okta_simulator.scim import ScimSyntaxError, matches, parse, paths

ROW: JsonObject = {
    "id": "00u1",
    "status": "ACTIVE",
    "system": True,
    "age": 7,
    "created": "2026-11-23T12:00:00.000Z",
    "profile": {"name": "Ada", "nick": None},
    "tags": [{"label": "red"}, {"label": "blue"}],
}


@pytest.mark.parametrize(
    "expression",
    [
        'id eq "00u1"',
        'STATUS EQ "active"',
        "system eq true",
        "age gt 6 and age le 7",
        'created ge "2026-11-23T00:00:00.000Z"',
        'profile.name sw "A" and profile.name ew "a" and profile.name co "d"',
        "profile.name pr and not (profile.nick pr)",
        'tags.label eq "blue"',
        'status ne "STAGED"',
        'id eq "x" or id eq "y" or id eq "00u1"',
        'id eq "x" and id eq "y" or id eq "00u1"',
        '(id eq "x" or id eq "00u1") and status eq "ACTIVE"',
    ],
)
def test_an_expression_that_holds(expression: str) -> None:
    assert matches(parse(expression), ROW)


@pytest.mark.parametrize(
    "expression",
    [
        'id eq "00u2"',
        "system eq false",
        "age gt 7",
        'age eq "7"',
        "age eq true",
        "nothing pr",
        'tags.label ne "red"',
        'nothing eq "x"',
        'id eq "00u1" and (status eq "STAGED" or age lt 0)',
    ],
)
def test_an_expression_that_does_not_hold(expression: str) -> None:
    assert not matches(parse(expression), ROW)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "id",
        "id eq",
        "id eq 00u1",
        'id is "x"',
        '(id eq "x"',
        'id eq "x")',
        'id eq "x" id eq "y"',
        'id eq "',
        "not id pr",
    ],
)
def test_what_is_no_expression_is_refused(text: str) -> None:
    with pytest.raises(ScimSyntaxError):
        parse(text)


def test_parentheses_without_end_are_refused() -> None:
    with pytest.raises(ScimSyntaxError, match="too deeply"):
        parse("(" * 10_000)


def test_an_expression_tells_what_it_speaks_of() -> None:
    assert list(paths(parse('id eq "x" and not (usage pr or system eq true)'))) == ["id", "usage", "system"]


@given(st.text())
def test_any_text_is_either_an_expression_or_refused(text: str) -> None:
    try:
        matches(parse(text), ROW)
    except ScimSyntaxError:
        return


@given(st.text())
def test_any_text_can_be_compared_with(value: str) -> None:
    assert matches(parse(f"id eq {json.dumps(value)}"), {"id": value})
