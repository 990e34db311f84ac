"""Objects of Kubernetes as plain JSON, and what tells one from another."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from pydantic import Field, JsonValue

from okta_hooks.api.model import ApiModel

JsonObject = dict[str, JsonValue]
"""An object as the API takes and gives it. What is read from one is read through a model, such as `Manifest`."""


@dataclass(frozen=True)
class Resource:
    """A kind as the API serves it.

    Args:
        api_version: Group and version, such as `apps/v1`, or `v1`.
        kind: Such as `Deployment`.
        plural: Its part of an address, such as `deployments`.
    """

    api_version: str
    kind: str
    plural: str

    @property
    def group(self) -> str:
        """The API group; empty for the core."""
        return self.api_version.rpartition("/")[0]

    def path(self, namespace: str, name: str = "", subresource: str = "") -> str:
        """The address of one object, or of all; an empty namespace is for objects that have none."""
        root = "/apis" if self.group else "/api"
        home = ["namespaces", namespace] if namespace else []
        parts = [*home, self.plural, *([name] if name else []), *([subresource] if subresource else [])]
        return f"{root}/{self.api_version}/" + "/".join(quote(part, safe="") for part in parts)


@dataclass(frozen=True)
class ObjectKey:
    """Which object of a kind."""

    namespace: str
    name: str

    def __str__(self) -> str:
        return f"{self.namespace}/{self.name}" if self.namespace else self.name


class OwnerReference(ApiModel):
    """Whose object it is."""

    uid: str
    controller: bool = False


class Metadata(ApiModel):
    """What every object has; fields that are not sent yet are empty."""

    name: str
    namespace: str = ""
    uid: str = ""
    resource_version: str = ""
    generation: int = 0
    deletion_timestamp: str | None = None
    labels: dict[str, str] = Field(default_factory=dict)
    annotations: dict[str, str] = Field(default_factory=dict)
    finalizers: tuple[str, ...] = ()
    owner_references: tuple[OwnerReference, ...] = ()

    @property
    def key(self) -> ObjectKey:
        """Which object of its kind it is."""
        return ObjectKey(self.namespace, self.name)


class Manifest(ApiModel):
    """The part of an object that says what it is."""

    api_version: str
    kind: str
    metadata: Metadata

    @property
    def key(self) -> ObjectKey:
        """Which object of its kind it is."""
        return self.metadata.key

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


def micro_time(moment: datetime) -> str:
    """A moment in UTC as `metav1.MicroTime` has it."""
    return moment.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
