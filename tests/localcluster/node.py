"""A node that runs pods: containerd with runc, a CNI network, kubelet and kube-proxy, all in one sandbox."""

import json
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from localcluster import commands
from localcluster.controlplane import ControlPlane
from localcluster.errors import ClusterError
from localcluster.lifeline import Runner
from localcluster.network import DNS_ADDRESS, NODE, NODE_ADDRESS
from localcluster.processes import Components

PROGRAMS = ("kube-scheduler", "kubelet", "kube-proxy")
PAUSE_IMAGE = "localhost/pause:1"
"""What holds the namespaces of a pod."""

# Their usual places: in a sandbox, what lies below /run is the cluster's own.
_CONTAINERD = "/run/containerd/containerd.sock"
# Short, since it holds sockets, whose paths the kernel limits to 108 bytes; the state folder's may be long.
_KUBELET = "/run/kubelet"
_DISK_SIGNALS = ("nodefs.available", "nodefs.inodesFree", "imagefs.available", "imagefs.inodesFree")
_CONTAINERD_WITHIN = 20.0
_READY_WITHIN = 60.0


@dataclass(frozen=True)
class Containers:
    """A containerd that runs."""

    runner: Runner

    def load_image(self, archive: Path) -> None:
        """Import the images of a docker or OCI archive.

        Raises:
            ClusterError: containerd refuses it.
        """
        self._ctr("images", "import", str(archive))

    def _ctr(self, *arguments: str) -> None:
        process = self.runner.popen(
            ["ctr", "--address", _CONTAINERD, "--namespace", "k8s.io", *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        said, _ = process.communicate()
        if process.returncode:
            raise ClusterError(f"ctr {' '.join(arguments)}: {said.strip()}")

    def answers(self) -> bool:
        """Whether it takes requests."""
        try:
            self._ctr("version")
        except ClusterError:
            return False
        return True


def start_containerd(folder: Path, components: Components) -> Containers:
    """Start containerd, and return when it answers."""
    (folder / "cni").mkdir()
    (folder / "cni" / "10-pods.conflist").write_text(json.dumps(pod_network(), indent=2))
    config = folder / "containerd.toml"
    config.write_text(containerd_config(folder))
    component = components.start("containerd", ["containerd", "--config", config])
    containers = Containers(components.runner)
    component.wait_until(containers.answers, within=_CONTAINERD_WITHIN)
    return containers


def join(programs: Mapping[str, Path], plane: ControlPlane, components: Components) -> None:
    """Start kubelet, kube-proxy and kube-scheduler, and return when the API calls the node ready."""
    folder = plane.folder
    serving = plane.authority.issue(f"system:node:{NODE}", groups=["system:nodes"], hosts=[NODE_ADDRESS, NODE])
    serving.write(folder / "pki", "kubelet")
    (folder / "resolv.conf").touch()
    config = folder / "kubelet.yaml"
    config.write_text(yaml.safe_dump(kubelet_config(folder)))
    kubelet = components.start(
        "kubelet",
        [
            programs["kubelet"],
            f"--config={config}",
            f"--kubeconfig={plane.credentials('kubelet', f'system:node:{NODE}', 'system:nodes')}",
            f"--root-dir={_KUBELET}",
            f"--cert-dir={_KUBELET}/pki",
            f"--hostname-override={NODE}",
            f"--node-ip={NODE_ADDRESS}",
        ],
    )
    scheduler = plane.credentials("kube-scheduler", "system:kube-scheduler")
    components.start("kube-scheduler", commands.scheduler(programs["kube-scheduler"], scheduler))
    proxy = plane.credentials("kube-proxy", "system:kube-proxy")
    components.start("kube-proxy", commands.proxy(programs["kube-proxy"], proxy))
    kubelet.wait_until(lambda: _is_ready(plane), within=_READY_WITHIN)


def _is_ready(plane: ControlPlane) -> bool:
    condition = '{.items[*].status.conditions[?(@.type=="Ready")].status}'
    return plane.kubectl("get", "nodes", "--output", f"jsonpath={condition}") == "True"


def pod_network() -> dict[str, object]:
    """The CNI configuration: one routed link for each pod.

    With a bridge, pods would talk past the node's routing, and answers from behind a Service would reach the
    asking pod with an address that it never asked.
    """
    addresses = {"type": "host-local", "subnet": "10.244.0.0/24", "routes": [{"dst": "0.0.0.0/0"}]}
    return {"cniVersion": "1.0.0", "name": "pods", "plugins": [{"type": "ptp", "ipam": addresses}]}


def containerd_config(folder: Path) -> str:
    """Containerd's configuration, TOML."""
    return f"""\
version = 2
root = "{folder}/containerd"
state = "/run/containerd"
[grpc]
  address = "{_CONTAINERD}"
[plugins."io.containerd.internal.v1.opt"]
  path = "{folder}/containerd-opt"
[plugins."io.containerd.grpc.v1.cri"]
  # Without CAP_SYS_RESOURCE no process may be made less likely to be killed than its parent.
  restrict_oom_score_adj = true
  sandbox_image = "{PAUSE_IMAGE}"
  [plugins."io.containerd.grpc.v1.cri".cni]
    bin_dir = "/usr/lib/cni"
    conf_dir = "{folder}/cni"
  [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
    runtime_type = "io.containerd.runc.v2"
    [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc.options]
      SystemdCgroup = false
"""


def kubelet_config(folder: Path) -> dict[str, object]:
    """Kubelet's configuration, for a small machine that is thrown away soon."""
    return {
        "apiVersion": "kubelet.config.k8s.io/v1beta1",
        "kind": "KubeletConfiguration",
        "address": NODE_ADDRESS,
        "authentication": {
            "anonymous": {"enabled": False},
            "webhook": {"enabled": True},
            "x509": {"clientCAFile": str(folder / "pki" / "ca.crt")},
        },
        "authorization": {"mode": "Webhook"},
        "tlsCertFile": str(folder / "pki" / "kubelet.crt"),
        "tlsPrivateKeyFile": str(folder / "pki" / "kubelet.key"),
        "readOnlyPort": 0,
        "healthzPort": 0,
        "containerRuntimeEndpoint": f"unix://{_CONTAINERD}",
        "cgroupDriver": "cgroupfs",
        "failCgroupV1": False,
        "failSwapOn": False,
        "enforceNodeAllocatable": [],
        "clusterDNS": [DNS_ADDRESS],
        "clusterDomain": "cluster.local",
        "resolvConf": str(folder / "resolv.conf"),
        "podLogsDir": str(folder / "pod-logs"),
        "volumePluginDir": str(folder / "volume-plugins"),
        # A changed Secret is in the pods after one such period.
        "syncFrequency": "2s",
        "configMapAndSecretChangeDetectionStrategy": "Watch",
        # A full disk of the developer's is no reason to throw images away that nobody can pull again.
        "imageGCHighThresholdPercent": 100,
        "evictionHard": dict.fromkeys(_DISK_SIGNALS, "0%"),
    }
