"""Prometheus' own tool takes the rules, and says of each when it calls somebody and when it does not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from pydantic import JsonValue

from contract.manifests.monitoring.cases import CASES, Case
from prometheus.promtool import Promtool

MANIFESTS = Path(__file__).parents[4] / "manifests" / "monitoring"


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    """The rules as Prometheus reads them, without what the Prometheus Operator wants around them."""
    written = tmp_path / "rules.yaml"
    written.write_text(yaml.safe_dump(yaml.safe_load((MANIFESTS / "rules.yaml").read_text())["spec"]))
    return written


def test_the_rules_are_rules(promtool: Promtool, rules: Path) -> None:
    assert promtool.complaints("check", "rules", "--lint=all", "--lint-fatal", rules) == ()


def test_each_alert_has_a_case(rules: Path) -> None:
    groups = yaml.safe_load(rules.read_text())["groups"]
    assert {case.alert for case in CASES} == {rule["alert"] for group in groups for rule in group["rules"]}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.alert)
def test_it_calls_somebody_when_it_should(promtool: Promtool, rules: Path, case: Case) -> None:
    assert promtool.complaints("test", "rules", written(rules, case.alert, case.wrong, firing=1)) == ()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.alert)
def test_it_lets_people_sleep_when_all_is_well(promtool: Promtool, rules: Path, case: Case) -> None:
    assert promtool.complaints("test", "rules", written(rules, case.alert, case.well, firing=0)) == ()


def test_the_queries_of_the_dashboard_are_queries(promtool: Promtool, tmp_path: Path) -> None:
    dashboard = json.loads((MANIFESTS / "dashboard.json").read_text())
    queries = [target["expr"] for panel in dashboard["panels"] for target in panel.get("targets", ())]
    named = [
        {"record": f"query:{number}", "expr": query.replace("$__rate_interval", "5m")}
        for number, query in enumerate(queries)
    ]
    file = tmp_path / "queries.yaml"
    file.write_text(yaml.safe_dump({"groups": [{"name": "dashboard", "rules": named}]}))
    assert promtool.complaints("check", "rules", file) == ()


def written(rules: Path, alert: str, series: dict[str, str], *, firing: int) -> Path:
    """A test in promtool's own form: how often an alert calls after two hours of a series that has a value a minute."""
    calls = f'count(ALERTS{{alertname="{alert}",alertstate="firing"}}) or vector(0)'
    test: dict[str, JsonValue] = {
        "interval": "1m",
        "input_series": [{"series": name, "values": values} for name, values in series.items()],
        "promql_expr_test": [
            {"expr": calls, "eval_time": "2h", "exp_samples": [{"labels": "{}", "value": firing}]},
        ],
    }
    file = rules.with_name("test.yaml")
    file.write_text(
        yaml.safe_dump({"rule_files": [rules.name], "evaluation_interval": "1m", "tests": [test]}, sort_keys=False)
    )
    return file
