"""A hook, its Secret and its pods, looked for on a real API server by somebody with the example's Role and no more."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from pydantic import JsonValue

from cluster.waiting import eventually
from localcluster.controlplane import ControlPlane
from localcluster.errors import ClusterError
from okta_hooks.cli.cluster.address import HookAddress
from okta_hooks.cli.cluster.finding import find
from okta_hooks.cli.cluster.forwarding import forwarded
from okta_hooks.cli.cluster.kubectl import Kubectl
from okta_hooks.cli.failures import Failed, NotAllowed, NotThere
from okta_hooks.kube.children import names
from okta_hooks.kube.children.metadata import identity

EXAMPLE = Path(__file__).parents[4] / "manifests" / "examples" / "asking-hooks.yaml"
HOOK: JsonValue = {
    "apiVersion": "oktahooks.dev/v1alpha1",
    "kind": "OktaEventHook",
    "metadata": {"name": "sign-ins"},
    "spec": {"eventTypes": ["user.session.start"], "exposure": {"url": "https://hooks.example.com/sign-ins"}},
}
SECRET: JsonValue = {
    "apiVersion": "v1",
    "kind": "Secret",
    "metadata": {"name": names.admin("sign-ins")},
    "stringData": {names.TOKEN_KEY: "the-token"},
}
ON_CALL = ("--as=ada", "--as-group=identity-on-call")


@pytest.fixture(autouse=True)
def with_kubectl(controlplane: ControlPlane, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the PATH and the kubeconfig lead to the control plane."""
    kubectl = controlplane.kubectl
    for name, value in kubectl.env.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("PATH", f"{kubectl.program.parent}{os.pathsep}{os.environ['PATH']}")


def pod(name: str = "sign-ins-receiver-1", *containers: str, hook: str = "sign-ins") -> JsonValue:
    return {
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": {"name": name, "labels": {**identity(hook)}},
        "spec": {
            "automountServiceAccountToken": False,
            "containers": [{"name": each, "image": "none"} for each in containers or ("receiver", "dispatcher")],
        },
    }


def apply(plane: ControlPlane, namespace: str, *objects: JsonValue) -> None:
    items: JsonValue = {"apiVersion": "v1", "kind": "List", "items": list(objects)}
    plane.kubectl("apply", f"--namespace={namespace}", "--filename=-", stdin=json.dumps(items))


def run(plane: ControlPlane, namespace: str, name: str, phase: str = "Running") -> None:
    """What the node's kubelet would say of a pod."""
    patch = json.dumps({"status": {"phase": phase}})
    line = (f"--namespace={namespace}", "--subresource=status", "--type=merge", f"--patch={patch}")
    plane.kubectl("patch", "pod", name, *line)


def allow(plane: ControlPlane, namespace: str) -> None:
    """Apply the example, and wait until the API server goes by it."""
    plane.kubectl("apply", f"--namespace={namespace}", f"--filename={EXAMPLE}")
    assert eventually(lambda: may(plane, namespace, "create"))


def may(plane: ControlPlane, namespace: str, verb: str) -> bool:
    """Whether those on call may forward a port; kubectl's no is an error."""
    try:
        plane.kubectl("auth", "can-i", verb, "pods", "--subresource=portforward", f"--namespace={namespace}", *ON_CALL)
    except ClusterError:
        return False
    return True


def as_on_call(namespace: str) -> Kubectl:
    return Kubectl((*HookAddress("sign-ins", namespace).kubectl_options, *ON_CALL))


def test_the_role_of_the_example_is_enough(kinds: ControlPlane, namespace: str) -> None:
    apply(kinds, namespace, HOOK, SECRET, pod())
    run(kinds, namespace, "sign-ins-receiver-1")
    allow(kinds, namespace)
    found = find(as_on_call(namespace), HookAddress("sign-ins", namespace))
    assert (found.pods, found.token) == (("sign-ins-receiver-1",), "the-token")


@pytest.mark.parametrize("verb", ["get", "create"])
def test_the_role_of_the_example_lets_them_reach_the_port(kinds: ControlPlane, namespace: str, verb: str) -> None:
    allow(kinds, namespace)
    assert may(kinds, namespace, verb)


def test_without_the_role_a_sentence_says_what_to_ask_for(kinds: ControlPlane, namespace: str) -> None:
    apply(kinds, namespace, HOOK)
    with pytest.raises(
        NotAllowed, match=r"the hook .*/sign-ins may not be used by you: ask for the Role in docs/cli\.md"
    ):
        find(as_on_call(namespace), HookAddress("sign-ins", namespace))


def finding(namespace: str, name: str = "sign-ins") -> tuple[str, ...]:
    """The pods that an administrator finds."""
    hook = HookAddress(name, namespace)
    return find(Kubectl(hook.kubectl_options), hook).pods


def test_pods_that_run_no_dispatcher_are_passed_over(kinds: ControlPlane, namespace: str) -> None:
    apply(kinds, namespace, HOOK, SECRET, pod("a"), pod("b"), pod("c", "receiver"), pod("d", hook="others"))
    for name, phase in {"a": "Pending", "b": "Running", "c": "Running", "d": "Running"}.items():
        run(kinds, namespace, name, phase)
    assert finding(namespace) == ("b",)


def test_a_hook_that_is_not_there_is_named(namespace: str) -> None:
    with pytest.raises(NotThere, match=rf"the hook {namespace}/other is not there: look with `kubectl get"):
        finding(namespace, "other")


def test_a_hook_without_its_secret_is_not_there_yet(kinds: ControlPlane, namespace: str) -> None:
    apply(kinds, namespace, HOOK)
    with pytest.raises(NotThere, match=rf"the Secret sign-ins-admin of the hook {namespace}/sign-ins is not there"):
        finding(namespace)


def test_a_hook_without_a_pod_says_where_to_look(kinds: ControlPlane, namespace: str) -> None:
    apply(kinds, namespace, HOOK, SECRET)
    with pytest.raises(NotThere, match="has no pod that runs: see `kubectl describe oktaeventhook sign-ins`"):
        finding(namespace)


def test_a_context_that_does_not_exist_is_kubectls_own_sentence() -> None:
    hook = HookAddress("sign-ins", context="nowhere")
    with pytest.raises(Failed, match=r"the hook sign-ins can't be reached: .*context.*nowhere"):
        find(Kubectl(hook.kubectl_options), hook)


def test_a_pod_that_is_gone_by_now_is_named(namespace: str) -> None:
    kubectl = Kubectl(HookAddress("sign-ins", namespace).kubectl_options)
    with (
        pytest.raises(NotThere, match="the pod sign-ins-receiver-1 is not there"),
        forwarded(kubectl, "sign-ins-receiver-1", 9091),
    ):
        raise AssertionError("there is no port")


def test_a_pod_that_is_not_ready_to_be_reached_is_kubectls_own_sentence(kinds: ControlPlane, namespace: str) -> None:
    apply(kinds, namespace, pod())
    kubectl = Kubectl(HookAddress("sign-ins", namespace).kubectl_options)
    with (
        pytest.raises(Failed, match=r"the pod sign-ins-receiver-1 can't be reached: .*not running"),
        forwarded(kubectl, "sign-ins-receiver-1", 9091),
    ):
        raise AssertionError("there is no port")
