"""The example of policies that keep hooks, organisations and Secrets to what is the company's."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import yaml
from pydantic import JsonValue

from cluster.waiting import eventually
from contract.manifests.life import installed
from localcluster.controlplane import ControlPlane
from localcluster.errors import ClusterError

POLICY = Path(__file__).parents[3] / "manifests" / "examples" / "company-addresses.yaml"
POLICIES = ("okta-event-hooks-company-hooks", "okta-event-hooks-company-organizations")
Parts = dict[str, JsonValue]

ELSEWHERE: Parts = {"exposure": {"url": "https://collector.invalid/x"}}
SERVICE_APP: Parts = {"oauth": {"clientId": "0oa1", "privateKeySecretRef": {"name": "payroll", "key": "key"}}}


def secret(name: str) -> JsonValue:
    return {"name": name, "key": "secret"}


def hook(**parts: JsonValue) -> Parts:
    spec: Parts = {"eventTypes": ["user.session.start"], "exposure": {"url": "https://events.example.com/x"}, **parts}
    return document("OktaEventHook", spec)


def org(**parts: JsonValue) -> Parts:
    spec: Parts = {"url": "https://example.okta.com", "auth": {"apiToken": {"secretRef": secret("okta")}}, **parts}
    return document("OktaOrg", spec)


def document(kind: str, spec: Parts) -> Parts:
    return {"apiVersion": "oktahooks.dev/v1alpha1", "kind": kind, "metadata": {"name": "mine"}, "spec": spec}


def route(host: str) -> JsonValue:
    return {"httpRoute": {"hostname": host, "parentRefs": [{"name": "public"}]}}


ACCEPTED = {
    "a host of the company": hook(),
    "in capitals, too": hook(exposure={"url": "https://EVENTS.Example.COM/x"}),
    "an Ingress for one": hook(exposure={"ingress": {"host": "events.example.com"}}),
    "an HTTPRoute for one": hook(exposure=route("events.example.com")),
    "a Secret that is for hooks": hook(auth={"secretRef": secret("okta-sign-ins")}),
    "a secret that the operator makes": hook(auth={"rotation": {"interval": "720h"}}),
    "a sink that somebody made for hooks": hook(sinks=[{"name": "siem", "ref": {"name": "siem"}}]),
    "a sink without an address": hook(sinks=[{"name": "log", "stdout": {}}]),
    "the company's organisation": org(),
}
REFUSED = {
    "another host": (hook(**ELSEWHERE), "collector.invalid is no host of the company"),
    "one that only looks alike": (hook(exposure={"url": "https://badexample.com/x"}), "is no host of the company"),
    "one with ours in its path": (hook(exposure={"url": "https://a.invalid/.example.com"}), "is no host"),
    "one with ours in its query": (hook(exposure={"url": "https://a.invalid?.example.com"}), "is no host"),
    "an Ingress for another": (hook(exposure={"ingress": {"host": "a.invalid"}}), "is no host of the company"),
    "an HTTPRoute for another": (hook(exposure=route("a.invalid")), "is no host of the company"),
    "a Secret for something else": (hook(auth={"secretRef": secret("payroll")}), "not payroll"),
    "a sink of one's own": (
        hook(sinks=[{"name": "a", "http": {"url": "https://a.invalid"}}]),
        "which a hook names in ref",
    ),
    "another organisation": (org(url="https://mine.invalid"), "is no organisation of the company"),
    "a token that is for something else": (org(auth={"apiToken": {"secretRef": secret("payroll")}}), "not payroll"),
    "a key that is for something else": (org(auth=SERVICE_APP), "not payroll"),
}


@pytest.fixture(scope="module")
def plane(cluster_progress: Callable[[str], None]) -> Iterator[ControlPlane]:
    """An API of the test's own: the policies would refuse what other tests create. A hook is older than they."""
    with installed("test", cluster_progress) as plane:
        create(plane, hook(**ELSEWHERE))
        plane.kubectl("apply", "--server-side", "--filename", str(POLICY))
        assert eventually(lambda: is_refused(plane, hook(**ELSEWHERE)))
        assert eventually(lambda: is_refused(plane, org(url="https://mine.invalid")))
        yield plane


def create(plane: ControlPlane, written: Parts, *options: str) -> None:
    named = {**written, "metadata": {"generateName": "mine-"}} if options else written
    plane.kubectl("create", "--filename=-", "--namespace=default", *options, stdin=yaml.safe_dump(named))


def is_refused(plane: ControlPlane, written: Parts) -> bool:
    try:
        create(plane, written, "--dry-run=server")
    except ClusterError:
        return True
    return False


@pytest.mark.parametrize("name", POLICIES)
def test_every_expression_fits_its_kind(plane: ControlPlane, name: str) -> None:
    def checked() -> JsonValue:
        policy = json.loads(plane.kubectl("get", "validatingadmissionpolicy", name, "--output=json"))
        status: Parts = policy.get("status", {})
        return status.get("typeChecking")

    assert eventually(lambda: checked() is not None)
    assert checked() == {}


@pytest.mark.parametrize("written", ACCEPTED.values(), ids=ACCEPTED)
def test_is_accepted(plane: ControlPlane, written: Parts) -> None:
    create(plane, written, "--dry-run=server")


@pytest.mark.parametrize(("written", "sentence"), REFUSED.values(), ids=REFUSED)
def test_is_refused(plane: ControlPlane, written: Parts, sentence: str) -> None:
    with pytest.raises(ClusterError, match=sentence):
        create(plane, written, "--dry-run=server")


def test_the_operator_may_take_its_finalizer_off_what_is_older(plane: ControlPlane) -> None:
    finalizers = json.dumps({"metadata": {"finalizers": ["oktahooks.dev/test"]}})
    plane.kubectl("patch", "oeh", "mine", "--namespace=default", "--type=merge", f"--patch={finalizers}")
    plane.kubectl(
        "patch", "oeh", "mine", "--namespace=default", "--type=merge", '--patch={"metadata":{"finalizers":null}}'
    )


def test_its_spec_cannot_change_and_stay_elsewhere(plane: ControlPlane) -> None:
    with pytest.raises(ClusterError, match="is no host of the company"):
        plane.kubectl(
            "patch", "oeh", "mine", "--namespace=default", "--type=merge", '--patch={"spec":{"suspend":true}}'
        )
