"""Which programs are built, from which Go module, at which version: data only.

The versions themselves are pinned in `modules/<folder>/go.mod` and `go.sum`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

KUBERNETES = "1.37.2"


@dataclass(frozen=True)
class GoModule:
    """One folder below `modules/`, and the programs that it builds."""

    folder: str
    programs: Mapping[str, str]
    """The program's name to the Go package of its main function."""
    defines: Mapping[str, str] = field(default_factory=dict)
    """Go variables that the linker sets."""
    tags: tuple[str, ...] = ()
    """Build constraints that hold."""


MODULES = (
    GoModule(
        folder="kubernetes",
        programs={
            name: f"k8s.io/kubernetes/cmd/{name}"
            for name in (
                "kube-apiserver",
                "kube-controller-manager",
                "kube-scheduler",
                "kube-proxy",
                "kubelet",
                "kubectl",
            )
        },
        # Without it the API server calls itself v0.0.0-master, which kubectl refuses.
        defines={"k8s.io/component-base/version.gitVersion": f"v{KUBERNETES}"},
    ),
    GoModule(folder="etcd", programs={"etcd": "go.etcd.io/etcd/server/v3"}),
    GoModule(folder="coredns", programs={"coredns": "github.com/coredns/coredns"}),
    GoModule(
        folder="local-path-provisioner",
        programs={"local-path-provisioner": "github.com/rancher/local-path-provisioner"},
    ),
    GoModule(
        folder="victoria-logs",
        programs={"victoria-logs": "github.com/VictoriaMetrics/VictoriaLogs/app/victoria-logs"},
    ),
    GoModule(
        folder="promtool",
        programs={"promtool": "github.com/prometheus/prometheus/cmd/promtool"},
        # Without the clients of every cloud that Prometheus finds its targets with: what is tested here asks none.
        tags=("remove_all_sd",),
    ),
)
