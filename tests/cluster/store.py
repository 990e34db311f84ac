"""A store of logs that a hook is fed into, and that tells what it holds."""

from __future__ import annotations

import base64
import json
import uuid
from dataclasses import dataclass

from pydantic import JsonValue

from cluster.team import Team
from cluster.waiting import eventually
from localcluster import images

PORT = 9428
KUBELET = 180.0  # seconds within which a changed Secret is seen by the operator and is in the pod


@dataclass
class Store:
    """A VictoriaLogs in the team's namespace that takes and tells nothing without the password of its Secret."""

    team: Team
    password: str

    @property
    def sink(self) -> JsonValue:
        credential: dict[str, JsonValue] = {
            f"{name}SecretRef": {"name": "store", "key": name} for name in ("username", "password")
        }
        return {
            "name": "store",
            "elasticsearch": {
                "url": f"http://{self._host}/insert/elasticsearch",
                "insecure": True,
                "auth": {"basic": credential},
            },
        }

    @property
    def _host(self) -> str:
        return f"store.{self.team.namespace}.svc:{PORT}"

    def start(self) -> None:
        keys = ("--from-literal=username=okta", f"--from-literal=password={self.password}")
        self.team.kubectl("create", "secret", "generic", "store", *keys)
        self.team.kubectl("apply", "--filename=-", stdin=json.dumps(DEPLOYMENT))
        self.team.kubectl("create", "service", "clusterip", "store", f"--tcp={PORT}")
        self.team.kubectl("rollout", "status", "deployment/store", "--timeout=60s")

    def change_password(self) -> None:
        """Change it in the Secret, and wait until the store itself knows no other any more."""
        self.password = uuid.uuid4().hex
        patch = json.dumps({"data": {"password": base64.b64encode(self.password.encode()).decode()}})
        self.team.kubectl("patch", "secret", "store", f"--patch={patch}")
        assert eventually(self._answers, within=KUBELET)

    def uuids(self) -> list[str]:
        """The uuid of each event that it holds.

        Raises:
            ClusterError: It does not answer to this password.
        """
        query = "query=event.uuid:* | fields event.uuid"
        command = ["curl", "--silent", "--show-error", "--fail", "--user", f"okta:{self.password}"]
        command += ["--data-urlencode", query, f"http://{self._host}/select/logsql/query"]
        return [json.loads(line)["event.uuid"] for line in self.team.cluster.run(command).stdout.splitlines()]

    def holds(self, uuids: list[str]) -> bool:
        """Whether it holds these events, each once, and no others."""
        return sorted(self.uuids()) == sorted(uuids)

    def _answers(self) -> bool:
        self.uuids()
        return True


DEPLOYMENT: JsonValue = {
    "apiVersion": "apps/v1",
    "kind": "Deployment",
    "metadata": {"name": "store", "labels": {"app": "store"}},
    "spec": {
        "selector": {"matchLabels": {"app": "store"}},
        "template": {
            "metadata": {"labels": {"app": "store"}},
            "spec": {
                "containers": [
                    {
                        "name": "victoria-logs",
                        "image": images.VICTORIA_LOGS,
                        "args": [
                            "-storageDataPath=/data",
                            "-httpAuth.username=okta",
                            "-httpAuth.password=file:///secret/password",
                        ],
                        "readinessProbe": {"httpGet": {"port": PORT, "path": "/health"}, "periodSeconds": 1},
                        "volumeMounts": [
                            {"name": "data", "mountPath": "/data"},
                            {"name": "secret", "mountPath": "/secret"},
                        ],
                    }
                ],
                "securityContext": {"fsGroup": 65532},
                "terminationGracePeriodSeconds": 0,
                "volumes": [
                    {"name": "data", "emptyDir": {}},
                    {"name": "secret", "secret": {"secretName": "store"}},
                ],
            },
        },
    },
}
