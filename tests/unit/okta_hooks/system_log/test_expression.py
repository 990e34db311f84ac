"""What is asked of the System Log."""

from __future__ import annotations

from urllib.parse import quote_plus

from hypothesis import given
from hypothesis import strategies as st

from okta_hooks.system_log.expression import LONGEST, expression
from okta_simulator.options import Log
from okta_simulator.system_log.filtering import compiled


def test_asks_for_each_type_exactly() -> None:
    assert expression({"user.b", "user.a"}) == 'eventType eq "user.a" or eventType eq "user.b"'


def test_what_takes_more_than_4_kb_of_an_address_becomes_a_query_for_everything() -> None:
    few = {f"user.account.type_{number:03}" for number in range(60)}
    many = {f"user.account.type_{number:03}" for number in range(300)}
    assert expression(few) != ""
    assert expression(many) == ""


@given(st.sets(st.text(min_size=1, max_size=20), min_size=1, max_size=40))
def test_whatever_types_are_called_the_filter_finds_them_and_nothing_else(types: set[str]) -> None:
    written = expression(types)
    assert len(quote_plus(written)) <= LONGEST
    if written:
        matches = compiled(written, Log())
        assert all(matches({"eventType": each}) for each in types)
        assert not matches({"eventType": "another type of event"})
