"""Whoever has a hook in a namespace of their own, in a cluster with the operator and a simulated organisation."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from pydantic import JsonValue

from cluster.waiting import eventually
from localcluster.cluster import Cluster
from okta_hooks.kube.children import names
from okta_simulator.control import requests
from okta_simulator.control.client import BlockingControlClient
from okta_simulator.ground_truth import HookFate

API_VERSION = "oktahooks.dev/v1alpha1"
EXPOSURES: dict[str, JsonValue] = {
    "an Ingress": {"ingress": {"host": "by-ingress.hooks.test"}},
    "an HTTPRoute": {
        "httpRoute": {
            "hostname": "by-route.hooks.test",
            "parentRefs": [{"name": "gateway", "namespace": "kube-system", "sectionName": "https"}],
        }
    },
}
ORG: JsonValue = {
    "apiVersion": API_VERSION,
    "kind": "OktaOrg",
    "metadata": {"name": "default"},
    "spec": {
        "url": "https://acme.okta.svc",
        "auth": {"apiToken": {"secretRef": {"name": "okta", "key": "token"}}},
        "caSecretRef": {"name": "okta", "key": "ca.crt"},
    },
}


def hook(exposure: JsonValue) -> JsonValue:
    return {
        "apiVersion": API_VERSION,
        "kind": "OktaEventHook",
        "metadata": {"name": "sign-ins"},
        "spec": {
            "eventTypes": ["user.session.start"],
            "exposure": exposure,
            "receiver": {"journal": {"emptyDir": {}}},
            "sinks": [{"name": "log", "stdout": {}}],
        },
    }


@dataclass(frozen=True)
class Team:
    """Them, and where."""

    cluster: Cluster
    okta: BlockingControlClient
    namespace: str

    def kubectl(self, *arguments: str, stdin: str | None = None) -> str:
        return self.cluster.kubectl("--namespace", self.namespace, *arguments, stdin=stdin)

    def apply(self, *objects: JsonValue) -> None:
        for each in objects:
            self.kubectl("apply", "--filename=-", stdin=json.dumps(each))
        self.kubectl("wait", "oktaeventhook/sign-ins", "--for=condition=Ready", "--timeout=60s")

    def sign_in(self) -> str:
        """Let somebody sign in, and wait until the receiver has acknowledged the event, whose uuid it gives."""
        (uuid,) = self.okta(requests.emit(types=["user.session.start"])).uuids
        assert eventually(lambda: self.fate(uuid).outcome == "acknowledged")
        return uuid

    def fate(self, uuid: str) -> HookFate:
        hook_id = self.kubectl("get", "oktaeventhook/sign-ins", "--output=jsonpath={.status.hookId}")
        return self.okta(requests.truth_of(uuid)).hooks[hook_id]

    def has_passed_on(self, uuids: Sequence[str]) -> bool:
        """Whether the dispatcher that runs now has written these events to its sink."""
        log = self.kubectl("logs", f"deployment/{names.receiver('sign-ins')}", "--container=dispatcher")
        return all(uuid in log for uuid in uuids)
