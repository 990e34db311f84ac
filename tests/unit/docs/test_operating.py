"""That the page for users speaks of every word that a status may have."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from okta_hooks.api.conditions import ConditionType, Reason
from okta_hooks.controller.attention import RECONCILE_AT

PAGE = (Path(__file__).parents[3] / "docs" / "operating.md").read_text()


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_is_explained(reason: Reason) -> None:
    assert f"`{reason}`" in PAGE


@pytest.mark.parametrize("condition", ConditionType)
def test_every_condition_is_explained(condition: ConditionType) -> None:
    assert f"### {condition}:" in PAGE or f"**{condition}**" in PAGE


def test_no_table_explains_a_reason_that_there_is_not() -> None:
    tables = PAGE[PAGE.index("### Synced") : PAGE.index("### Conditions of")]
    explained = {
        word for row in re.findall(r"^\| (`[^|]*) \|", tables, re.MULTILINE) for word in re.findall(r"\w+", row)
    }
    assert explained <= set(Reason)


def test_the_annotation_that_asks_for_a_look_is_the_one_that_is_watched() -> None:
    assert f" {RECONCILE_AT}=" in PAGE
