"""What is reconciled: one object."""

from __future__ import annotations

from dataclasses import dataclass

from okta_hooks.kube.objects import ObjectKey, Resource


@dataclass(frozen=True)
class WorkKey:
    """An object by its kind and name; it may be gone by the time somebody looks."""

    resource: Resource
    key: ObjectKey

    def __str__(self) -> str:
        return f"{self.resource.kind} {self.key}"
