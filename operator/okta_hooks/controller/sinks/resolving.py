"""What each sink of a hook is: inline, or an object that it names and may use."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from okta_hooks.api.conditions import Reason
from okta_hooks.api.okta_event_hook import OktaEventHookSpec
from okta_hooks.api.sinks.credentials import credentials
from okta_hooks.api.sinks.hook_sink import HookSink, SinkRef
from okta_hooks.api.sinks.okta_event_sink import ClusterOktaEventSinkSpec, OktaEventSinkSpec
from okta_hooks.controller.secret_watch import Named
from okta_hooks.controller.selecting import is_selected, written
from okta_hooks.controller.work_key import WorkKey
from okta_hooks.kube import errors
from okta_hooks.kube.api import KubernetesApi
from okta_hooks.kube.children.feeds import Feed, feed
from okta_hooks.kube.objects import ObjectKey
from okta_hooks.kube.resources import CLUSTER_SINK, SINK
from okta_hooks.reconcile.problem import Problem


@dataclass(frozen=True)
class FoundSink:
    """A sink that can be fed.

    Args:
        feed: How.
        credentials: Where its credentials are, by what each is for.
    """

    feed: Feed
    credentials: Mapping[str, Named] = field(default_factory=dict)


@dataclass(frozen=True)
class NoSink:
    """A sink that cannot be fed, and why."""

    name: str
    problem: Problem


@dataclass(frozen=True)
class SinkResolver:
    """Follows references.

    Args:
        api: Where objects are.
        operator_namespace: Where the Secrets of ClusterOktaEventSinks are.
        is_cluster_wide: Whether there are ClusterOktaEventSinks for this operator.
    """

    api: KubernetesApi
    operator_namespace: str
    is_cluster_wide: bool

    async def resolve(self, namespace: str, sink: HookSink) -> FoundSink | NoSink:
        """What a sink of a hook in a namespace is.

        Raises:
            KubernetesError: What it names could not be read.
        """
        if sink.ref is None:
            found = feed(sink)
            return FoundSink(found, _named(found, namespace, namespace, sink))
        work = referred(namespace, sink.ref)
        shared = await self._read(work)
        if shared is None:
            sentence = f"there is no {work}: create it, or take the sink out of spec.sinks."
            return NoSink(sink.name, Problem(Reason.SINK_NOT_FOUND, sentence, for_people=True))
        refusal = await self._refusal(work, shared, namespace)
        if refusal is not None:
            return NoSink(sink.name, refusal)
        found = feed(sink, shared)
        home = work.key.namespace or self.operator_namespace
        return FoundSink(found, _named(found, home, namespace, sink))

    async def _read(self, work: WorkKey) -> OktaEventSinkSpec | None:
        if work.resource == CLUSTER_SINK and not self.is_cluster_wide:
            return None
        try:
            read = await self.api.get(work.resource, work.key)
        except errors.NotFound:
            return None
        kind = ClusterOktaEventSinkSpec if work.resource == CLUSTER_SINK else OktaEventSinkSpec
        return kind.model_validate(read["spec"])

    async def _refusal(self, work: WorkKey, shared: OktaEventSinkSpec, namespace: str) -> Problem | None:
        selector = shared.namespace_selector if isinstance(shared, ClusterOktaEventSinkSpec) else None
        if selector is None or await is_selected(self.api, selector, namespace):
            return None
        return Problem(
            Reason.SINK_NOT_ALLOWED,
            f"{work} does not serve namespace {namespace}: label the namespace {written(selector)}, or name another"
            " sink.",
            for_people=True,
        )


def shared_sinks(namespace: str, spec: OktaEventHookSpec) -> tuple[WorkKey, ...]:
    """The objects that a hook's sinks name, whether they exist or not."""
    return tuple(referred(namespace, sink.ref) for sink in spec.sinks or () if sink.ref is not None)


def referred(namespace: str, reference: SinkRef) -> WorkKey:
    """The object that a reference of a hook in a namespace names."""
    if reference.kind == "ClusterOktaEventSink":
        return WorkKey(CLUSTER_SINK, ObjectKey("", reference.name))
    return WorkKey(SINK, ObjectKey(namespace, reference.name))


def _named(found: Feed, home: str, namespace: str, sink: HookSink) -> Mapping[str, Named]:
    """Credentials are in the namespace of whoever names them: the sink's object, or the hook."""
    wanted = found.options.format
    owner = namespace if sink.format is not None else home
    of_format = credentials(wanted) if wanted is not None else {}
    return {
        **{what: Named(home, reference) for what, reference in credentials(found.to.chosen).items()},
        **{what: Named(owner, reference) for what, reference in of_format.items()},
    }
