"""A claim of the default class gets a volume, which outlives its pods and is removed with the claim."""

import json

import pytest

from cluster.waiting import eventually
from localcluster import images
from localcluster.cluster import Cluster

CLAIM = {
    "apiVersion": "v1",
    "kind": "PersistentVolumeClaim",
    "metadata": {"name": "notes"},
    "spec": {"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "1Mi"}}},
}


class Claimant:
    """Runs pods that mount one claim, as a user who is not root, in a namespace of the restricted level."""

    def __init__(self, cluster: Cluster, namespace: str) -> None:
        self._cluster = cluster
        self._namespace = namespace
        self.kubectl("apply", "--filename=-", stdin=json.dumps(CLAIM))

    def kubectl(self, *arguments: str, stdin: str | None = None) -> str:
        return self._cluster.kubectl("--namespace", self._namespace, *arguments, stdin=stdin)

    def run(self, name: str, script: str) -> str:
        """Run a script in a pod of its own to its end, and return what it printed."""
        self.kubectl("apply", "--filename=-", stdin=json.dumps(pod(name, script)))
        self.kubectl("wait", f"pod/{name}", "--for=jsonpath={.status.phase}=Succeeded", "--timeout=60s")
        return self.kubectl("logs", name)

    def volume(self) -> str:
        return self.kubectl("get", "persistentvolumeclaim", "notes", "--output=jsonpath={.spec.volumeName}")


def pod(name: str, script: str) -> dict[str, object]:
    return {
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": {"name": name},
        "spec": {
            "restartPolicy": "Never",
            "securityContext": {"runAsUser": 1000, "runAsNonRoot": True, "seccompProfile": {"type": "RuntimeDefault"}},
            "volumes": [{"name": "notes", "persistentVolumeClaim": {"claimName": "notes"}}],
            "containers": [
                {
                    "name": name,
                    "image": images.BUSYBOX,
                    "command": ["sh", "-c", script],
                    "volumeMounts": [{"name": "notes", "mountPath": "/notes"}],
                    "securityContext": {
                        "allowPrivilegeEscalation": False,
                        "readOnlyRootFilesystem": True,
                        "capabilities": {"drop": ["ALL"]},
                    },
                }
            ],
        },
    }


@pytest.fixture
def claimant(cluster: Cluster, namespace: str) -> Claimant:
    cluster.kubectl("label", "namespace", namespace, "pod-security.kubernetes.io/enforce=restricted")
    return Claimant(cluster, namespace)


def test_a_claim_keeps_its_data_over_the_life_of_a_pod(claimant: Claimant) -> None:
    claimant.run("writer", "echo kept > /notes/note && sync")
    claimant.kubectl("delete", "pod", "writer")
    assert claimant.run("reader", "cat /notes/note") == "kept\n"


def test_a_volume_is_removed_with_its_claim(claimant: Claimant, cluster: Cluster) -> None:
    claimant.run("writer", "echo gone > /notes/note")
    volume = claimant.volume()
    claimant.kubectl("delete", "pod/writer", "persistentvolumeclaim/notes")
    assert eventually(lambda: volume not in cluster.kubectl("get", "persistentvolumes", "--output=name"))
