"""One look at an OktaEventHook, and what follows from it. Safe to be cut at any point: the next look begins anew."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from okta_hooks.controller.bindings import Bindings
from okta_hooks.controller.blocked import Blocked
from okta_hooks.controller.hooks.acting import Actor, Applied, State
from okta_hooks.controller.hooks.deleting import Deleter
from okta_hooks.controller.hooks.hook_object import FINALIZER, HookObject
from okta_hooks.controller.hooks.memory import Memory
from okta_hooks.controller.hooks.probing import Prober
from okta_hooks.controller.hooks.receiving import Received, Receiving
from okta_hooks.controller.hooks.status import Report, applied, reachability, status
from okta_hooks.controller.hooks.synchronizing import Outcome, Synchronizer
from okta_hooks.controller.intervals import next_look, resync_interval
from okta_hooks.controller.organizations.access import Access
from okta_hooks.controller.organizations.resolving import FoundOrg, OrgResolver, candidates_for
from okta_hooks.controller.secret_watch import Named, SecretWatch
from okta_hooks.controller.secrets import Hashing
from okta_hooks.controller.sinks.feeding import Feeder, Feeding
from okta_hooks.controller.sinks.resolving import shared_sinks
from okta_hooks.controller.status_writer import StatusPage, StatusWriter
from okta_hooks.controller.wishes import Wishes
from okta_hooks.controller.work_key import WorkKey
from okta_hooks.kube import errors
from okta_hooks.kube.api import KubernetesApi
from okta_hooks.kube.objects import ObjectKey
from okta_hooks.kube.resources import CLUSTER_SINK, HOOK, SINK
from okta_hooks.okta.port import Hook
from okta_hooks.reconcile.desired import Desired, desired
from okta_hooks.reconcile.evidence import Evidence, Synchronization
from okta_hooks.reconcile.status import say_otherwise, worth_writing

_WHILE_DELETING = timedelta(seconds=15)
_NUMBERS_EVERY = timedelta(minutes=1)
_HOOKS_SETTLE = timedelta(seconds=1)
"""Several hooks of one organisation or sink are made or deleted at once: it is looked at once after that."""


@dataclass(frozen=True)
class Surroundings:
    """What a reconcile of a hook needs of the rest of the operator.

    Args:
        api: Where objects are.
        installation_id: Marks what this operator owns in Okta.
        resolver: Finds organisations.
        access: Opens them.
        feeder: Finds out what feeds sinks.
        receiving: Keeps and observes receivers.
        prober: Calls public addresses.
        deleter: Sees to hooks that are to go.
        watch: Looks at the Secrets that are named.
        writer: Writes statuses.
        hashing: Compares credentials.
        bindings: Learns which organisations' and sinks' objects a hook depends on.
        wake: Has such an object looked at after a time, which counts its hooks.
        live_uids: Tells the uids of all OktaEventHooks that exist.
        clock: Tells the time.
    """

    api: KubernetesApi
    installation_id: str
    resolver: OrgResolver
    access: Access
    feeder: Feeder
    receiving: Receiving
    prober: Prober
    deleter: Deleter
    watch: SecretWatch
    writer: StatusWriter
    hashing: Hashing
    bindings: Bindings
    wake: Callable[[WorkKey, timedelta], None]
    live_uids: Callable[[], frozenset[str]]
    clock: Callable[[], datetime]


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
        wanted = desired(hook.spec, hook.owner(self.around.installation_id))
        if hook.deletion_asked_at is not None:
            return await self._end(hook, wanted)
        if not hook.has_finalizer:
            hook = await self._put_finalizer_on(hook)
        return await self._go_on(hook, wanted)

    async def _end(self, hook: HookObject, wanted: Desired) -> timedelta | None:
        if not hook.has_finalizer:
            return None
        known = self._taken(hook)
        self._memories.pop(hook.metadata.uid, None)
        wait = await self.around.deleter.advance(hook, wanted, known.applied)
        if wait is None:
            self._written_at.pop(hook.metadata.uid, None)
            self._wake(_orgs_of(hook) if hook.status.org is not None else ())
            self._wake(_sinks_of(hook))
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
        needed = (*_orgs_of(hook), *_sinks_of(hook))
        self._wake(_sinks_among(self.around.bindings.looked_for(WorkKey(HOOK, hook.metadata.key), needed)))
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
        self._keep(hook, outcome.state)
        await self._tell(hook, look.page, _report(look, org, received, outcome, feeding))
        if org is not None and _counts_otherwise(hook, outcome.synchronization.hook):
            self._wake((org.work,))
        secret_goes_on = received.secret.again if received is not None else None
        now = self.around.clock()
        wish_due = outcome.state.memory.wishes.due(hook.wish, now)
        return next_look(_until_next_look(look, org), now, outcome.again, secret_goes_on, wish_due)

    def _begin(self, hook: HookObject, wanted: Desired) -> _Look:
        """Where the user asked for a look, Okta and the endpoint are asked again, and counters are told at once."""
        uid, now, asked_at = hook.metadata.uid, self.around.clock(), None
        known = self._taken(hook)
        handled = known.memory.wishes.handled
        granted = known.memory.wishes.granted(hook.wish, now)
        if granted is not None:
            known, asked_at = replace(known, memory=known.memory.when_asked(granted)), now
            self._written_at.pop(uid, None)
        self._memories[uid] = known.memory.if_cut(handled)
        return _Look(hook, wanted, self._page(hook), known, asked_at)

    def _look_at_secrets_of(self, hook: HookObject, feeding: Feeding) -> None:
        reference = hook.spec.auth.secret_ref if hook.spec.auth is not None else None
        of_its_own = [Named(hook.metadata.namespace, reference)] if reference is not None else []
        self.around.watch.names(WorkKey(HOOK, hook.metadata.key), (*of_its_own, *feeding.named))

    async def _synchronize(self, look: _Look, org: FoundOrg, received: Received) -> Outcome:
        organization = await self.around.access.open(org)
        header, secret = look.wanted.definition.auth_header, received.secret
        synchronizer = Synchronizer(
            wanted=look.wanted,
            organization=organization,
            actor=Actor(organization.hooks, self.around.prober, header, secret.value),
            secret=secret.hash,
            receiver_ready=received.is_ready,
            live_uids=self.around.live_uids(),
            not_before=look.asked_at or self.around.clock() - _max_age(look.hook, org),
            credential=self.around.hashing.of(f"{organization.sign_in.auth!r} {organization.sign_in.secret}"),
            interval=_interval(look.hook, org),
            adoption_forbidden_by="" if org.spec.allows_adoption else str(org.work),
            forget_secret=lambda: look.page.write(look.hook.status.model_copy(update={"secret": None})),
            clock=self.around.clock,
        )
        return await synchronizer.run(look.known)

    def _taken(self, hook: HookObject) -> State:
        """Where the last reconcile ended; its status may not have been written.

        A reconcile that is cut leaves nothing of what Okta has: that is known to the status, which forgets a secret
        before Okta is given another.
        """
        uid, before = hook.metadata.uid, hook.status
        memory = self._memories.get(uid) or Memory(
            reachability=reachability(before), wishes=Wishes(before.handled_reconcile_at or "")
        )
        known = self._applied.pop(uid) if uid in self._applied else applied(before)
        return State(known, memory)

    def _keep(self, hook: HookObject, state: State) -> None:
        self._applied[hook.metadata.uid], self._memories[hook.metadata.uid] = state.applied, state.memory

    def _page(self, hook: HookObject) -> StatusPage:
        return self.around.writer.page(WorkKey(HOOK, hook.metadata.key), hook.metadata)

    async def _tell(self, hook: HookObject, page: StatusPage, report: Report) -> None:
        uid, now = hook.metadata.uid, self.around.clock()
        after = status(hook, report, now)
        news = worth_writing(hook.status, after, written_at=self._written_at.get(uid), now=now)
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
        self.around.watch.names(work, ())
        self.around.writer.metrics.forget(work)


def _report(look: _Look, org: FoundOrg | None, received: Received | None, outcome: Outcome, feeding: Feeding) -> Report:
    memory = outcome.state.memory
    sinks = received.sinks if received is not None else None
    of_its_own = org is not None and received is None  # such as the Secret that it names
    return Report(
        evidence=Evidence(
            look.wanted,
            synchronization=outcome.synchronization,
            receivers=received.receivers if received is not None else None,
            reachability=memory.reachability,
            verifications=memory.verifications,
            delivery=received.delivery if received is not None else None,
            sinks=sinks.states if sinks is not None else None,
            feeding=sinks.feeding if sinks is not None else feeding.routes,
            blocker="" if of_its_own else _named(_orgs_of(look.hook)),
        ),
        applied=outcome.state.applied,
        org=org.bound() if org is not None else None,
        listed_at=outcome.listed_at,
        deliveries=received.deliveries if received is not None else None,
        sinks=sinks.statuses if sinks is not None else None,
        handled=memory.wishes.handled,
    )


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


def _max_age(hook: HookObject, org: FoundOrg) -> timedelta:
    """How old the organisation's list may be: each look at the organisation renews it, and wakes its hooks."""
    own = hook.spec.resync_interval
    return resync_interval(own) if own is not None else 1.5 * resync_interval(org.spec.resync_interval)
