"""One look at an OktaEventHook, and what follows from it. Safe to be cut at any point: the next look begins anew."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from okta_hooks.api.hook_status import SinkStatus
from okta_hooks.controller.blocked import Blocked
from okta_hooks.controller.hooks.acting import Actor, Applied, State
from okta_hooks.controller.hooks.hook_object import FINALIZER, HookObject
from okta_hooks.controller.hooks.memory import Memory
from okta_hooks.controller.hooks.receiving import Received
from okta_hooks.controller.hooks.reporting import report, with_gaps
from okta_hooks.controller.hooks.status import Report, applied, reachability, repairs, settled, status
from okta_hooks.controller.hooks.surroundings import Surroundings
from okta_hooks.controller.hooks.synchronizing import Outcome, Synchronizer
from okta_hooks.controller.intervals import next_look, resync_interval
from okta_hooks.controller.orgs.resolving import FoundOrg, candidates_for
from okta_hooks.controller.secret_watch import Named
from okta_hooks.controller.sinks.feeding import Feeding
from okta_hooks.controller.sinks.resolving import shared_sinks
from okta_hooks.controller.status_writer import StatusPage
from okta_hooks.controller.transitions import of_repairs
from okta_hooks.controller.wishes import Wishes
from okta_hooks.controller.work_key import WorkKey
from okta_hooks.kube import errors
from okta_hooks.kube.objects import ObjectKey
from okta_hooks.kube.resources import CLUSTER_SINK, HOOK, SINK
from okta_hooks.okta.port import Hook
from okta_hooks.reconcile.desired import Desired, desired
from okta_hooks.reconcile.evidence import Evidence, Synchronization
from okta_hooks.reconcile.repairs import Repair
from okta_hooks.reconcile.status import say_otherwise, worth_writing
from okta_hooks.system_log.seen import LogSeen

_WHILE_DELETING = timedelta(seconds=15)
_NUMBERS_EVERY = timedelta(minutes=1)
_HOOKS_SETTLE = timedelta(seconds=1)
"""Several hooks of one organisation or sink are made or deleted at once: it is looked at once after that."""


@dataclass(frozen=True)
class _Look:
    """One reconcile: the object, how its hook is to be, its status, and where the last reconcile ended.

    `asked_at` is now if the user has asked for a look, so that nothing older will do.
    """

    hook: HookObject
    wanted: Desired
    page: StatusPage
    known: State
    asked_at: datetime | None


@dataclass
class HookReconciler:
    """Reconciles hooks, one look at a time for each."""

    around: Surroundings
    _applied: dict[str, Applied] = field(default_factory=dict)
    _memories: dict[str, Memory] = field(default_factory=dict)
    _written_at: dict[str, datetime] = field(default_factory=dict)

    async def reconcile(self, key: ObjectKey) -> timedelta | None:
        """Look at a hook and do what can be done; gives the time after which to look again, None when it is gone.

        Raises:
            KubernetesError: Kubernetes did not do its part; to be tried again after a pause.
        """
        try:
            hook = HookObject.model_validate(await self.around.api.get(HOOK, key))
        except errors.NotFound:
            self._forget(key)
            return None
        self._bind(hook)
        wanted = desired(hook.spec, hook.owner(self.around.installation_id))
        if hook.deletion_asked_at is not None:
            return await self._end(hook, wanted)
        if not hook.has_finalizer:
            hook = await self._put_finalizer_on(hook)
        return await self._go_on(hook, wanted)

    def _bind(self, hook: HookObject) -> None:
        """Also while it is being deleted: the sinks that it names count it until it is gone."""
        needed = (*_orgs_of(hook), *_sinks_of(hook))
        self._wake(_sinks_among(self.around.bindings.looked_for(WorkKey(HOOK, hook.metadata.key), needed)))

    async def _end(self, hook: HookObject, wanted: Desired) -> timedelta | None:
        if not hook.has_finalizer:
            return None
        known = self._taken(hook, wanted)
        self._memories.pop(hook.metadata.uid, None)
        self.around.gaps.end(hook)
        self.around.supplies.end(hook)
        self.around.polls.leave(WorkKey(HOOK, hook.metadata.key))
        wait = await self.around.deleter.advance(hook, wanted, known.applied)
        if wait is None:
            self._written_at.pop(hook.metadata.uid, None)
            self._wake(_orgs_of(hook) if hook.status.org is not None else ())
            return None
        evidence = Evidence(wanted, Synchronization(problem=wait.problem), blocker=_named(_orgs_of(hook)))
        await self._tell(hook, self._page(hook), Report(evidence, known.applied))
        return next_look(_WHILE_DELETING, self.around.clock(), wait.until)

    async def _put_finalizer_on(self, hook: HookObject) -> HookObject:
        """Before anything is made in Okta: else an object could go and leave its hook there."""
        metadata = hook.metadata
        finalizers = (*metadata.finalizers, FINALIZER)
        changed = await self.around.api.set_finalizers(
            HOOK, metadata.key, finalizers, resource_version=metadata.resource_version
        )
        return HookObject.model_validate(changed)

    async def _go_on(self, hook: HookObject, wanted: Desired) -> timedelta:
        look = self._begin(hook, wanted)
        feeding = await self.around.feeder.look(hook)
        self._look_at_secrets_of(hook, feeding)
        org: FoundOrg | None = None
        received: Received | None = None
        try:
            org = await self.around.resolver.resolve(hook.metadata.namespace, hook.spec.org_ref, hook.status.org)
            received = await self.around.receiving.attend(hook, org.spec.url, look.known.applied, feeding)
            outcome = await self._synchronize(look, org, received)
        except Blocked as blocked:
            problem = blocked.problem
            outcome = Outcome(look.known, Synchronization(problem=problem), again=problem.until)
        self._look_for_gaps(look, org, received, outcome)
        log = self._read_along(look, org, outcome)
        now = self.around.clock()
        awaited = outcome.state.memory.awaited.after(_statuses(received), now)
        self._keep(hook, replace(outcome.state, memory=replace(outcome.state.memory, awaited=awaited)))
        self._count(look, outcome)
        gaps = self.around.gaps.seen(hook, wanted, now)
        blocker = _named(_orgs_of(hook))
        found = report(wanted, outcome, feeding, org=org, received=received, log=log, blocker=blocker)
        found = replace(with_gaps(found, gaps, now), polled=self.around.supplies.state(hook))
        await self._tell(hook, look.page, found, outcome.state.repaired)
        if org is not None and _counts_otherwise(hook, outcome.synchronization.hook):
            self._wake((org.work,))
        secret_goes_on = received.secret.again if received is not None else None
        now = self.around.clock()
        wish_due = outcome.state.memory.wishes.due(hook.wish, now)
        return next_look(_until_next_look(look, org), now, outcome.again, secret_goes_on, wish_due, awaited.again(now))

    def _begin(self, hook: HookObject, wanted: Desired) -> _Look:
        """Where the user asked for a look, Okta and the endpoint are asked again, and counters are told at once."""
        uid, now, asked_at = hook.metadata.uid, self.around.clock(), None
        known = self._taken(hook, wanted)
        handled = known.memory.wishes.handled
        granted = known.memory.wishes.granted(hook.wish, now)
        if granted is not None:
            known, asked_at = replace(known, memory=known.memory.when_asked(granted)), now
            self._written_at.pop(uid, None)
        self._memories[uid] = known.memory.if_cut(handled)
        return _Look(hook, wanted, self._page(hook), known, asked_at)

    def _look_for_gaps(self, look: _Look, org: FoundOrg | None, received: Received | None, outcome: Outcome) -> None:
        if org is None or received is None:
            return
        opened = self.around.access.organizations.remembered(org.work)
        log = opened.log if opened is not None else None
        self.around.supplies.look(look.hook, log, received.admin)
        self.around.gaps.look(look.hook, look.wanted, outcome.synchronization.hook, log, received.admin)

    def _read_along(self, look: _Look, org: FoundOrg | None, outcome: Outcome) -> LogSeen:
        """Read the organisation's System Log from now on, and say what it has told so far."""
        if org is None:
            return LogSeen()
        hook_id = outcome.state.applied.hook_id
        readers = (*self.around.gaps.readers(look.hook), *self.around.supplies.readers(look.hook))
        self.around.polls.read_along(WorkKey(HOOK, look.hook.metadata.key), org.work, hook_id, readers)
        return self.around.polls.seen(org.work, hook_id)

    def _look_at_secrets_of(self, hook: HookObject, feeding: Feeding) -> None:
        reference = hook.spec.auth.secret_ref if hook.spec.auth is not None else None
        of_its_own = [Named(hook.metadata.namespace, reference)] if reference is not None else []
        self.around.watch.names(WorkKey(HOOK, hook.metadata.key), (*of_its_own, *feeding.named))

    async def _synchronize(self, look: _Look, org: FoundOrg, received: Received) -> Outcome:
        organization = await self.around.access.open(org)
        log = self.around.polls.seen(org.work, look.known.applied.hook_id)
        header, secret = look.wanted.definition.auth_header, received.secret
        synchronizer = Synchronizer(
            wanted=look.wanted,
            organization=organization,
            actor=Actor(organization.hooks, self.around.prober, header, secret.value),
            secret=secret.hash,
            receiver_ready=received.is_ready,
            live_uids=self.around.live_uids(),
            not_before=look.asked_at or _not_before(log, self.around.clock() - _max_age(look.hook, org)),
            credential=self.around.hashing.of(f"{organization.sign_in.auth!r} {organization.sign_in.secret}"),
            interval=_interval(look.hook, org),
            adoption_forbidden_by="" if org.spec.allows_adoption else str(org.work),
            log=log,
            forget_secret=lambda: look.page.write(look.hook.status.model_copy(update={"secret": None})),
            clock=self.around.clock,
        )
        return await synchronizer.run(_with_requests(look.known, received))

    def _taken(self, hook: HookObject, wanted: Desired) -> State:
        """Where the last reconcile ended; its status may not have been written.

        A reconcile that is cut leaves nothing of what Okta has: that is known to the status, which forgets a secret
        before Okta is given another.
        """
        uid, before = hook.metadata.uid, hook.status
        memory = self._memories.get(uid) or Memory(
            reachability=reachability(before),
            settled=settled(before, wanted, hook.metadata.generation),
            repairs=repairs(before),
            wishes=Wishes(before.handled_reconcile_at or ""),
        )
        known = self._applied.pop(uid) if uid in self._applied else applied(before)
        return State(known, memory)

    def _keep(self, hook: HookObject, state: State) -> None:
        self._applied[hook.metadata.uid], self._memories[hook.metadata.uid] = state.applied, state.memory

    def _page(self, hook: HookObject) -> StatusPage:
        return self.around.writer.page(WorkKey(HOOK, hook.metadata.key), hook.metadata)

    def _count(self, look: _Look, outcome: Outcome) -> None:
        work, metrics = WorkKey(HOOK, look.hook.metadata.key), self.around.writer.metrics
        for repair in outcome.state.repaired:
            metrics.repaired(work, repair.cause)
        reached = outcome.state.memory.reachability
        metrics.certificate(work, reached.certificate_expires if reached is not None else None)

    async def _tell(self, hook: HookObject, page: StatusPage, report: Report, repaired: Sequence[Repair] = ()) -> None:
        uid, now = hook.metadata.uid, self.around.clock()
        after = status(hook, report, now)
        news = worth_writing(hook.status, after, written_at=self._written_at.get(uid), now=now)
        await page.mention(of_repairs(repaired))
        await page.tell(hook.status.conditions, after.conditions, news)
        if news is not None:
            self._written_at[uid] = now
        if say_otherwise(hook.status.sinks, after.sinks):
            self._wake(_sinks_of(hook))

    def _wake(self, shared: Iterable[WorkKey]) -> None:
        """Have objects looked at that say something of all their hooks."""
        for work in shared:
            self.around.wake(work, _HOOKS_SETTLE)

    def _forget(self, key: ObjectKey) -> None:
        work = WorkKey(HOOK, key)
        self._wake(_sinks_among(self.around.bindings.forget(work)))
        self.around.receiving.forget(key)
        self.around.gaps.searches.forget(key)
        self.around.polls.leave(work)
        self.around.watch.names(work, ())
        self.around.writer.metrics.forget(work)


