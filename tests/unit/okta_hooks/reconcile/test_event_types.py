"""The types that are known, and the one that somebody meant."""

from __future__ import annotations

import pytest

from okta_hooks.reconcile.event_types import eligible, nearest, unknown


def test_the_list_is_the_catalogues() -> None:
    assert len(eligible()) == 264
    assert "user.session.start" in eligible()
    assert "security.threat.detected" not in eligible()


def test_unknown_types_are_named_in_order() -> None:
    assert unknown(["user.session.start", "z.new.type", "a.new.type"]) == ("a.new.type", "z.new.type")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("user.sesion.start", "user.session.start"),
        ("user.session.started", "user.session.start"),
        ("qqq.zzz", ""),
    ],
)
def test_the_nearest_is_found_where_there_is_one(written: str, meant: str) -> None:
    assert nearest(written) == meant
