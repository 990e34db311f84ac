"""The pods of a hook that have a dispatcher, and the token of their admin ports."""

from __future__ import annotations

from base64 import b64decode
from dataclasses import dataclass, field

import msgspec

from okta_hooks.api.group import GROUP
from okta_hooks.api.resource import OKTA_EVENT_HOOK
from okta_hooks.cli.cluster.address import HookAddress
from okta_hooks.cli.cluster.kubectl import Kubectl
from okta_hooks.cli.failures import NotThere
from okta_hooks.kube.children import names
from okta_hooks.kube.children.metadata import DISPATCHER, identity


class _Metadata(msgspec.Struct, frozen=True, rename="camel"):
    name: str
    namespace: str
    deletion_timestamp: str | None = None


class _Hook(msgspec.Struct, frozen=True):
    metadata: _Metadata


class _Secret(msgspec.Struct, frozen=True):
    data: dict[str, str] = {}


class _Container(msgspec.Struct, frozen=True):
    name: str


class _PodSpec(msgspec.Struct, frozen=True):
    containers: tuple[_Container, ...]


class _PodStatus(msgspec.Struct, frozen=True):
    phase: str = ""


class _Pod(msgspec.Struct, frozen=True):
    metadata: _Metadata
    spec: _PodSpec
    status: _PodStatus = _PodStatus()

    @property
    def dispatches(self) -> bool:
        """Whether a dispatcher may be running there."""
        has_one = any(container.name == DISPATCHER for container in self.spec.containers)
        return has_one and self.status.phase == "Running" and self.metadata.deletion_timestamp is None


class _Pods(msgspec.Struct, frozen=True):
    items: tuple[_Pod, ...]


@dataclass(frozen=True)
class Found:
    """Where a hook's dispatcher is.

    Args:
        pods: Names of pods that run one; with a distributed journal, one of several is in charge.
        token: What their admin ports want to see.
    """

    pods: tuple[str, ...]
    token: str = field(repr=False)


def find(kubectl: Kubectl, hook: HookAddress) -> Found:
    """Look a hook up.

    Raises:
        Failed, NotAllowed, NotThere: It, its Secret or its pods can't be had.
    """
    what = f"the hook {hook}"
    found = kubectl.get(_Hook, what, f"{OKTA_EVENT_HOOK.plural}.{GROUP}", hook.name)
    where = f"{found.metadata.namespace}/{hook.name}"
    secret_name = names.admin(hook.name)
    secret = kubectl.get(_Secret, f"the Secret {secret_name} of the hook {where}", "secret", secret_name)
    if names.TOKEN_KEY not in secret.data:
        raise NotThere(f"the Secret {secret_name} of the hook {where} has no token: let the operator make it again")
    selector = ",".join(f"{label}={value}" for label, value in identity(hook.name).items())
    pods = kubectl.get(_Pods, f"the pods of the hook {where}", "pods", f"--selector={selector}")
    running = tuple(pod.metadata.name for pod in pods.items if pod.dispatches)
    if not running:
        raise NotThere(f"the hook {where} has no pod that runs: see `kubectl describe oktaeventhook {hook.name}`")
    return Found(running, b64decode(secret.data[names.TOKEN_KEY]).decode())