def _with_requests(known: State, received: Received) -> State:
    """The same with what receivers say of deliveries."""
    told = received.requests
    if told is None:
        return known
    refusals = known.memory.refusals.told(refused=told.refused, kept=told.kept)
    return replace(known, memory=replace(known.memory, refusals=refusals))


def _statuses(received: Received | None) -> Sequence[SinkStatus]:
    """What was said of each sink; nothing where nobody could be asked."""
    sinks = received.sinks if received is not None else None
    return (sinks.statuses if sinks is not None else None) or ()


def _orgs_of(hook: HookObject) -> tuple[WorkKey, ...]:
    """The organization's object, or all that it may be."""
    return candidates_for(hook.metadata.namespace, hook.spec.org_ref, hook.status.org)


def _sinks_of(hook: HookObject) -> tuple[WorkKey, ...]:
    """The sinks' objects that it names."""
    return shared_sinks(hook.metadata.namespace, hook.spec)


def _sinks_among(works: Iterable[WorkKey]) -> tuple[WorkKey, ...]:
    """Those that count the hooks that name them, whether or not these have said anything of them yet."""
    return tuple(work for work in works if work.resource in (SINK, CLUSTER_SINK))


def _named(orgs: tuple[WorkKey, ...]) -> str:
    return " or ".join(map(str, orgs))


