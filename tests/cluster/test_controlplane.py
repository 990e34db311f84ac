"""A control plane of our own is a real one."""

import json

import pytest

from localcluster import versions
from localcluster.controlplane import ControlPlane
from localcluster.definitions import wait_until_established
from localcluster.errors import ClusterError

CRD = """
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: ranges.hooks.test}
spec:
  group: hooks.test
  names: {kind: Range, plural: ranges}
  scope: Namespaced
  versions:
  - name: v1
    served: true
    storage: true
    schema:
      openAPIV3Schema:
        type: object
        properties:
          spec:
            type: object
            properties: {low: {type: integer}, high: {type: integer}}
            x-kubernetes-validations:
            - {rule: self.low <= self.high, message: low must not be above high}
"""

PRIVILEGED_POD = """
apiVersion: v1
kind: Pod
metadata: {name: root}
spec:
  containers:
  - {name: root, image: none, securityContext: {privileged: true}}
"""


def a_range(low: int, high: int) -> str:
    return json.dumps(
        {
            "apiVersion": "hooks.test/v1",
            "kind": "Range",
            "metadata": {"name": "one"},
            "spec": {"low": low, "high": high},
        }
    )


@pytest.fixture(scope="module")
def ranges(controlplane: ControlPlane) -> None:
    controlplane.kubectl("apply", "--filename=-", stdin=CRD)
    wait_until_established(controlplane.kubectl)


def test_the_api_server_is_of_the_pinned_version(controlplane: ControlPlane) -> None:
    said = json.loads(controlplane.kubectl("version", "--output=json"))
    assert said["serverVersion"]["gitVersion"] == f"v{versions.KUBERNETES}"


@pytest.mark.usefixtures("ranges")
def test_an_object_that_keeps_the_rule_of_its_definition_is_accepted(
    controlplane: ControlPlane, api_namespace: str
) -> None:
    controlplane.kubectl("apply", "--namespace", api_namespace, "--filename=-", stdin=a_range(1, 2))
    assert controlplane.kubectl("get", "--namespace", api_namespace, "ranges", "--output=name")


@pytest.mark.usefixtures("ranges")
def test_an_object_that_breaks_the_rule_of_its_definition_is_refused_with_its_message(
    controlplane: ControlPlane, api_namespace: str
) -> None:
    with pytest.raises(ClusterError, match="low must not be above high"):
        controlplane.kubectl("apply", "--namespace", api_namespace, "--filename=-", stdin=a_range(2, 1))


def as_default_account(controlplane: ControlPlane, namespace: str, *arguments: str) -> str:
    """What kubectl prints to whoever holds the token of the namespace's default service account."""
    kubectl = controlplane.kubectl
    token = kubectl("create", "token", "default", "--namespace", namespace).strip()
    return kubectl(
        "--kubeconfig=/dev/null",
        f"--server={controlplane.endpoints.outside}",
        f"--certificate-authority={controlplane.ca_file}",
        f"--token={token}",
        f"--namespace={namespace}",
        *arguments,
    )


@pytest.fixture
def account(controlplane: ControlPlane, api_namespace: str) -> str:
    """The namespace's default service account, which the controllers make."""
    account = "serviceaccount/default"
    controlplane.kubectl("wait", account, "--namespace", api_namespace, "--for=create", "--timeout=30s")
    return f"{api_namespace}:default"


@pytest.mark.usefixtures("account")
def test_a_service_account_without_the_right_is_refused(controlplane: ControlPlane, api_namespace: str) -> None:
    with pytest.raises(ClusterError, match=r"Forbidden.*cannot list resource \"secrets\""):
        as_default_account(controlplane, api_namespace, "get", "secrets")


def test_a_service_account_with_the_right_is_let_in(
    controlplane: ControlPlane, api_namespace: str, account: str
) -> None:
    kubectl = controlplane.kubectl
    kubectl("create", "role", "reader", "--verb=list", "--resource=secrets", "--namespace", api_namespace)
    binding = ["--role=reader", f"--serviceaccount={account}", "--namespace", api_namespace]
    kubectl("create", "rolebinding", "reader", *binding)
    assert as_default_account(controlplane, api_namespace, "get", "secrets", "--output=name") == ""


def test_a_node_may_not_read_a_secret_that_none_of_its_pods_uses(
    controlplane: ControlPlane, api_namespace: str
) -> None:
    controlplane.kubectl("create", "secret", "generic", "mine", "--from-literal=a=b", "--namespace", api_namespace)
    node = controlplane.credentials("stray", "system:node:stray", "system:nodes")
    with pytest.raises(ClusterError, match="no relationship found between node 'stray' and this object"):
        controlplane.kubectl(f"--kubeconfig={node}", "get", "secret", "mine", "--namespace", api_namespace)


def test_a_restricted_namespace_refuses_a_privileged_pod(controlplane: ControlPlane, api_namespace: str) -> None:
    level = "pod-security.kubernetes.io/enforce=restricted"
    controlplane.kubectl("label", "namespace", api_namespace, level)
    with pytest.raises(ClusterError, match=r'violates PodSecurity "restricted:latest"'):
        controlplane.kubectl("apply", "--namespace", api_namespace, "--filename=-", stdin=PRIVILEGED_POD)


def test_the_audit_log_tells_who_did_what_to_which_object(controlplane: ControlPlane, api_namespace: str) -> None:
    controlplane.kubectl("create", "configmap", "seen", "--namespace", api_namespace)
    log, _, _ = controlplane.audit_log.read_text().rpartition("\n")  # of others, a line may be half written right now
    written = [json.loads(line) for line in log.splitlines()]
    names = [
        (event["user"]["username"], event["verb"], event["objectRef"].get("resource"))
        for event in written
        if event.get("objectRef", {}).get("namespace") == api_namespace and event["objectRef"].get("name") == "seen"
    ]
    assert names == [("admin", "create", "configmaps")]


def test_the_audit_log_holds_no_contents(controlplane: ControlPlane, api_namespace: str) -> None:
    secret = ["secret", "generic", "hidden", "--from-literal=word=unspeakable", "--namespace", api_namespace]
    controlplane.kubectl("create", *secret)
    assert "unspeakable" not in controlplane.audit_log.read_text()
