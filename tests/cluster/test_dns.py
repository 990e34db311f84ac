"""Names resolve in pods as they do in any cluster, and public names lead to the gateway."""

import pytest

from cluster.waiting import eventually
from localcluster import images
from localcluster.cluster import Cluster


@pytest.fixture
def shell(cluster: Cluster, namespace: str) -> str:
    """The namespace of a pod named `shell` that serves a page, and of a Service of the same name."""
    inside = ("--namespace", namespace)
    serve = "echo found > /tmp/index.html; exec httpd -f -p 8080 -h /tmp"
    cluster.kubectl(
        *inside, "run", "shell", f"--image={images.BUSYBOX}", "--expose", "--port=8080", "--", "sh", "-c", serve
    )
    cluster.kubectl(*inside, "wait", "pod/shell", "--for=condition=Ready", "--timeout=60s")
    return namespace


def run(cluster: Cluster, namespace: str, script: str) -> str:
    """What a script prints in the pod, however it ends."""
    return cluster.kubectl("--namespace", namespace, "exec", "shell", "--", "sh", "-c", f"{script} || true")


def addresses(cluster: Cluster, namespace: str, name: str) -> str:
    return run(cluster, namespace, f"nslookup -type=a {name}")


def service_address(cluster: Cluster, namespace: str, name: str) -> str:
    return cluster.kubectl("--namespace", namespace, "get", "service", name, "--output=jsonpath={.spec.clusterIP}")


def test_a_pod_resolves_a_service_of_its_namespace_by_its_full_name(cluster: Cluster, shell: str) -> None:
    expected = service_address(cluster, shell, "shell")
    assert f"Address: {expected}" in addresses(cluster, shell, f"shell.{shell}.svc.cluster.local")


def test_a_pod_reaches_a_service_by_its_short_name(cluster: Cluster, shell: str) -> None:
    assert eventually(lambda: run(cluster, shell, "wget -q -O - http://shell:8080/") == "found\n")


def test_a_pod_resolves_every_name_of_the_public_domain_to_the_gateway(cluster: Cluster, shell: str) -> None:
    expected = service_address(cluster, "kube-system", "gateway")
    assert f"Address: {expected}" in addresses(cluster, shell, f"any.name.{cluster.domain}")


def test_programs_beside_the_cluster_resolve_the_public_domain(cluster: Cluster) -> None:
    expected = service_address(cluster, "kube-system", "gateway")
    assert expected in cluster.run(["getent", "ahostsv4", f"any.{cluster.domain}"]).stdout


def test_a_name_outside_the_cluster_does_not_exist(cluster: Cluster, shell: str) -> None:
    assert "NXDOMAIN" in addresses(cluster, shell, "example.com")
