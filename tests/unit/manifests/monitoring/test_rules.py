"""Each alert is about metrics that exist, and has a page that says what to do."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest
import yaml
from pydantic import BaseModel

from okta_hooks.api.conditions import ConditionType
from okta_hooks.receiver.outcome import Outcome
from okta_hooks.reconcile.repairs import Cause
from unit.manifests.monitoring.expressions import selectors
from unit.manifests.monitoring.told import metrics

ROOT = Path(__file__).parents[4]
PAGES = ROOT / "docs" / "runbooks"


class Rule(BaseModel):
    """An alert."""

    alert: str
    expr: str
    labels: Mapping[str, str]
    annotations: Mapping[str, str]


def rules() -> list[Rule]:
    """All alerts."""
    read = yaml.safe_load((ROOT / "manifests" / "monitoring" / "rules.yaml").read_text())
    return [Rule.model_validate(rule) for group in read["spec"]["groups"] for rule in group["rules"]]


RULES = rules()
each_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.alert)


@each_rule
def test_its_page_says_what_it_means_where_to_look_and_what_to_do(rule: Rule) -> None:
    page = (ROOT / rule.annotations["runbook"]).read_text()
    assert page.startswith(f"# {rule.alert}\n")
    assert "\n## Look\n" in page
    assert "\n## Do\n" in page


@each_rule
def test_its_page_is_in_the_list(rule: Rule) -> None:
    assert f"| [{rule.alert}]({rule.alert}.md) | {rule.labels['severity']} |" in (PAGES / "README.md").read_text()


@each_rule
def test_its_metrics_exist_with_the_labels_that_it_asks_for(rule: Rule) -> None:
    known = metrics()
    for selector in selectors(rule.expr):
        assert selector.metric in known
        assert {name for name, _ in selector.labels} <= known[selector.metric]


@each_rule
def test_it_is_about_a_metric_of_ours(rule: Rule) -> None:
    assert [*selectors(rule.expr)]


@each_rule
def test_it_asks_for_values_that_there_are(rule: Rule) -> None:
    values: Mapping[str, frozenset[str]] = {
        "condition": frozenset(ConditionType),
        "cause": frozenset(Cause),
        "status": frozenset({"True", "False", "Unknown"}),
    }
    for selector in selectors(rule.expr):
        for name, value in selector.labels:
            assert value in values.get(name, frozenset({value}))


@each_rule
def test_its_sentences_name_labels_that_its_metrics_have(rule: Rule) -> None:
    grouped = re.search(r"\bby \(([^)]*)\)", rule.expr)
    of_metrics = frozenset.union(*(metrics()[selector.metric] for selector in selectors(rule.expr)))
    there = {name.strip() for name in grouped[1].split(",")} if grouped else of_metrics
    told = " ".join(rule.annotations.values())
    assert set(re.findall(r"\$labels\.(\w+)", told)) <= there


def test_no_page_is_of_an_alert_that_there_is_not() -> None:
    pages = {page.stem for page in PAGES.glob("*.md")} - {"README"}
    assert pages == {rule.alert for rule in RULES}


def test_an_outcome_that_is_matched_by_words_is_one_of_the_receivers() -> None:
    (rule,) = (rule for rule in RULES if rule.alert == "OktaReceiverFails")
    (pattern,) = (value for selector in selectors(rule.expr) for name, value in selector.labels if name == "outcome")
    matched = {outcome for outcome in Outcome if re.fullmatch(pattern, outcome)}
    assert matched == {
        Outcome.JOURNAL_FULL,
        Outcome.JOURNAL_FAILED,
        Outcome.JOURNAL_UNAVAILABLE,
        Outcome.TOO_SLOW,
        Outcome.TOO_LARGE,
        Outcome.BUSY,
        Outcome.DEFECT,
    }
