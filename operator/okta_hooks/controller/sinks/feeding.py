"""All that is needed to feed a hook's sinks, and what is in the way: one sink's trouble is not another's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from okta_hooks.controller.blocked import Blocked
from okta_hooks.controller.hooks.hook_object import HookObject
from okta_hooks.controller.secret_watch import Named
from okta_hooks.controller.secrets import SecretReader
from okta_hooks.controller.sinks.resolving import FoundSink, NoSink, SinkResolver
from okta_hooks.kube.children.feeds import Feed
from okta_hooks.reconcile.problem import Problem
from okta_hooks.reconcile.routes import wrong_routes


@dataclass(frozen=True)
class Feeding:
    """What was found.

    Args:
        feeds: The sinks that can be told to the dispatcher. One whose credential is missing is among them: so its place
            in the journal is kept until the credential comes.
        named: The Secrets that they name.
        credentials: What those hold, by the key in the hook's own Secret.
        problems: What is wrong with a sink, by its name.
        routes: What is wrong with routes.
    """

    feeds: tuple[Feed, ...] = ()
    named: frozenset[Named] = frozenset()
    credentials: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    problems: Mapping[str, Problem] = field(default_factory=dict)
    routes: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Feeder:
    """Finds out.

    Args:
        resolver: Follows references.
        secrets: Reads Secrets.
    """

    resolver: SinkResolver
    secrets: SecretReader

    async def look(self, hook: HookObject) -> Feeding:
        """What feeds the sinks of a hook; nothing where its endpoint is the user's own.

        Raises:
            KubernetesError: Something could not be read.
        """
        if not hook.subject().is_managed:
            return Feeding()
        namespace = hook.metadata.namespace
        resolved = [await self.resolver.resolve(namespace, sink) for sink in hook.spec.sinks or ()]
        found = [each for each in resolved if isinstance(each, FoundSink)]
        credentials, missing = await self._read(found)
        return Feeding(
            feeds=tuple(each.feed for each in found),
            named=frozenset(named for each in found for named in each.credentials.values()),
            credentials=credentials,
            problems={**missing, **{each.name: each.problem for each in resolved if isinstance(each, NoSink)}},
            routes=wrong_routes(hook.spec.routes or ()),
        )

    async def _read(self, found: Sequence[FoundSink]) -> tuple[Mapping[str, bytes], Mapping[str, Problem]]:
        values: dict[str, bytes] = {}
        problems: dict[str, Problem] = {}
        for sink in found:
            for what, named in sink.credentials.items():
                try:
                    values[sink.feed.key(what)] = await self.secrets.value(named.namespace, named.reference)
                except Blocked as blocked:
                    problems[sink.feed.name] = blocked.problem
        return values, problems