def _counts_otherwise(hook: HookObject, shown: Hook | None) -> bool:
    """Whether an organisation counts a hook otherwise than when its status was written: it is new, or (in)active."""
    known = hook.status.okta
    return shown is not None and (known is None or (hook.status.hook_id, known.status) != (shown.id, shown.status))


def _interval(hook: HookObject, org: FoundOrg | None) -> timedelta:
    return resync_interval(hook.spec.resync_interval, org.spec.resync_interval if org is not None else None)


def _until_next_look(look: _Look, org: FoundOrg | None) -> timedelta:
    """A receiver is asked for its numbers each minute; Okta is not asked more often for that."""
    interval = _interval(look.hook, org)
    return min(interval, _NUMBERS_EVERY) if look.wanted.managed_receiver else interval


def _not_before(log: LogSeen, otherwise: datetime) -> datetime:
    """How old a list of hooks may be: not older than what the System Log says that was done to the hook."""
    return max(otherwise, log.done_at) if log.done_at is not None else otherwise


def _max_age(hook: HookObject, org: FoundOrg) -> timedelta:
    """How old the organisation's list may be: each look at the organisation renews it, and wakes its hooks."""
    own = hook.spec.resync_interval
    return resync_interval(own) if own is not None else 1.5 * resync_interval(org.spec.resync_interval)
