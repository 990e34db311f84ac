"""What the manifests let hooks choose."""

from __future__ import annotations

from pathlib import Path

import yaml
from pydantic import JsonValue

from okta_hooks.reconcile.allowances import Allowance, Kind, allowances
from samples.kube import within

FILE = Path(__file__).parents[3] / "manifests" / "base" / "operator.yaml"


def test_an_ingress_may_name_who_issues_its_certificate_and_nothing_else_is_allowed() -> None:
    documents: list[JsonValue] = list(yaml.safe_load_all(FILE.read_text()))
    deployment = next(each for each in documents if within(each, "kind") == "Deployment")
    variables = within(deployment, "spec", "template", "spec", "containers", 0, "env")
    assert isinstance(variables, list)
    (given,) = [within(each, "value") for each in variables if within(each, "name") == "OKTA_HOOKS_OPERATOR_ALLOW"]
    assert allowances(str(given).split()) == (Allowance(Kind.ANNOTATION, "cert-manager.io/*"),)
