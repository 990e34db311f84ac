"""Entries that were read before."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from okta_hooks.system_log.repeats import Repeats
from unit.okta_hooks.system_log.written_pages import entry


def test_an_entry_is_fresh_until_it_was_read() -> None:
    repeats, first = Repeats(), entry("a")
    assert repeats.fresh([first]) == [first]
    assert repeats.fresh([first]) == [first], "nobody has had it yet"
    repeats.read([first])
    assert repeats.fresh([first, entry("b")]) == [entry("b")]


def test_an_entry_that_a_page_has_twice_is_fresh_once() -> None:
    assert Repeats().fresh([entry("a"), entry("b"), entry("a")]) == [entry("a"), entry("b")]


def test_what_has_no_identity_is_never_taken_for_a_repeat() -> None:
    repeats, nameless = Repeats(), entry("")
    repeats.read([nameless])
    assert repeats.fresh([nameless, nameless]) == [nameless, nameless]


@given(st.lists(st.lists(st.sampled_from("abcdefgh"), max_size=5)), st.integers(1, 4))
def test_no_more_than_the_latest_are_remembered(pages: list[list[str]], most: int) -> None:
    repeats = Repeats(most)
    for uuids in pages:
        repeats.read(repeats.fresh([entry(uuid) for uuid in uuids]))
    known = [uuid for uuid in "abcdefgh" if not repeats.fresh([entry(uuid)])]
    assert len(known) <= most
