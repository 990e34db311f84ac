"""What children are made from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from okta_hooks.api.endpoint import public_path
from okta_hooks.api.okta_event_hook import OktaEventHookSpec
from okta_hooks.kube.children.proxy import Proxy

AccessMode = Literal["ReadWriteOncePod", "ReadWriteOnce"]


@dataclass(frozen=True)
class Hook:
    """An OktaEventHook that has children."""

    namespace: str
    name: str
    uid: str
    spec: OktaEventHookSpec

    @property
    def path(self) -> str:
        """The path on which Okta calls."""
        return public_path(self.spec.exposure, namespace=self.namespace, name=self.name)

    @property
    def is_managed(self) -> bool:
        """Whether the operator runs the receiver."""
        return self.spec.receiver is None or self.spec.receiver.mode != "External"


@dataclass(frozen=True)
class Installation:
    """What is the same for all hooks of an operator.

    Args:
        namespace: The operator's own, whose pods alone may reach the admin ports.
        image: The image of receiver and dispatcher: that of the operator itself.
        image_pull_policy: When nodes fetch it.
        image_pull_secrets: Names of Secrets, in each hook's namespace, with a registry's credentials.
        access_mode: Of volume claims: ReadWriteOncePod keeps a second pod from the volume (Kubernetes 1.29, CSI
            drivers); ReadWriteOnce, where the driver cannot, leaves that to the journal's own lock.
        monitoring_namespaces: Namespaces whose pods may fetch metrics.
        proxy: Through which sinks over HTTP are called; None where they are called directly.
        cluster_name: What every event says of the cluster; empty where nobody has given it a name.
    """

    namespace: str
    image: str
    image_pull_policy: Literal["Always", "IfNotPresent", "Never"] = "IfNotPresent"
    image_pull_secrets: tuple[str, ...] = ()
    access_mode: AccessMode = "ReadWriteOncePod"
    monitoring_namespaces: tuple[str, ...] = ()
    proxy: Proxy | None = None
    cluster_name: str = ""


@dataclass(frozen=True)
class SecretValues:
    """The secrets that the operator makes or keeps for a hook; never printed.

    Args:
        admin_token: With which the operator calls the admin ports.
        current: What Okta is to send, whether the user's Secret or the operator itself says so.
        previous: What Okta may still send during a change of secret.
        sinks: Credentials of sinks, by their key in the hook's Secret.
    """

    admin_token: str = field(repr=False)
    current: str = field(repr=False)
    previous: str | None = field(default=None, repr=False)
    sinks: Mapping[str, bytes] = field(default_factory=dict, repr=False)
