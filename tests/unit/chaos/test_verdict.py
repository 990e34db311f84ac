"""What has to be true in the end."""

from __future__ import annotations

from dataclasses import replace

import pytest

from chaos.verdict import Ending, faults

_WELL = Ending(emitted=("a", "b"), at_sink=frozenset({"a", "b"}), conditions={"Ready": ("True", "Ready: well")})


def test_when_all_is_well_nothing_is_said() -> None:
    assert list(faults(_WELL)) == []


@pytest.mark.parametrize(
    ("ending", "sentence"),
    [
        (replace(_WELL, at_sink=frozenset("a")), "1 events were emitted and are not at the sink: b"),
        (replace(_WELL, emitted=("a",)), "1 events are at the sink and were not due: b"),
        (replace(_WELL, altered=("a",)), "1 events came to the sink again with other content: a"),
        (
            replace(_WELL, repeats=3, allowed_repeats=2),
            "3 events came to the sink again; no more than 2 are explained",
        ),
        (replace(_WELL, hooks=2), "Okta holds 2 hooks"),
        (replace(_WELL, conditions={"Ready": ("False", "TooSlow: 4 s")}), "Ready is False: TooSlow: 4 s"),
        (replace(_WELL, unnamed={"a fire": ""}), "the status did not name `a fire`; it said nothing"),
    ],
)
def test_what_is_not_well_is_said(ending: Ending, sentence: str) -> None:
    assert list(faults(ending)) == [sentence]
