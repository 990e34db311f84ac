"""Everything that is there of a hook's receiver: its children, its pods, and what these say."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from okta_hooks.controller.receivers.asking import Answers, Asker
from okta_hooks.kube.children import names, stream
from okta_hooks.kube.children.metadata import COMPONENT_LABEL, DISPATCHER, RECEIVER, identity
from okta_hooks.kube.children.storage import claim_name
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
        workload: What Kubernetes says of receivers.
        answers: What the processes of each pod say.
        apart: What Kubernetes says of the dispatcher where it has a pod of its own.
    """

    workload: Workload
    answers: Sequence[Answers]
    apart: Workload | None = None

    @property
    def dispatching(self) -> Workload:
        """What Kubernetes says of the dispatcher."""
        return self.apart or self.workload


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
        workload, apart = _workloads(hook, live, pods)
        answers = await self._ask(pods, token)
        is_starting = observe_receiver(workload).is_running
        for pause in self.pauses if is_starting else ():
            if any(each.receiver is not None for each in answers):
                break
            await asyncio.sleep(pause.total_seconds())
            answers = await self._ask(pods, token)
        return Seen(workload, answers, apart)

    async def _ask(self, pods: Sequence[Pod], token: str) -> Sequence[Answers]:
        reached = [pod for pod in pods if pod.status.pod_ip and not pod.metadata.deletion_timestamp]
        return await asyncio.gather(*(self.asker.ask(pod.status.pod_ip, token, _containers(pod)) for pod in reached))


def _containers(pod: Pod) -> frozenset[str]:
    """The containers of a pod; both where the kubelet has not said yet."""
    return frozenset(status.name for status in pod.status.container_statuses) or frozenset({RECEIVER, DISPATCHER})


def _workloads(hook: Hook, live: Live, pods: Sequence[Pod]) -> tuple[Workload, Workload | None]:
    """What receives, and what dispatches where that is apart."""
    claim = live.get((CLAIM, ObjectKey(hook.namespace, claim_name(hook))))
    volume = Claim.model_validate(claim) if claim is not None else None
    receivers = _deployment(live, hook, RECEIVER)
    if stream.of_hook(hook) is None:
        return Workload(receivers, pods, volume), None
    return (
        Workload(receivers, _of_component(pods, RECEIVER), has_volume=False),
        Workload(_deployment(live, hook, DISPATCHER), _of_component(pods, DISPATCHER), volume),
    )


def _deployment(live: Live, hook: Hook, component: str) -> Deployment | None:
    found = live.get((DEPLOYMENT, ObjectKey(hook.namespace, names.component(hook.name, component))))
    return Deployment.model_validate(found) if found is not None else None


def _of_component(pods: Sequence[Pod], component: str) -> Sequence[Pod]:
    return [pod for pod in pods if pod.metadata.labels.get(COMPONENT_LABEL) == component]
