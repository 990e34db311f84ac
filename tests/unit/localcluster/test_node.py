"""The node's configuration says what a small machine that is shared needs."""

import tomllib
from pathlib import Path

from localcluster import commands, node


def test_containerds_configuration_is_valid() -> None:
    plugins = tomllib.loads(node.containerd_config(Path("/state")))["plugins"]
    assert plugins["io.containerd.grpc.v1.cri"]["sandbox_image"] == node.PAUSE_IMAGE


def test_kubelet_asks_the_api_server_who_may_do_what() -> None:
    assert node.kubelet_config(Path("/state"))["authorization"] == {"mode": "Webhook"}


def test_kube_proxy_leaves_the_machines_limits_alone() -> None:
    command = commands.proxy(Path("kube-proxy"), Path("credentials"))
    assert {"--conntrack-max-per-core=0", "--conntrack-min=0"} <= set(command)
