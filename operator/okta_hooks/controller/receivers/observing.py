"""Everything that is there of a hook's receiver: its children, its pods, and what these say."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from okta_hooks.controller.receivers.asking import Answers, Asker
from okta_hooks.kube.api import KubernetesApi
from okta_hooks.kube.children import names
from okta_hooks.kube.children.metadata import identity
from okta_hooks.kube.children.subject import Hook
from okta_hooks.kube.difference import Live
from okta_hooks.kube.objects import ObjectKey
from okta_hooks.kube.resources import CLAIM, DEPLOYMENT, POD
from okta_hooks.kube.rollout import Workload
from okta_hooks.kube.workload import Claim, Deployment, Pod


@dataclass(frozen=True)
class Seen:
    """What was seen.

    Args:
        workload: What Kubernetes says.
        answers: What the processes of each pod say.
    """

    workload: Workload
    answers: Sequence[Answers]


@dataclass(frozen=True)
class ReceiverObserver:
    """Looks at receivers.

    Args:
        api: Where pods are.
        asker: Asks them.
    """

    api: KubernetesApi
    asker: Asker

    async def look(self, hook: Hook, live: Live, token: str) -> Seen:
        """Look at a hook's receiver.

        Args:
            hook: Whose.
            live: Its children.
            token: What its pods know the operator by.

        Raises:
            KubernetesError: Its pods could not be listed.
        """
        pods = [Pod.model_validate(each) for each in await self.api.list(POD, hook.namespace, identity(hook.name))]
        addresses = [pod.status.pod_ip for pod in pods if pod.status.pod_ip and not pod.metadata.deletion_timestamp]
        answers = await asyncio.gather(*(self.asker.ask(address, token) for address in addresses))
        deployment = live.get((DEPLOYMENT, ObjectKey(hook.namespace, names.receiver(hook.name))))
        claim = live.get((CLAIM, ObjectKey(hook.namespace, names.journal(hook.name))))
        workload = Workload(
            deployment=Deployment.model_validate(deployment) if deployment is not None else None,
            pods=pods,
            claim=Claim.model_validate(claim) if claim is not None else None,
        )
        return Seen(workload, answers)
