"""What a hook may ask of the cluster."""

from __future__ import annotations

import pytest
from pydantic import JsonValue

from okta_hooks.api.conditions import Reason
from okta_hooks.bad_input import BadInput
from okta_hooks.reconcile.allowances import allowances, denied
from samples.kube import spec

SNIPPET = "nginx.ingress.kubernetes.io/configuration-snippet"
ISSUER = "cert-manager.io/cluster-issuer"
PARENTS: JsonValue = [{"name": "public"}]


def ingress(*annotations: str) -> JsonValue:
    return {"ingress": {"host": "hooks.example.com", "annotations": dict.fromkeys(annotations, "value")}}


def route(*annotations: str) -> JsonValue:
    written: JsonValue = dict.fromkeys(annotations, "value")
    return {"httpRoute": {"hostname": "hooks.example.com", "parentRefs": PARENTS, "annotations": written}}


CHOICES: list[tuple[str, dict[str, JsonValue], str]] = [
    ("exposure.ingress.annotations", {"exposure": ingress(SNIPPET)}, f"annotation={SNIPPET}"),
    ("exposure.httpRoute.annotations", {"exposure": route(SNIPPET)}, f"annotation={SNIPPET}"),
    ("receiver.priorityClassName", {"receiver": {"priorityClassName": "high"}}, "priority-class=high"),
]
chosen = pytest.mark.parametrize(("field", "parts", "option"), CHOICES, ids=[option for _, _, option in CHOICES])


@chosen
def test_nothing_is_allowed_by_itself(field: str, parts: dict[str, JsonValue], option: str) -> None:
    problem = denied(spec(**parts), ())
    assert problem is not None
    assert problem.reason is Reason.NOT_ALLOWED
    assert f"spec.{field}" in problem.message
    assert f"--allow {option}" in problem.message


@chosen
def test_the_option_that_the_sentence_names_allows_it(field: str, parts: dict[str, JsonValue], option: str) -> None:
    assert denied(spec(**parts), allowances([option])) is None, field


def test_where_the_pod_runs_and_its_labels_are_the_namespaces_own_affair() -> None:
    placed: JsonValue = {
        "nodeSelector": {"zone": "a"},
        "tolerations": [{"key": "spot"}, {"operator": "Exists"}],
        "podLabels": {"mesh": "on"},
    }
    assert denied(spec(receiver=placed), ()) is None


def test_a_hook_that_chooses_nothing_is_allowed() -> None:
    assert denied(spec(receiver={"journal": {"emptyDir": {}}}), ()) is None


def test_the_sentence_names_all_that_is_refused_and_nothing_else() -> None:
    problem = denied(spec(exposure=ingress(ISSUER, SNIPPET), receiver={"priorityClassName": "high"}),
                     allowances([f"annotation={ISSUER}"]))  # fmt: skip
    assert problem is not None
    assert SNIPPET in problem.message
    assert "priority-class=high" in problem.message
    assert ISSUER not in problem.message


def test_a_pattern_stands_for_all_names_with_its_beginning() -> None:
    allowed = allowances(["annotation=cert-manager.io/*"])
    assert denied(spec(exposure=ingress(ISSUER)), allowed) is None
    assert denied(spec(exposure=ingress("cert-manager.io.example.com/x")), allowed) is not None


def test_what_is_allowed_of_one_kind_is_not_allowed_of_another() -> None:
    assert denied(spec(receiver={"priorityClassName": "high"}), allowances(["annotation=high"])) is not None


@pytest.mark.parametrize("written", ["annotation", "annotation=", "image=mine", "pod-label=team", "=x", ""])
def test_what_cannot_be_read_is_refused_with_an_example(written: str) -> None:
    with pytest.raises(BadInput, match=r"such as annotation=cert-manager\.io/cluster-issuer"):
        allowances([written])
