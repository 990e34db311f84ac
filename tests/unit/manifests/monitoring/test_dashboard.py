"""The dashboard shows metrics that exist."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import BaseModel, Field

from unit.manifests.monitoring.expressions import selectors
from unit.manifests.monitoring.told import metrics

FILE = Path(__file__).parents[4] / "manifests" / "monitoring" / "dashboard.json"
_WIDTH = 24


class Place(BaseModel):
    """Where a panel is, in units of Grafana's grid."""

    x: int
    y: int
    w: int
    h: int

    def cells(self) -> set[tuple[int, int]]:
        """What it covers."""
        return {(x, y) for x in range(self.x, self.x + self.w) for y in range(self.y, self.y + self.h)}


class Target(BaseModel):
    """A query."""

    expr: str


class Panel(BaseModel):
    """A panel, as far as it is looked at here."""

    id: int
    title: str
    place: Place = Field(alias="gridPos")
    targets: list[Target] = []


class Dashboard(BaseModel):
    """The dashboard, as far as it is looked at here."""

    uid: str
    panels: list[Panel]


DASHBOARD = Dashboard.model_validate_json(FILE.read_text())
QUERIES = [(panel.title, target.expr) for panel in DASHBOARD.panels for target in panel.targets]


@pytest.mark.parametrize(("title", "query"), QUERIES, ids=[title for title, _ in QUERIES])
def test_a_panel_asks_for_metrics_and_labels_that_exist(title: str, query: str) -> None:  # noqa: ARG001 -- the id
    known = metrics()
    asked = [*selectors(query)]
    assert asked
    for selector in asked:
        assert {name for name, _ in selector.labels} <= known.get(selector.metric, frozenset())


def test_panels_do_not_cover_each_other() -> None:
    covered = [cell for panel in DASHBOARD.panels for cell in panel.place.cells()]
    assert len(covered) == len(set(covered))


def test_panels_are_within_the_page() -> None:
    assert all(panel.place.x + panel.place.w <= _WIDTH for panel in DASHBOARD.panels)


def test_no_two_panels_have_one_number() -> None:
    assert len({panel.id for panel in DASHBOARD.panels}) == len(DASHBOARD.panels)
