"""The hooks that use a shared sink, and what their statuses say of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pydantic import Field

from okta_hooks.api.hook_status import SinkStatus
from okta_hooks.api.model import ApiModel
from okta_hooks.api.sinks.hook_sink import SinkRef
from okta_hooks.controller.sinks.resolving import referred
from okta_hooks.controller.work_key import WorkKey
from okta_hooks.kube.api import KubernetesApi
from okta_hooks.kube.objects import Metadata, ObjectKey
from okta_hooks.kube.resources import HOOK


class _Named(ApiModel):
    name: str
    ref: SinkRef | None = None


class _Spec(ApiModel):
    sinks: tuple[_Named, ...] = ()


class _Status(ApiModel):
    sinks: tuple[SinkStatus, ...] = ()


class _Hook(ApiModel):
    """What matters here of a hook; all else of hundreds of them need not be read."""

    metadata: Metadata
    spec: _Spec
    status: _Status = Field(default_factory=_Status)


@dataclass(frozen=True)
class User:
    """A hook that uses the sink.

    Args:
        hook: Which.
        told: What its status says, for each of its sinks that is this one.
    """

    hook: ObjectKey
    told: tuple[SinkStatus, ...]


async def users(api: KubernetesApi, sink: WorkKey) -> tuple[User, ...]:
    """The hooks that name a shared sink; those of its own namespace, if it has one.

    Raises:
        KubernetesError: They could not be listed.
    """
    hooks = [_Hook.model_validate(each) for each in await api.list(HOOK, sink.key.namespace)]
    found = ((hook.metadata.key, _told(hook, sink)) for hook in hooks)
    return tuple(User(hook, tuple(told)) for hook, told in found if told is not None)


def _told(hook: _Hook, sink: WorkKey) -> Sequence[SinkStatus] | None:
    """What a hook says of a sink; None where it does not use it."""
    namespace = hook.metadata.namespace
    names = {each.name for each in hook.spec.sinks if each.ref is not None and referred(namespace, each.ref) == sink}
    return [each for each in hook.status.sinks if each.name in names] if names else None
