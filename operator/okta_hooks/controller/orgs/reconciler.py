"""One look at an organisation: the list of its hooks that all of them share, and what it says of the organisation."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from pydantic import Field

from okta_hooks.api.model import ApiModel
from okta_hooks.api.okta_org import OktaOrgStatus
from okta_hooks.controller.bindings import Bindings
from okta_hooks.controller.blocked import Blocked
from okta_hooks.controller.connections.access import Access
from okta_hooks.controller.connections.credentials import named_secrets
from okta_hooks.controller.intervals import next_look, resync_interval
from okta_hooks.controller.orgs.orphans import Orphans
from okta_hooks.controller.orgs.resolving import FoundOrg, found_org
from okta_hooks.controller.orgs.status import OrgReport, says_something_new, status
from okta_hooks.controller.secret_watch import Named, SecretWatch
from okta_hooks.controller.status_writer import StatusWriter
from okta_hooks.controller.system_log.pauses import poll_interval
from okta_hooks.controller.system_log.polls import Polls
from okta_hooks.controller.wishes import Wishes, wish
from okta_hooks.controller.work_key import WorkKey
from okta_hooks.kube import errors
from okta_hooks.kube.api import KubernetesApi
from okta_hooks.kube.objects import JsonObject, Metadata
from okta_hooks.okta.errors import OktaError
from okta_hooks.okta.port import HookDefinition
from okta_hooks.reconcile.refusals import explain

_NO_HOOK = HookDefinition(name="", uri="", event_types=frozenset())


class OrgObject(ApiModel):
    """An OktaOrg or ClusterOktaOrg as it was read, without its spec."""

    metadata: Metadata
    status: OktaOrgStatus = Field(default_factory=OktaOrgStatus)


@dataclass(frozen=True)
class _Look:
    """A look at an organisation.

    Args:
        wishes: Which looks the user asked for and had.
        listed_at: When the list of hooks was asked for that was seen; None where there was none.
    """

    wishes: Wishes
    listed_at: datetime | None = None


@dataclass(frozen=True)
class OrgReconciler:
    """Reconciles organisations.

    Args:
        api: Where objects are.
        operator_namespace: Where the Secrets of ClusterOktaOrgs are.
        installation_id: Marks what this operator owns in Okta.
        access: Opens organisations.
        orphans: Knows what was left behind.
        watch: Looks at the Secrets that are named.
        writer: Writes statuses.
        polls: Reads System Logs.
        bindings: Knows the hooks of an organisation.
        wake: Has a hook looked at, now that there is a new list.
        clock: Tells the time.
    """

    api: KubernetesApi
    operator_namespace: str
    installation_id: str
    access: Access
    orphans: Orphans
    watch: SecretWatch
    writer: StatusWriter
    polls: Polls
    bindings: Bindings
    wake: Callable[[WorkKey], None]
    clock: Callable[[], datetime]
    _looks: dict[WorkKey, _Look] = field(default_factory=dict)

    async def reconcile(self, work: WorkKey) -> timedelta | None:
        """Look at an organisation; gives the time after which to look again, None when its object is gone.

        Raises:
            KubernetesError: Kubernetes did not do its part; to be tried again after a pause.
        """
        try:
            read = await self.api.get(work.resource, work.key)
        except errors.NotFound:
            self.watch.names(work, ())
            self.writer.metrics.forget(work)
            self._looks.pop(work, None)
            self.access.organizations.forget_share(work)
            self.polls.forget(work)
            return None
        org = found_org(read, work, self.operator_namespace)
        self.watch.names(work, (Named(org.secrets_namespace, each) for each in named_secrets(org.spec)))
        found = OrgObject.model_validate(read)
        before = self._looks.get(work) or _Look(Wishes(found.status.handled_reconcile_at or ""))
        asked = wish(found.metadata.annotations)
        granted = before.wishes.granted(asked, self.clock())
        wishes = granted or before.wishes
        self._looks[work] = replace(before, wishes=replace(wishes, handled=before.wishes.handled))  # if this is cut
        interval = resync_interval(org.spec.resync_interval)
        age = interval / 2 if granted is None else timedelta()  # another object's list may do
        report = await self._look(org, found.status, not_before=self.clock() - age)
        await self._tell(work, read, replace(report, handled=wishes.handled))
        self._looks[work] = _Look(wishes, report.asked_at)
        if report.asked_at is None or report.asked_at != before.listed_at:
            self._wake_hooks_of(work)
        problem = report.problem
        now = self.clock()
        return next_look(interval, now, problem.until if problem else None, wishes.due(asked, now))

    def _wake_hooks_of(self, work: WorkKey) -> None:
        for hook in self.bindings.hooks_of(work):
            self.wake(hook)

    async def _look(self, org: FoundOrg, before: OktaOrgStatus, not_before: datetime) -> OrgReport:
        recorded = tuple(before.orphaned_hooks or ())
        try:
            organization = await self.access.open(org)
            self.polls.follow(org.work, organization, poll_interval(org.spec.log_poll_interval))
            listing = await organization.list(not_before)
        except Blocked as blocked:
            return OrgReport(None, self.installation_id, blocked.problem, orphans=recorded)
        except OktaError as error:
            problem = explain(error, _NO_HOOK, self.clock())
            return OrgReport(None, self.installation_id, problem, orphans=recorded)
        self.writer.metrics.remaining(org.spec.url, organization.remaining())
        return OrgReport(
            hooks=listing.hooks,
            installation=self.installation_id,
            asked_at=listing.at,
            remaining=organization.remaining(),
            missing_scopes=organization.missing_scopes(),
            orphans=self.orphans.of(org.spec.url, recorded, frozenset(hook.id for hook in listing.hooks)),
        )

    async def _tell(self, work: WorkKey, read: JsonObject, report: OrgReport) -> None:
        org, now = OrgObject.model_validate(read), self.clock()
        after = status(org.status, report, generation=org.metadata.generation, now=now)
        page = self.writer.page(work, org.metadata)
        news = after if says_something_new(org.status, after) else None
        await page.tell(org.status.conditions, after.conditions, news)
