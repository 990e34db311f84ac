"""What runs for a hook in the cluster: kept as it should be, and looked at."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from okta_hooks.api.conditions import Reason
from okta_hooks.api.hook_status import Deliveries, JournalState
from okta_hooks.controller.blocked import Blocked
from okta_hooks.controller.children_seen import ChildrenSeen
from okta_hooks.controller.hooks.acting import Applied
from okta_hooks.controller.hooks.hook_object import HookObject
from okta_hooks.controller.hooks.hook_secret import (
    HookSecret,
    SecretChange,
    external_secret,
    managed_secret,
    users_secret,
)
from okta_hooks.controller.hooks.kept_secrets import read_kept
from okta_hooks.controller.receivers import evidence
from okta_hooks.controller.receivers.backfilling import AdminPorts, admin_ports
from okta_hooks.controller.receivers.observing import ReceiverObserver
from okta_hooks.controller.secrets import Hashing, SecretReader
from okta_hooks.controller.sinks.evidence import SinksSeen, sinks
from okta_hooks.controller.sinks.feeding import Feeding
from okta_hooks.kube import errors
from okta_hooks.kube.children import names
from okta_hooks.kube.children.configuration import Origin
from okta_hooks.kube.children.family import Child, children
from okta_hooks.kube.children.subject import Hook, Installation
from okta_hooks.kube.difference import Live, belongs
from okta_hooks.kube.objects import ObjectKey
from okta_hooks.kube.resources import SECRET
from okta_hooks.kube.upkeep import Upkeep, existing_claim
from okta_hooks.reconcile.allowances import Allowance, denied
from okta_hooks.reconcile.evidence import Delivery, Receivers
from okta_hooks.reconcile.problem import Problem


@dataclass(frozen=True)
class Received:
    """What was found.

    Args:
        secret: What Okta is to have now.
        receivers: How the receiver does; None where the endpoint is the user's own, as are the rest.
        delivery: What arrived.
        deliveries: The same in numbers.
        journal: What is kept of it.
        requests: What receivers made of it.
        sinks: How sinks do.
        admin: Where its processes are asked; None where they do not answer.
    """

    secret: HookSecret = field(repr=False)
    receivers: Receivers | None = None
    delivery: Delivery | None = None
    deliveries: Deliveries | None = None
    journal: JournalState | None = None
    requests: evidence.Requests | None = None
    sinks: SinksSeen | None = None
    admin: AdminPorts | None = None

    @property
    def is_ready(self) -> bool:
        """Whether a receiver can take events."""
        return self.receivers is not None and self.receivers.ready >= 1


@dataclass(frozen=True)
class Receiving:
    """Keeps and observes what runs for hooks.

    Args:
        installation: What all receivers have in common.
        allowances: What hooks may choose for theirs.
        secrets: Reads Secrets.
        hashing: Compares them.
        upkeep: Keeps children.
        seen: Remembers them.
        observer: Looks at receivers.
        clock: Tells the time.
    """

    installation: Installation
    allowances: tuple[Allowance, ...]
    secrets: SecretReader
    hashing: Hashing
    upkeep: Upkeep
    seen: ChildrenSeen
    observer: ReceiverObserver
    clock: Callable[[], datetime]

    async def attend(self, hook: HookObject, org_url: str, applied: Applied, feeding: Feeding) -> Received:
        """Let what should run for a hook be there, and look at it.

        Args:
            hook: The hook.
            org_url: Where its events come from.
            applied: What Okta has of it.
            feeding: What feeds its sinks.

        Raises:
            Blocked: The secret that the spec names is not there, or the operator's own could not be written.
            KubernetesError: Kubernetes did not do its part.
        """
        given = await users_secret(hook, self.secrets)
        subject, key = hook.subject(), hook.metadata.key
        changes = self.seen.changes(key)
        remembered = self.seen.of(key)
        live = remembered if remembered is not None else await self.upkeep.observe(subject)
        if not subject.is_managed:
            await self._keep(hook, (), live, changes)
            return Received(external_secret(given, self.hashing))
        kept = await read_kept(hook, self.secrets)
        seen = await self.observer.look(subject, live, kept.admin_token)
        rotation = hook.spec.auth.rotation if hook.spec.auth is not None else None
        change = SecretChange(given, kept, applied, rotation, seen.answers, self.clock())
        secret, values = managed_secret(change, self.hashing)
        values = replace(values, sinks=feeding.credentials)
        origin = Origin(org_url, applied.hook_id, self.installation.cluster_name)
        claim = existing_claim(subject, live)
        wanted = children(subject, self.installation, origin, values, existing_claim=claim, feeds=feeding.feeds)
        refusal = await self._keep(hook, wanted, live, changes)
        if refusal is not None and not _has_secret(subject, live):
            raise Blocked(refusal)  # Okta is given nothing that no receiver will know
        return Received(
            secret=secret,
            receivers=Receivers(problem=refusal) if refusal is not None else evidence.receivers(seen, hook.spec),
            delivery=evidence.delivery(seen),
            deliveries=evidence.deliveries(seen),
            journal=evidence.journal(seen),
            requests=evidence.requests(seen),
            sinks=sinks(seen, hook.spec, feeding),
            admin=admin_ports(seen.answers, kept.admin_token),
        )

    def forget(self, key: ObjectKey) -> None:
        """A hook is gone."""
        self.upkeep.forget(key)
        self.seen.forget(key)

    async def _keep(self, hook: HookObject, wanted: Sequence[Child], live: Live, changes: int) -> Problem | None:
        """Apply and delete; what is not allowed, or the API server would not have, is for people to see to."""
        if hook.spec.suspend:
            return None
        refusal = denied(hook.spec, self.allowances)
        if refusal is not None:
            return refusal
        try:
            kept = await self.upkeep.keep(hook.subject(), wanted, live)
        except (errors.Taken, errors.Refused, errors.Forbidden) as error:
            return Problem(Reason.CHILD_REFUSED, f"Kubernetes refused: {error}.", for_people=True)
        self.seen.saw(hook.metadata.key, kept.live, changes)
        return None


def _has_secret(hook: Hook, live: Live) -> bool:
    """Whether what receivers accept is kept in a Secret of the operator's own making."""
    found = live.get((SECRET, ObjectKey(hook.namespace, names.hook_secret(hook.name))))
    return found is not None and belongs(hook, SECRET, found)
