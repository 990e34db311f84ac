"""One look at a shared sink: whether its Secrets are there, and what the hooks that use it say."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from pydantic import Field

from okta_hooks.api.model import ApiModel
from okta_hooks.api.sinks.credentials import credentials
from okta_hooks.api.sinks.okta_event_sink import OktaEventSinkSpec, OktaEventSinkStatus
from okta_hooks.controller.blocked import Blocked
from okta_hooks.controller.intervals import next_look
from okta_hooks.controller.secret_watch import Named, SecretWatch
from okta_hooks.controller.secrets import SecretReader
from okta_hooks.controller.sinks.status import status, without_numbers
from okta_hooks.controller.sinks.users import users
from okta_hooks.controller.status_writer import StatusWriter
from okta_hooks.controller.work_key import WorkKey
from okta_hooks.kube import errors
from okta_hooks.kube.api import KubernetesApi
from okta_hooks.kube.objects import Metadata
from okta_hooks.reconcile.problem import Problem
from okta_hooks.reconcile.status import COUNTERS_EVERY


class SinkObject(ApiModel):
    """An OktaEventSink or ClusterOktaEventSink as it was read."""

    metadata: Metadata
    spec: OktaEventSinkSpec
    status: OktaEventSinkStatus = Field(default_factory=OktaEventSinkStatus)


@dataclass(frozen=True)
class SinkReconciler:
    """Reconciles shared sinks.

    Args:
        api: Where objects are.
        operator_namespace: Where the Secrets of ClusterOktaEventSinks are.
        secrets: Reads Secrets.
        watch: Looks at those that are named.
        writer: Writes statuses.
        clock: Tells the time.
    """

    api: KubernetesApi
    operator_namespace: str
    secrets: SecretReader
    watch: SecretWatch
    writer: StatusWriter
    clock: Callable[[], datetime]
    _written_at: dict[WorkKey, datetime] = field(default_factory=dict)

    async def reconcile(self, work: WorkKey) -> timedelta | None:
        """Look at a sink; gives the time after which to look again, None when its object is gone.

        Raises:
            KubernetesError: Kubernetes did not do its part; to be tried again after a pause.
        """
        try:
            sink = SinkObject.model_validate(await self.api.get(work.resource, work.key))
        except errors.NotFound:
            self._forget(work)
            return None
        home = work.key.namespace or self.operator_namespace
        named = [Named(home, reference) for reference in credentials(sink.spec).values()]
        self.watch.names(work, named)
        problem = await self._missing(named)
        await self._tell(work, sink, problem)
        return next_look(COUNTERS_EVERY, self.clock())

    async def _missing(self, named: list[Named]) -> Problem | None:
        for each in named:
            try:
                await self.secrets.value(each.namespace, each.reference)
            except Blocked as blocked:
                return blocked.problem
        return None

    async def _tell(self, work: WorkKey, sink: SinkObject, problem: Problem | None) -> None:
        before, now = sink.status, self.clock()
        after = status(before, await users(self.api, work), problem, generation=sink.metadata.generation, now=now)
        written_at = self._written_at.get(work)
        is_news = without_numbers(before) != without_numbers(after)
        is_due = before != after and (written_at is None or now - written_at >= COUNTERS_EVERY / 2)
        page = self.writer.page(work, sink.metadata)
        await page.tell(before.conditions, after.conditions, after if is_news or is_due else None)
        if is_news or is_due:
            self._written_at[work] = now

    def _forget(self, work: WorkKey) -> None:
        self.watch.names(work, ())
        self.writer.metrics.forget(work)
        self._written_at.pop(work, None)
