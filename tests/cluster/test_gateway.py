"""An Ingress and an HTTPRoute answer over TLS, with a certificate of the cluster's own authority."""

import json
from pathlib import Path

import pytest

from cluster.waiting import eventually
from localcluster import images
from localcluster.cluster import Cluster
from localcluster.errors import ClusterError
from localcluster.pki import Authority

PAGE = "the page behind the gateway"


class Site:
    """A page served by a pod, and the ways to publish it under a name of its own."""

    def __init__(self, cluster: Cluster, namespace: str) -> None:
        self._cluster = cluster
        self._namespace = namespace
        self.host = f"{namespace}.{cluster.domain}"
        serve = f"echo {PAGE} > /tmp/index.html; exec httpd -f -p 8080 -h /tmp"
        self._kubectl("run", "page", f"--image={images.BUSYBOX}", "--expose", "--port=8080", "--", "sh", "-c", serve)
        self._kubectl("wait", "pod/page", "--for=condition=Ready", "--timeout=60s")

    def _kubectl(self, *arguments: str, stdin: str | None = None) -> None:
        self._cluster.kubectl("--namespace", self._namespace, *arguments, stdin=stdin)

    def publish_by_ingress(self) -> None:
        self._kubectl("create", "ingress", "page", f"--rule={self.host}/*=page:8080")

    def publish_by_route(self) -> None:
        route = {
            "apiVersion": "gateway.networking.k8s.io/v1",
            "kind": "HTTPRoute",
            "metadata": {"name": "page"},
            "spec": {
                "hostnames": [self.host],
                "parentRefs": [{"name": "gateway", "namespace": "kube-system", "sectionName": "https"}],
                "rules": [{"backendRefs": [{"name": "page", "port": 8080}]}],
            },
        }
        self._kubectl("apply", "--filename=-", stdin=json.dumps(route))

    def get(self, *options: str, scheme: str = "https") -> str:
        command = ["curl", "--no-progress-meter", "--fail", "--max-time", "5", *options, f"{scheme}://{self.host}/"]
        return self._cluster.run(command).stdout.strip()

    def answers(self) -> bool:
        return self.get() == PAGE


@pytest.fixture
def site(cluster: Cluster, namespace: str) -> Site:
    return Site(cluster, namespace)


@pytest.fixture
def other_authority(tmp_path: Path) -> Path:
    file = tmp_path / "other.crt"
    file.write_bytes(Authority("another authority").certificate)
    return file


def test_an_ingress_answers_over_tls(site: Site) -> None:
    site.publish_by_ingress()
    assert eventually(site.answers)


def test_an_http_route_answers_over_tls(site: Site) -> None:
    site.publish_by_route()
    assert eventually(site.answers)


def test_an_ingress_answers_without_tls_too(site: Site) -> None:
    site.publish_by_ingress()
    assert eventually(lambda: site.get(scheme="http") == PAGE)


def test_the_certificate_is_of_no_other_authority(site: Site, other_authority: Path) -> None:
    site.publish_by_ingress()
    assert eventually(site.answers)
    with pytest.raises(ClusterError, match="certificate"):
        site.get("--cacert", str(other_authority))


def test_a_name_that_nobody_published_is_not_found(site: Site) -> None:
    with pytest.raises(ClusterError, match="404"):
        site.get()
