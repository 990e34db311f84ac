"""How an operator is set up: given by the command line or the environment, and the same for all its life."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from okta_hooks.kube.children.subject import Installation
from okta_hooks.reconcile.allowances import Allowance
from okta_hooks.system_log.gaps import GRACE


@dataclass(frozen=True)
class Settings:
    """What an operator is told.

    Args:
        installation: What its receivers have in common; its namespace is the operator's own.
        installation_id: Marks what it owns in Okta; the uid of the namespace kube-system where None.
        identity: Its name among replicas: that of its pod.
        allowances: What hooks may choose for what runs for them, beyond what every hook may.
        namespaces: Where it serves hooks; every namespace where empty.
        kubeconfig: How it reaches Kubernetes; as the pod that it is where None.
        probe_trust: PEM file of authorities to trust when it calls public addresses; the public ones where None.
        give_up_after: How long the deletion of a hook waits for an Okta that cannot be reached.
        missed_after: What Okta is given to deliver an event that its log has, before it counts as missed.
        port: Where it answers probes and gives metrics.
        workers: Objects looked at at the same time; one that waits for its organisation's rate limit counts, so that
            these are to be more than a few organisations can hold up.
    """

    installation: Installation
    installation_id: str | None
    identity: str
    allowances: tuple[Allowance, ...] = ()
    namespaces: tuple[str, ...] = ()
    kubeconfig: Path | None = None
    probe_trust: Path | None = None
    give_up_after: timedelta = timedelta(minutes=10)
    missed_after: timedelta = GRACE
    port: int = 8080
    workers: int = 500

    @property
    def namespace(self) -> str:
        """The operator's own namespace, where Secrets of ClusterOktaOrgs are."""
        return self.installation.namespace

    @property
    def is_cluster_wide(self) -> bool:
        """Whether it serves every namespace; otherwise it has no ClusterOktaOrgs either."""
        return not self.namespaces
