"""The project's own images run where nothing is allowed that they do not need."""

import json

import pytest

from localcluster import images
from localcluster.cluster import Cluster
from localcluster.errors import ClusterError

STRICT = {
    "restartPolicy": "Never",
    "securityContext": {"runAsNonRoot": True, "seccompProfile": {"type": "RuntimeDefault"}},
}
CONTAINER = {
    "imagePullPolicy": "Never",
    "securityContext": {
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"]},
    },
}


@pytest.fixture
def restricted(cluster: Cluster, namespace: str) -> str:
    cluster.kubectl("label", "namespace", namespace, "pod-security.kubernetes.io/enforce=restricted")
    return namespace


def run(cluster: Cluster, namespace: str, image: str, *code: str) -> str:
    """What Python prints in a container of an image that may write nowhere."""
    container = {**CONTAINER, "name": "python", "image": image, "command": ["python3", "-c", "\n".join(code)]}
    pod = {
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": {"name": "python"},
        "spec": {**STRICT, "containers": [container]},
    }
    inside = ("--namespace", namespace)
    cluster.kubectl(*inside, "apply", "--filename=-", stdin=json.dumps(pod))
    cluster.kubectl(*inside, "wait", "pod/python", "--for=jsonpath={.status.phase}=Succeeded", "--timeout=60s")
    return cluster.kubectl(*inside, "logs", "python").strip()


@pytest.mark.parametrize("image", [images.OPERATOR, images.SIMULATOR])
def test_an_image_names_a_user_that_is_not_root(cluster: Cluster, restricted: str, image: str) -> None:
    assert run(cluster, restricted, image, "import os", "print(os.getuid())") == "65532"


@pytest.mark.parametrize(
    ("image", "modules"),
    [
        (images.OPERATOR, "okta_hooks, kopf, kubernetes.aio, okta, aiohttp, msgspec, uvloop"),
        (images.SIMULATOR, "okta_simulator, aiohttp, jwt, cryptography"),
    ],
)
def test_an_image_has_what_its_code_imports(cluster: Cluster, restricted: str, image: str, modules: str) -> None:
    assert run(cluster, restricted, image, f"import {modules}", "print('imported')") == "imported"


@pytest.mark.parametrize(
    ("image", "other"),
    [(images.OPERATOR, "okta_simulator"), (images.SIMULATOR, "okta_hooks"), (images.OPERATOR, "pip")],
)
def test_an_image_has_nothing_that_it_does_not_need(cluster: Cluster, restricted: str, image: str, other: str) -> None:
    found = run(cluster, restricted, image, "import importlib.util", f"print(importlib.util.find_spec('{other}'))")
    assert found == "None"


def test_nothing_of_the_machines_pip_configuration_is_left_in_an_image(cluster: Cluster, restricted: str) -> None:
    secrets = "['/etc/pip.conf', '/run/secrets/ca.crt']"
    code = f"print([path for path in {secrets} if pathlib.Path(path).exists() and pathlib.Path(path).read_bytes()])"
    assert run(cluster, restricted, images.OPERATOR, "import pathlib", code) == "[]"


def test_a_container_that_would_run_as_root_is_refused(cluster: Cluster, restricted: str) -> None:
    with pytest.raises(ClusterError, match="violates PodSecurity"):
        cluster.kubectl("--namespace", restricted, "run", "root", f"--image={images.BUSYBOX}", "--", "id")
