"""The reconcilers of an operator that leads, put together from their parts."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import timedelta

import aiohttp

from okta_hooks.bad_input import BadInput
from okta_hooks.controller.bindings import Bindings
from okta_hooks.controller.clock import utc_now
from okta_hooks.controller.connections.access import Access
from okta_hooks.controller.connections.pool import Organizations
from okta_hooks.controller.gaps.attending import GapAttendant
from okta_hooks.controller.gaps.searching import GapSearches
from okta_hooks.controller.gate import LeaseGate
from okta_hooks.controller.hooks.deleting import Deleter
from okta_hooks.controller.hooks.probing import ChallengeProber
from okta_hooks.controller.hooks.receiving import Receiving
from okta_hooks.controller.hooks.reconciler import HookReconciler
from okta_hooks.controller.hooks.surroundings import Surroundings
from okta_hooks.controller.installation import hashing, installation_id
from okta_hooks.controller.metrics import Metrics
from okta_hooks.controller.noticing import Noticing
from okta_hooks.controller.orgs.orphans import Orphans
from okta_hooks.controller.orgs.reconciler import OrgReconciler
from okta_hooks.controller.orgs.resolving import OrgResolver
from okta_hooks.controller.receivers.asking import HttpAsker
from okta_hooks.controller.receivers.observing import ReceiverObserver
from okta_hooks.controller.secret_watch import SecretWatch
from okta_hooks.controller.secrets import SecretReader
from okta_hooks.controller.settings import Settings
from okta_hooks.controller.sinks.feeding import Feeder
from okta_hooks.controller.sinks.reconciler import SinkReconciler
from okta_hooks.controller.sinks.resolving import SinkResolver
from okta_hooks.controller.status_writer import StatusWriter
from okta_hooks.controller.system_log.polls import Polls
from okta_hooks.controller.system_log.supplies import Supplies
from okta_hooks.controller.work_key import WorkKey
from okta_hooks.controller.work_queue import WorkQueue
from okta_hooks.kube.api import KubernetesApi
from okta_hooks.kube.events import EventRecorder
from okta_hooks.kube.leadership import Leadership
from okta_hooks.kube.resources import CLUSTER_SINK, HOOK, SINK
from okta_hooks.kube.upkeep import Upkeep
from okta_hooks.reachability.challenge import Challenger


@dataclass(frozen=True)
class Foundation:
    """What there is of an operator before it leads.

    Args:
        settings: What it was told.
        api: The Kubernetes API.
        leadership: Whether it leads.
        queue: What is to be reconciled.
        noticing: What was seen of objects.
        bindings: Which hooks depend on an organisation object.
        metrics: What it counts.
    """

    settings: Settings
    api: KubernetesApi
    leadership: Leadership
    queue: WorkQueue[WorkKey]
    noticing: Noticing
    bindings: Bindings
    metrics: Metrics


@dataclass(frozen=True)
class Reconcilers:
    """All that works while an operator leads.

    Args:
        hooks: Reconciles OktaEventHooks.
        orgs: Reconciles OktaOrgs and ClusterOktaOrgs.
        sinks: Reconciles OktaEventSinks and ClusterOktaEventSinks.
        secrets: Looks at Secrets.
        polls: Reads System Logs.
        supplies: Gives hooks events that no hook can deliver.
        gaps: Searches for events that never came.
        organizations: Connections to Okta, to be closed in the end.
        metrics: What is counted.
    """

    hooks: HookReconciler
    orgs: OrgReconciler
    sinks: SinkReconciler
    secrets: SecretWatch
    polls: Polls
    supplies: Supplies
    gaps: GapSearches
    organizations: Organizations
    metrics: Metrics

    async def reconcile(self, work: WorkKey) -> timedelta | None:
        """Look at an object; gives the time after which to look again, None when it is gone."""
        began = time.monotonic()
        outcome = "failed"
        try:
            again = await self._look(work)
            outcome = "done"
        finally:
            self.metrics.reconciled(work, outcome, time.monotonic() - began)
        return again

    async def _look(self, work: WorkKey) -> timedelta | None:
        if work.resource == HOOK:
            return await self.hooks.reconcile(work.key)
        return await (self.sinks if work.resource in (SINK, CLUSTER_SINK) else self.orgs).reconcile(work)


async def assemble(given: Foundation, session: aiohttp.ClientSession) -> Reconcilers:
    """Put the reconcilers together.

    Args:
        given: What there is already.
        session: Asks receivers.

    Raises:
        BadInput: A setting can't be used.
        Blocked: The Secret with the key of hashes is broken.
        KubernetesError: What tells this installation from another could not be read.
    """
    settings, api = given.settings, given.api
    secrets = SecretReader(api)
    hashes = await hashing(api, settings.namespace)
    identity = await installation_id(api, settings.installation_id)
    organizations = Organizations(LeaseGate(given.leadership), given.metrics)
    access = Access(secrets, organizations)
    resolver = OrgResolver(api, settings.namespace, settings.is_cluster_wide)
    writer = StatusWriter(api, EventRecorder(api, settings.identity), given.metrics)
    orphans = Orphans(api, writer, given.metrics, settings.is_cluster_wide)
    watch = SecretWatch(secrets, hashes, given.queue.add)
    live_uids = given.noticing.live_uids
    upkeep = Upkeep(api)
    deleter = Deleter(api, resolver, access, orphans, upkeep, settings.give_up_after, live_uids, utc_now)
    observer = ReceiverObserver(api, HttpAsker(session))
    polls = Polls(api, settings.namespace, given.queue.add, utc_now)
    supplies = Supplies(session, utc_now)
    gaps = GapSearches(given.queue.add, settings.missed_after)
    hooks = HookReconciler(
        Surroundings(
            api=api,
            installation_id=identity,
            resolver=resolver,
            access=access,
            feeder=Feeder(SinkResolver(api, settings.namespace, settings.is_cluster_wide), secrets),
            receiving=Receiving(
                installation=settings.installation,
                allowances=settings.allowances,
                secrets=secrets,
                hashing=hashes,
                upkeep=upkeep,
                seen=given.noticing.children,
                observer=observer,
                clock=utc_now,
            ),
            prober=ChallengeProber(Challenger(_trusted(settings)), utc_now),
            deleter=deleter,
            gaps=GapAttendant(session, gaps),
            watch=watch,
            supplies=supplies,
            polls=polls,
            writer=writer,
            hashing=hashes,
            bindings=given.bindings,
            wake=given.queue.add,
            live_uids=live_uids,
            clock=utc_now,
        )
    )
    orgs = OrgReconciler(
        api=api,
        operator_namespace=settings.namespace,
        installation_id=identity,
        access=access,
        orphans=orphans,
        watch=watch,
        writer=writer,
        polls=polls,
        bindings=given.bindings,
        wake=given.queue.add,
        clock=utc_now,
    )
    sinks = SinkReconciler(api, settings.namespace, secrets, watch, writer, utc_now)
    return Reconcilers(hooks, orgs, sinks, watch, polls, supplies, gaps, organizations, given.metrics)


def _trusted(settings: Settings) -> str:
    if settings.probe_trust is None:
        return ""
    try:
        return settings.probe_trust.read_text()
    except OSError as error:
        raise BadInput(
            f"{settings.probe_trust} can't be read ({error.strerror}): give --probe-ca a PEM file"
        ) from error
