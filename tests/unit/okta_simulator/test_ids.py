"""Identifiers of Okta's shapes."""

from __future__ import annotations

import uuid

from hypothesis import given
from hypothesis import strategies as st

from okta_simulator.ids import Ids


@given(st.sampled_from(["who", "00u", "0oa", "oae", ""]))
def test_an_identifier_has_twenty_characters_and_begins_with_its_kind(prefix: str) -> None:
    identifier = Ids().new(prefix)
    assert len(identifier) == 20
    assert identifier.startswith(prefix)
    assert identifier.isalnum()


def test_the_same_seed_gives_the_same_identifiers() -> None:
    assert [Ids(7).new("who"), Ids(7).uuid()] == [Ids(7).new("who"), Ids(7).uuid()]


def test_different_seeds_give_different_identifiers() -> None:
    assert Ids(7).new("who") != Ids(8).new("who")


def test_a_uuid_is_a_random_one() -> None:
    assert uuid.UUID(Ids(7).uuid()).version == 4
