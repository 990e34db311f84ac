"""What kustomize makes of the manifests, and the examples, are what a real API server takes."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from cluster.waiting import eventually
from localcluster import images
from localcluster.controlplane import ControlPlane
from localcluster.definitions import wait_until_established

pytestmark = pytest.mark.controlplane

MANIFESTS = Path(__file__).parents[3] / "manifests"
OVERLAY = str(MANIFESTS / "overlays" / "test")
EXAMPLES = sorted((MANIFESTS / "examples").glob("*.yaml"))
HOOKS = "oktaeventhooks.oktahooks.dev"
APPLY = ("apply", "--server-side", "--warnings-as-errors")


def may(plane: ControlPlane, user: str, verb: str, kind: str, namespace: str, *, name: str = "") -> bool:
    """Whether a user is allowed something."""
    resource, _, group = kind.partition(".")
    asked = {"verb": verb, "resource": resource, "group": group, "namespace": namespace, "name": name}
    review = {
        "apiVersion": "authorization.k8s.io/v1",
        "kind": "SubjectAccessReview",
        "spec": {"user": user, "resourceAttributes": asked},
    }
    answer = "--output=jsonpath={.status.allowed}"
    return plane.kubectl("create", "--filename=-", answer, stdin=json.dumps(review)) == "true"


@pytest.fixture(scope="module")
def installed(controlplane: ControlPlane) -> ControlPlane:
    """The API with everything that the overlay for tests installs; warnings, of Pod Security too, are errors.

    It stays until the control plane goes with the session: other tests need the kinds.
    """
    controlplane.kubectl(*APPLY, "--kustomize", OVERLAY)
    wait_until_established(controlplane.kubectl)
    return controlplane


@pytest.fixture
def namespace(installed: ControlPlane) -> Iterator[str]:
    name = f"examples-{uuid.uuid4().hex[:12]}"
    installed.kubectl("create", "namespace", name)
    yield name
    installed.kubectl("delete", "namespace", name, "--wait=false")


def test_receivers_get_the_image_of_the_operator(installed: ControlPlane) -> None:
    deployment = yaml.safe_load(
        installed.kubectl("get", "deployment/okta-event-hooks", "--namespace=okta-event-hooks", "--output=yaml")
    )
    [container] = deployment["spec"]["template"]["spec"]["containers"]
    environment = {each["name"]: each.get("value") for each in container["env"]}
    assert container["image"] == environment["OKTA_HOOKS_OPERATOR_IMAGE"] == images.OPERATOR


def test_the_operators_namespace_takes_restricted_pods_only(installed: ControlPlane) -> None:
    label = "{.metadata.labels.pod-security\\.kubernetes\\.io/enforce}"
    assert installed.kubectl("get", "namespace/okta-event-hooks", f"--output=jsonpath={label}") == "restricted"


def test_the_operator_may_read_a_secret_and_list_none(installed: ControlPlane) -> None:
    operator = "system:serviceaccount:okta-event-hooks:okta-event-hooks"
    assert may(installed, operator, "get", "secrets", "default")
    assert not may(installed, operator, "list", "secrets", "default")


def test_it_may_look_at_its_own_lease_everywhere_and_at_no_other(installed: ControlPlane) -> None:
    operator = "system:serviceaccount:okta-event-hooks:okta-event-hooks"
    leases = "leases.coordination.k8s.io"
    assert may(installed, operator, "list", leases, "", name="okta-event-hooks")
    assert not may(installed, operator, "list", leases, "")


def test_who_may_view_a_namespace_may_view_its_hooks_and_no_more(installed: ControlPlane, namespace: str) -> None:
    installed.kubectl("create", "rolebinding", "people", "--clusterrole=view", "--user=viewer", "-n", namespace)
    assert eventually(lambda: may(installed, "viewer", "get", HOOKS, namespace))
    assert not may(installed, "viewer", "create", HOOKS, namespace)


def test_who_may_edit_a_namespace_may_edit_its_hooks(installed: ControlPlane, namespace: str) -> None:
    installed.kubectl("create", "rolebinding", "people", "--clusterrole=edit", "--user=editor", "-n", namespace)
    assert eventually(lambda: may(installed, "editor", "create", HOOKS, namespace))


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.stem)
def test_an_example_is_accepted(installed: ControlPlane, namespace: str, example: Path) -> None:
    installed.kubectl(*APPLY, "--dry-run=server", "--namespace", namespace, "--filename", str(example))
