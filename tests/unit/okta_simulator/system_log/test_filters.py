"""What a filter of the System Log means."""

from __future__ import annotations

import json
from contextlib import suppress

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from okta_simulator.errors import OktaError
from okta_simulator.json_values import JsonObject
from okta_simulator.options import Log
from okta_simulator.scim import Comparison, Expression, Junction, Negation, Scalar, parse
from okta_simulator.system_log.filtering import compiled
from unit.okta_simulator.system_log.written_log import EVENT

JSON: JsonObject = msgspec.json.decode(msgspec.json.encode(EVENT))


def matches(text: str, options: Log | None = None) -> bool:
    return compiled(text, options or Log())(JSON)


@pytest.mark.parametrize(
    "text",
    [
        'eventType eq "user.session.start"',
        'event_type eq "user.session.start"',
        'EVENTTYPE EQ "USER.session.START"',
        'eventType sw "user." and eventType ew "start" and eventType co "session"',
        'eventType ne "user.session.end"',
        'target.id eq "0oa1" and target.id eq "00u2"',
        'not (target.id eq "0oa2")',
        'target.type eq "USER"',
        "target pr and actor.id pr",
        'legacyEventType ne "x"',
        "not (legacyEventType pr)",
        "outcome.reason eq null",
        "securityContext.asNumber eq 64500",
        "securityContext.asNumber gt 64499.5 and securityContext.asNumber le 64500",
        "securityContext.isProxy eq false",
        "authenticationContext.authenticationStep lt 1",
        'transaction.detail.requestApiTokenId eq "00T9"',
        'transaction.detail.REQUESTapitokenid eq "00T9"',
        'debugContext.debugData.expires gt "2026-11-30T18:59:59-05:00"',
        'client.geographicalContext.city ge "san" and client.geographicalContext.city lt "sao"',
        'client.ipAddress eq "10.0.0.1" or client.ipAddress eq "198.51.100.7"',
        'eventType eq "a" or eventType eq "b" or actor.id eq "00u2"',
        'uuid eq "0"',
    ],
)
def test_a_filter_that_matches(text: str) -> None:
    assert matches(text)


@pytest.mark.parametrize(
    "text",
    [
        'eventType eq "user.session"',
        'target.id ne "0oa1"',
        "legacyEventType pr",
        'securityContext.asNumber eq "64500"',
        "securityContext.asNumber eq true",
        "securityContext.isProxy eq 0",
        "securityContext.isProxy eq true",
        'debugContext.debugData.expires gt "2026-12-01T00:00:00.000Z"',
        "eventType co 5",
        "eventType gt true",
        "actor.id eq null",
        'eventType eq "user.session.start" and not (target.id eq "0oa1" or target.id eq "x")',
    ],
)
def test_a_filter_that_does_not_match(text: str) -> None:
    assert not matches(text)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("(", "E0000053"),
        ('eventType eq "x', "E0000053"),
        ('target[id eq "x"]', "E0000053"),
        ('target.changeDetails.from eq "x"', "E0000031"),
        ('actor eq "x"', "E0000031"),
        ("securityContext.asNumber co 5", "E0000031"),
        ('actor.id.more eq "x"', "E0000053"),
        ('actor..id eq "x"', "E0000053"),
        ("(" * 40 + "actor pr" + ")" * 40, "E0000053"),
        ('actor.id eq "' + "x" * 40_000 + '"', "E0000053"),
    ],
)
def test_a_filter_that_is_refused(text: str, code: str) -> None:
    with pytest.raises(OktaError) as refused:
        matches(text)
    assert refused.value.code == code


def test_uuid_is_refused_where_the_organisation_does_not_filter_by_it() -> None:
    with pytest.raises(OktaError):
        matches('uuid eq "0"', Log(filter_by_uuid=False))


PATHS = st.sampled_from(["eventType", "target.id", "actor.displayName", "debugContext.debugData.x", "outcome.result"])
VALUES: st.SearchStrategy[Scalar] = st.one_of(
    st.text(max_size=8), st.integers(-(2**53), 2**53), st.booleans(), st.none()
)
COMPARISONS: st.SearchStrategy[Expression] = st.one_of(
    st.builds(Comparison, PATHS, st.just("pr")),
    st.builds(Comparison, PATHS, st.sampled_from(["eq", "ne", "co", "sw", "ew", "gt", "ge", "lt", "le"]), VALUES),
)
EXPRESSIONS = st.recursive(
    COMPARISONS,
    lambda inner: st.one_of(
        st.builds(Negation, inner),
        st.builds(Junction, st.lists(inner, min_size=2, max_size=3).map(tuple), st.booleans()),
    ),
    max_leaves=8,
)


def printed(expression: Expression) -> str:
    match expression:
        case Comparison(path, "pr"):
            return f"{path} pr"
        case Comparison(path, operator, value):
            return f"{path} {operator} {json.dumps(value)}"
        case Negation(operand):
            return f"not ({printed(operand)})"
        case Junction(operands, all_of_them):
            return (" and " if all_of_them else " or ").join(f"({printed(operand)})" for operand in operands)


@given(EXPRESSIONS)
def test_an_expression_survives_being_printed_and_read(expression: Expression) -> None:
    assert parse(printed(expression)) == expression


@given(EXPRESSIONS)
def test_every_expression_on_known_attributes_can_be_tried(expression: Expression) -> None:
    assert matches(printed(expression)) in (True, False)


@given(EXPRESSIONS)
def test_not_turns_a_filter_around(expression: Expression) -> None:
    assert matches(printed(Negation(expression))) is not matches(printed(expression))


PIECES = st.sampled_from(
    [
        "eventType",
        "target.id",
        "published",
        "eq",
        "pr",
        "and",
        "or",
        "not",
        "(",
        ")",
        '"x"',
        '"',
        "\\",
        "1e999",
        "true",
        "é",
    ]
)


@given(st.one_of(st.text(), st.lists(PIECES).map(" ".join)))
def test_any_text_is_a_filter_or_refused_with_oktas_error(text: str) -> None:
    with suppress(OktaError):
        matches(text)
