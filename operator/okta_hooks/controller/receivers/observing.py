"""Everything that is there of a hook's receiver: its children, its pods, and what these say."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from okta_hooks.controller.receivers.asking import Answers, Asker
from okta_hooks.kube.children import names
from okta_hooks.kube.children.metadata import identity
from okta_hooks.kube.children.subject import Hook
from okta_hooks.kube.difference import Live
from okta_hooks.kube.objects import JsonObject, ObjectKey, Resource
from okta_hooks.kube.resources import CLAIM, DEPLOYMENT, POD
from okta_hooks.kube.rollout import Workload, observe_receiver
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


class Lister(Protocol):
    """Lists objects."""

    async def list(
        self, resource: Resource, namespace: str, labels: Mapping[str, str] | None = None
    ) -> tuple[JsonObject, ...]:
        """See `KubernetesApi`."""


@dataclass(frozen=True)
class ReceiverObserver:
    """Looks at receivers.

    Args:
        api: Where pods are.
        asker: Asks them.
        pauses: After which a receiver that has just been started is asked again, since Kubernetes, which looks once a
            second, tells of it later.
    """

    api: Lister
    asker: Asker
    pauses: Sequence[timedelta] = (
        timedelta(milliseconds=100),
        timedelta(milliseconds=200),
        timedelta(milliseconds=400),
    )

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
        workload = _workload(hook, live, pods)
        answers = await self._ask(pods, token)
        is_starting = observe_receiver(workload).is_running
        for pause in self.pauses if is_starting else ():
            if any(each.receiver is not None for each in answers):
                break
            await asyncio.sleep(pause.total_seconds())
            answers = await self._ask(pods, token)
        return Seen(workload, answers)

    async def _ask(self, pods: Sequence[Pod], token: str) -> Sequence[Answers]:
        addresses = [pod.status.pod_ip for pod in pods if pod.status.pod_ip and not pod.metadata.deletion_timestamp]
        return await asyncio.gather(*(self.asker.ask(address, token) for address in addresses))


def _workload(hook: Hook, live: Live, pods: Sequence[Pod]) -> Workload:
    deployment = live.get((DEPLOYMENT, ObjectKey(hook.namespace, names.receiver(hook.name))))
    claim = live.get((CLAIM, ObjectKey(hook.namespace, names.journal(hook.name))))
    return Workload(
        deployment=Deployment.model_validate(deployment) if deployment is not None else None,
        pods=pods,
        claim=Claim.model_validate(claim) if claim is not None else None,
    )
