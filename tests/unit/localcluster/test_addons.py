"""The addons' manifests agree with each other and with the cluster, and ask for no right that they do not need."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from localcluster import addons, images, network
from localcluster.cluster import DOMAIN

FOLDER = Path(addons.__file__).parent
OBJECTS: list[dict[str, Any]] = [
    document for file in sorted(FOLDER.glob("*.yaml")) for document in yaml.safe_load_all(file.read_text())
]
DEPLOYMENTS = [document for document in OBJECTS if document["kind"] == "Deployment"]
each_deployment = pytest.mark.parametrize("deployment", DEPLOYMENTS, ids=lambda found: found["metadata"]["name"])


def named(kind: str, name: str) -> dict[str, Any]:
    return next(found for found in OBJECTS if (found["kind"], found["metadata"]["name"]) == (kind, name))


@each_deployment
def test_an_addon_runs_an_image_that_is_built(deployment: dict[str, Any]) -> None:
    (container,) = deployment["spec"]["template"]["spec"]["containers"]
    assert container["image"] in {images.COREDNS, images.PROVISIONER, images.TRAEFIK}


def test_folders_of_volumes_are_made_with_the_shell_image() -> None:
    assert images.BUSYBOX in named("ConfigMap", "local-path-provisioner")["data"]["helperPod.yaml"]


@each_deployment
def test_an_addon_keeps_to_the_restricted_level(deployment: dict[str, Any]) -> None:
    pod = deployment["spec"]["template"]["spec"]
    assert pod["securityContext"]["runAsNonRoot"]
    assert pod["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
    assert [container["securityContext"] for container in pod["containers"]] == [
        {"allowPrivilegeEscalation": False, "readOnlyRootFilesystem": True, "capabilities": {"drop": ["ALL"]}}
    ]


@each_deployment
def test_an_addon_has_a_service_account_of_its_own(deployment: dict[str, Any]) -> None:
    assert deployment["spec"]["template"]["spec"]["serviceAccountName"] == deployment["metadata"]["name"]


def test_pods_find_dns_where_kubelet_says() -> None:
    assert named("Service", "kube-dns")["spec"]["clusterIP"] == network.DNS_ADDRESS


def test_public_names_lead_to_the_gateway() -> None:
    names = named("ConfigMap", "coredns")["data"]["Corefile"]
    assert f"{DOMAIN} {{" in names
    assert f"IN A {named('Service', 'gateway')['spec']['clusterIP']}" in names


def test_traefik_reports_the_address_at_which_it_is_reached() -> None:
    (container,) = named("Deployment", "traefik")["spec"]["template"]["spec"]["containers"]
    reported = {argument.partition("=")[2] for argument in container["args"] if ".ip=" in argument}
    assert reported == {named("Service", "gateway")["spec"]["clusterIP"]}


def test_traefik_calls_nobody_home() -> None:
    (container,) = named("Deployment", "traefik")["spec"]["template"]["spec"]["containers"]
    assert {"--global.checkNewVersion=false", "--global.sendAnonymousUsage=false"} <= set(container["args"])
