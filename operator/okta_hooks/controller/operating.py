"""An operator from its start to its end: it watches, stands for election, reconciles while it leads, and hands over."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
import time
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta

import aiohttp
from kubernetes.aio.config import ConfigException

from okta_hooks.bad_input import BadInput
from okta_hooks.controller.assembly import Foundation, Reconcilers, assemble
from okta_hooks.controller.bindings import Bindings
from okta_hooks.controller.children_seen import ChildrenSeen
from okta_hooks.controller.clock import utc_now
from okta_hooks.controller.gate import NotLeading
from okta_hooks.controller.heartbeat import Heartbeat
from okta_hooks.controller.metrics import Metrics
from okta_hooks.controller.noticing import Noticing
from okta_hooks.controller.probes import Health, answered
from okta_hooks.controller.settings import Settings
from okta_hooks.controller.watching import Scope, watch
from okta_hooks.controller.work_key import WorkKey
from okta_hooks.controller.work_queue import WorkQueue
from okta_hooks.event_loop import run_loop
from okta_hooks.kube.api import KubernetesApi
from okta_hooks.kube.api_server import connect
from okta_hooks.kube.errors import KubernetesError, NotFound
from okta_hooks.kube.leadership import LeaseElection, standing
from okta_hooks.kube.objects import ObjectKey
from okta_hooks.kube.permissions import LEASE_NAME
from okta_hooks.kube.resources import HOOK
from okta_hooks.telemetry.log_lines import log_as_json
from okta_hooks.telemetry.redaction import Redaction

_TO_BE_STARTED_AGAIN = 3
_ASSEMBLE_AGAIN = 5.0  # seconds
_DRAIN = timedelta(seconds=15)
"""For reconciles under way when a signal comes: with 5 s to give the Lease back, a pod's 30 s are enough."""

_log = logging.getLogger(__name__)


class Ended(Exception):
    """The operator cannot go on and is to be started again; the sentence says why."""


def run(settings: Settings) -> int:
    """Operate until a signal ends it.

    Returns:
        The process' exit code: 0 after a signal, 3 when it is to be started again.

    Raises:
        BadInput: A setting can't be used.
    """
    log_as_json(Redaction())
    try:
        run_loop(_operate(settings))
    except ExceptionGroup as group:
        causes = tuple(_leaves(group))
        unusable = next((cause for cause in causes if isinstance(cause, BadInput)), None)
        if unusable is not None:
            raise unusable from None
        if not all(isinstance(cause, Ended) for cause in causes):
            raise
        _log.critical("the operator ends, to be started again: %s", "; ".join(map(str, causes)))
        return _TO_BE_STARTED_AGAIN
    return 0


def _leaves(error: Exception) -> Iterator[Exception]:
    """The exceptions of a group, however deep."""
    if isinstance(error, ExceptionGroup):
        for inner in error.exceptions:
            yield from _leaves(inner)
    else:
        yield error


async def _operate(settings: Settings) -> None:
    try:
        async with connect(settings.kubeconfig) as api:
            await _work(settings, api)
    except ConfigException as error:
        raise BadInput(f"there is no way to a Kubernetes API ({error}): run in a pod, or set KUBECONFIG") from error


async def _work(settings: Settings, api: KubernetesApi) -> None:
    queue = WorkQueue[WorkKey](expected=(KubernetesError, NotLeading))
    heartbeat, bindings, metrics, phase = Heartbeat(), Bindings(), Metrics(), Phase()
    phase.take_signals()
    lease = ObjectKey(settings.namespace, LEASE_NAME)
    noticing = Noticing(queue, bindings, ChildrenSeen(utc_now), heartbeat, settings.namespaces, lease)
    election = LeaseElection(api, lease, settings.identity)
    health = Health(queue, heartbeat, phase.is_watching, lambda: election.is_leader(time.monotonic()))
    async with answered(health, metrics.registry, settings.port) as port, standing(election) as leadership:
        _log.info("the operator has started", extra={"port": port, "identity": settings.identity})
        given = Foundation(settings, api, leadership, queue, noticing, bindings, metrics)
        await _insist_on_kinds(given)
        await _until_signal(given, phase)
    _log.info("the operator has ended")


class Phase:
    """How far an operator is."""

    def __init__(self) -> None:
        self.watching = asyncio.Event()
        self.ended = asyncio.Event()

    def is_watching(self) -> bool:
        """Whether the watch has begun."""
        return self.watching.is_set()

    def take_signals(self) -> None:
        """End when a signal comes."""
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, self.ended.set)

    def begin(self) -> None:
        """The watch begins. Its library has taken the signals by now: they are taken back, to end things in order."""
        self.take_signals()
        self.watching.set()


async def _insist_on_kinds(given: Foundation) -> None:
    """Who may not watch for new kinds would never notice that ours come later."""
    for namespace in given.settings.namespaces[:1]:
        try:
            await given.api.list(HOOK, namespace)
        except NotFound:
            raise Ended("the cluster does not serve OktaEventHooks: install the custom resource definitions") from None
        except KubernetesError as error:
            raise Ended(f"Kubernetes cannot be asked: {error}") from error


async def _until_signal(given: Foundation, phase: Phase) -> None:
    """Watch and lead. The watch begins last and ends last: its library cancels every task that is younger than it."""
    settings = given.settings
    namespaces = () if settings.is_cluster_wide else tuple(dict.fromkeys((settings.namespace, *settings.namespaces)))
    async with asyncio.TaskGroup() as group:
        leading = group.create_task(_lead(given), name="lead")
        watching = group.create_task(_watch(Scope(namespaces, LEASE_NAME), given.noticing, phase), name="watch")
        await phase.ended.wait()
        _log.info("the operator ends: it begins nothing more, and lets what is under way end")
        await given.queue.close(_DRAIN)
        leading.cancel()
        await asyncio.wait([leading])
        watching.cancel()


async def _watch(scope: Scope, noticing: Noticing, phase: Phase) -> None:
    try:
        await watch(scope, noticing, phase.begin)
    except Exception as error:
        raise Ended(f"the watch has failed: {error}") from error
    phase.ended.set()  # a signal came while its library had the signals


async def _lead(given: Foundation) -> None:
    await given.leadership.until_leading()
    _log.info("this operator leads")
    async with _assembled(given) as reconcilers, asyncio.TaskGroup() as group:
        group.create_task(given.queue.run(reconcilers.reconcile, workers=given.settings.workers), name="reconcile")
        group.create_task(reconcilers.secrets.run(), name="look at Secrets")
        group.create_task(reconcilers.polls.run(), name="read System Logs")
        group.create_task(reconcilers.supplies.run(), name="give what no hook can deliver")
        group.create_task(reconcilers.gaps.run(), name="search for events that never came")
        await given.leadership.until_lost()
        raise Ended("the Lease is lost: another operator may lead")


@contextlib.asynccontextmanager
async def _assembled(given: Foundation) -> AsyncIterator[Reconcilers]:
    """The reconcilers, and in the end no connection that is left open."""
    async with aiohttp.ClientSession() as session:
        reconcilers = await _assemble(given, session)
        try:
            yield reconcilers
        finally:
            await reconcilers.organizations.close()


async def _assemble(given: Foundation, session: aiohttp.ClientSession) -> Reconcilers:
    """Tried again for as long as Kubernetes does not answer."""
    while True:
        try:
            return await assemble(given, session)
        except KubernetesError as error:
            _log.warning("the operator cannot begin to reconcile yet: %s", error)
            await asyncio.sleep(_ASSEMBLE_AGAIN)
