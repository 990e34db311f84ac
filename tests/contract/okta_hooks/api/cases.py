"""Objects that a table changes, to have them accepted or refused."""

from __future__ import annotations

import copy
from dataclasses import dataclass

from pydantic import JsonValue

Object = dict[str, JsonValue]

HOOK: Object = {
    "apiVersion": "oktahooks.dev/v1alpha1",
    "kind": "OktaEventHook",
    "metadata": {"name": "sign-ins"},
    "spec": {"eventTypes": ["user.session.start"], "exposure": {"url": "https://hooks.example.com/sign-ins"}},
}
ORG: Object = {
    "apiVersion": "oktahooks.dev/v1alpha1",
    "kind": "OktaOrg",
    "metadata": {"name": "default"},
    "spec": {
        "url": "https://example.okta.com",
        "auth": {"apiToken": {"secretRef": {"name": "okta", "key": "token"}}},
    },
}
CLUSTER_ORG: Object = {**ORG, "kind": "ClusterOktaOrg"}
SINK: Object = {
    "apiVersion": "oktahooks.dev/v1alpha1",
    "kind": "OktaEventSink",
    "metadata": {"name": "siem"},
    "spec": {"stdout": {}},
}
CLUSTER_SINK: Object = {**SINK, "kind": "ClusterOktaEventSink"}
SECRET: JsonValue = {"name": "mine", "key": "secret"}


@dataclass(frozen=True)
class Case:
    """A change of a valid object: what is put under `spec` (None takes away)."""

    name: str
    base: Object
    spec: Object
    refusal: str = ""
    metadata_name: str = ""

    def document(self) -> Object:
        """The object as it is applied."""
        document = copy.deepcopy(self.base)
        spec = document["spec"]
        metadata = document["metadata"]
        assert isinstance(spec, dict)
        assert isinstance(metadata, dict)
        spec.update(self.spec)
        document["spec"] = {key: value for key, value in spec.items() if value is not None}
        metadata["name"] = self.metadata_name or metadata["name"]
        return document
