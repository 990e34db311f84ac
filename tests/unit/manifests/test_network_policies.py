"""The examples of NetworkPolicies are about the pods that they speak of."""

from __future__ import annotations

from pathlib import Path

import yaml
from pydantic import JsonValue

from okta_hooks.kube.children.containers import DISPATCHER_ADMIN_PORT, RECEIVER_ADMIN_PORT
from okta_hooks.kube.objects import JsonObject
from okta_hooks.kube.resources import DEPLOYMENT
from samples.kube import child, hook, within

MANIFESTS = Path(__file__).parents[3] / "manifests"


def example(name: str) -> JsonValue:
    read: JsonValue = yaml.safe_load((MANIFESTS / "examples" / f"{name}.yaml").read_text())
    return read


def labels_of(deployment: JsonValue) -> JsonObject:
    labels = within(deployment, "spec", "template", "metadata", "labels")
    assert isinstance(labels, dict)
    return labels


def selects(selector: JsonValue, labels: JsonObject) -> bool:
    wanted = within(selector, "matchLabels")
    assert isinstance(wanted, dict)
    return wanted.items() <= labels.items()


RECEIVERS = labels_of(child(hook("sign-ins"), DEPLOYMENT))


def operators() -> JsonObject:
    documents: list[JsonValue] = list(yaml.safe_load_all((MANIFESTS / "base" / "operator.yaml").read_text()))
    return labels_of(next(each for each in documents if within(each, "kind") == "Deployment"))


def test_the_way_out_is_opened_for_the_hooks_pod() -> None:
    selector = within(example("egress"), "spec", "podSelector")
    assert selects(selector, RECEIVERS)
    assert not selects(selector, labels_of(child(hook("other"), DEPLOYMENT)))
    assert not selects(selector, operators())


def test_the_operators_way_out_is_narrowed_for_the_operator_alone() -> None:
    selector = within(example("operator-egress"), "spec", "podSelector")
    assert selects(selector, operators())
    assert not selects(selector, RECEIVERS)


def test_the_operator_may_still_ask_receivers() -> None:
    rule = within(example("operator-egress"), "spec", "egress", 2)
    assert selects(within(rule, "to", 0, "podSelector"), RECEIVERS)
    ports = [within(rule, "ports", number, "port") for number in range(2)]
    assert ports == [RECEIVER_ADMIN_PORT, DISPATCHER_ADMIN_PORT]
