"""The mark tells owners apart, and survives what Okta and people do to headers."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okta_hooks.reconcile.ownership import MARK_HEADER, Owner, Relation, owner_of, relation

ME = Owner("production", "security", "sign-ins", "uid-1")
texts = st.text(min_size=1, max_size=40).filter(lambda text: not any(0xD800 <= ord(each) <= 0xDFFF for each in text))


@given(st.builds(Owner, texts, texts, texts, texts))
def test_every_owner_is_read_from_its_own_mark(owner: Owner) -> None:
    assert owner_of({MARK_HEADER: owner.mark}) == owner


@given(st.builds(Owner, texts, texts, texts, texts))
def test_a_mark_is_what_a_header_can_carry(owner: Owner) -> None:
    assert owner.mark.isascii()
    assert owner.mark.isprintable()
    assert " " not in owner.mark


def test_the_headers_name_is_not_one_of_oktas() -> None:
    assert not MARK_HEADER.lower().startswith("x-okta")


def test_the_case_of_the_headers_name_does_not_matter() -> None:
    assert owner_of({MARK_HEADER.upper(): ME.mark}) == ME


@pytest.mark.parametrize("mark", ["", "nonsense", "installation=a&namespace=b", "%ff"])
def test_what_is_no_mark_marks_nobody(mark: str) -> None:
    assert relation(ME, {MARK_HEADER: mark}, {ME.uid}) is Relation.UNMARKED


@pytest.mark.parametrize(
    ("found", "live", "expected"),
    [
        (ME, {ME.uid}, Relation.MINE),
        (replace(ME, uid="gone"), {ME.uid}, Relation.INHERITED),
        (replace(ME, uid="alive"), {ME.uid, "alive"}, Relation.FOREIGN),
        (replace(ME, installation="staging"), {ME.uid}, Relation.FOREIGN),
        (replace(ME, name="other", uid="gone"), {ME.uid}, Relation.FOREIGN),
    ],
    ids=["my own", "my earlier life's", "a living object's", "another installation's", "another object's"],
)
def test_a_marked_hook_is(found: Owner, live: set[str], expected: Relation) -> None:
    assert relation(ME, {MARK_HEADER: found.mark}, live) is expected
