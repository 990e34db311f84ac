"""From options to a process that dispatches, and its end."""

from __future__ import annotations

import asyncio
import logging
import random
import socket
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

from aiohttp import web

from okta_hooks.admin.application import Handler, admin_application, with_token
from okta_hooks.admin.listening import listen, serving_cluster
from okta_hooks.admin.token import AdminToken
from okta_hooks.dispatch.admin_routes.dead_letters import DeadLetterRoutes
from okta_hooks.dispatch.admin_routes.events import EventsLookup
from okta_hooks.dispatch.admin_routes.replays import ReplayRoutes
from okta_hooks.dispatch.admin_routes.unknown import unknown
from okta_hooks.dispatch.configuration import ConfigurationFile, SinkConfiguration
from okta_hooks.dispatch.database import DatabaseFailed
from okta_hooks.dispatch.ending import Ending, ending_together
from okta_hooks.dispatch.files import OwnFiles, open_own_files
from okta_hooks.dispatch.fleet import Fleet, Recruit, SinkRouting
from okta_hooks.dispatch.fullness import Fullness
from okta_hooks.dispatch.health import DispatcherHealth
from okta_hooks.dispatch.indexing import Indexing
from okta_hooks.dispatch.journal import JournalReader, OpenJournal, open_journal
from okta_hooks.dispatch.metrics import dispatcher_registry
from okta_hooks.dispatch.observer import Observed, Observer
from okta_hooks.dispatch.options import DispatcherOptions
from okta_hooks.dispatch.passing import Passing
from okta_hooks.dispatch.patience import PatientReader
from okta_hooks.dispatch.pruning import Pruning
from okta_hooks.dispatch.source import Source
from okta_hooks.dispatch.standing_by import standing_by
from okta_hooks.dispatch.steering import Steering
from okta_hooks.dispatch.worker import Assignment, SinkWorker
from okta_hooks.event_loop import run_loop
from okta_hooks.formats import Origin, format_of
from okta_hooks.journal import JournalLocked
from okta_hooks.routing import Route, SinkRoutes
from okta_hooks.telemetry.log_lines import log_as_json
from okta_hooks.telemetry.redaction import Redaction

_OWN_FILES_FAILED = 3

_LOGGER = logging.getLogger(__name__)


def run(options: DispatcherOptions) -> int:
    """Dispatch until a signal ends it, or its files can't be used.

    Returns:
        The process' exit code.

    Raises:
        BadInput: An option or the configuration can't be used.
    """
    redaction = Redaction()
    log_as_json(redaction)
    try:
        run_loop(_dispatch_until_signal(options, redaction))
    except (DatabaseFailed, JournalLocked) as error:
        _LOGGER.critical("the dispatcher ends, to start again: %s", error)
        return _OWN_FILES_FAILED
    return 0


async def _dispatch_until_signal(options: DispatcherOptions, redaction: Redaction) -> None:
    ending = Ending()
    token = AdminToken(options.admin_token_file)
    redaction.hide([token.text])
    try:
        async with dispatching(options, token) as dispatcher:
            _LOGGER.info("the dispatcher runs", extra={"admin_port": dispatcher.admin_port})
            await ending.wished()
            dispatcher.health.is_ending = True
    except asyncio.CancelledError:
        if not ending.is_wished:
            raise
    _LOGGER.info("the dispatcher has ended")


@dataclass(frozen=True)
class RunningDispatcher:
    """A dispatcher at work.

    Attributes:
        admin_port: The port for the cluster.
        health: What probes are told.
    """

    admin_port: int
    health: DispatcherHealth


@asynccontextmanager
async def dispatching(options: DispatcherOptions, token: AdminToken) -> AsyncIterator[RunningDispatcher]:
    """Dispatch; on leaving, let what is being delivered end, and keep the cursors.

    Raises:
        BadInput: The configuration or the port can't be used.
        DatabaseFailed: The dispatcher's own files can't be used.
    """
    file = ConfigurationFile(options.configuration_file)
    configuration = file.read()
    with listen(options.admin_port) as listener:
        async with (
            open_own_files(options.own_folder) as own,
            _in_charge(options, own, token, listener) as journal,
            ending_together() as group,
        ):
            log = journal.reader
            reader = PatientReader(log)
            indexing = Indexing(reader, own.index, await own.index.cursor())
            source = Source(reader, indexing, own.index, released=journal.passed.read)
            fleet = Fleet(group, own.ledger, _recruit(source, own))
            steering = Steering(file, fleet, passed=journal.passed, reader=log, first=configuration)
            fullness = Fullness(log.used_bytes, lambda: steering.configuration)
            passing = Passing(journal.passed, indexing, own.ledger, yielding=fullness.yielding)
            pruning = Pruning(reader, own.index, steering.window)
            observer = Observer(_observed(log, own, indexing, fleet, steering))
            health = DispatcherHealth(observer, indexing)
            await steering.apply()
            await passing.tell()
            for task in (indexing, steering, passing, pruning, observer):
                group.create_task(task.run())
            for chore in journal.chores:
                group.create_task(chore())
            routes = _routes(log, own, indexing, fleet, steering)
            async with serving_cluster(_admin(health, observer, fleet, routes, token), listener):
                yield RunningDispatcher(_port(listener), health)


@asynccontextmanager
async def _in_charge(
    options: DispatcherOptions, own: OwnFiles, token: AdminToken, listener: socket.socket
) -> AsyncIterator[OpenJournal]:
    """The journal, once no other dispatcher is active; meanwhile probes are answered."""
    async with AsyncExitStack() as stack:
        async with serving_cluster(standing_by(token), listener.dup()):
            journal = await stack.enter_async_context(open_journal(options, own))
        yield journal


def _recruit(source: Source, own: OwnFiles) -> Recruit:
    def recruit(sink: SinkConfiguration, origin: Origin, routing: SinkRouting) -> SinkWorker:
        assignment = Assignment(
            sink.name,
            settings=sink.to,
            format=format_of(sink.format, origin),
            routes=None if routing is None else SinkRoutes(map(Route, routing)),
            limits=sink.batch.limits(sink.to),
            backoff=sink.retry.backoff,
            concurrency=sink.concurrency,
            max_rate=sink.max_rate,
            start_at_ns=sink.start_at_ns,
        )
        return SinkWorker(
            assignment,
            source=source,
            ledger=own.ledger,
            requests=own.requests,
            chance=random.Random(),  # noqa: S311 -- jitter, not a secret
        )

    return recruit


def _observed(log: JournalReader, own: OwnFiles, indexing: Indexing, fleet: Fleet, steering: Steering) -> Observed:
    return Observed(
        reader=log,
        index=own.index,
        indexing=indexing,
        ledger=own.ledger,
        dead_letters=own.requests.dead_letters,
        served=lambda: fleet.workers,
        route_troubles=lambda: steering.route_troubles,
        configuration_trouble=lambda: steering.trouble,
        damaged_files=own.damaged,
    )


def _routes(
    log: JournalReader, own: OwnFiles, indexing: Indexing, fleet: Fleet, steering: Steering
) -> Sequence[tuple[str, str, Handler]]:
    """What only those may ask who know the token."""
    letters = DeadLetterRoutes(own.requests, lambda: fleet.workers)
    replays = ReplayRoutes(
        own.requests,
        log,
        indexing,
        configuration=lambda: steering.configuration,
        holdups=lambda: {name: worker.holdup for name, worker in fleet.workers.items()},
    )
    return (
        ("POST", "/unknown", unknown(own.index)),
        ("GET", "/events", EventsLookup(log, own.index).handler()),
        ("GET", "/dead-letters", letters.listing()),
        ("GET", "/dead-letters/{sink}/{uuid}", letters.showing()),
        ("POST", "/dead-letters/replay", letters.replaying()),
        ("POST", "/dead-letters/discard", letters.discarding()),
        ("POST", "/replay", replays.ordering()),
        ("GET", "/replays", replays.listing()),
        ("GET", "/replays/{id}", replays.showing()),
        ("DELETE", "/replays/{id}", replays.cancelling()),
    )


def _admin(
    health: DispatcherHealth,
    observer: Observer,
    fleet: Fleet,
    routes: Sequence[tuple[str, str, Handler]],
    token: AdminToken,
) -> web.Application:
    application = admin_application(
        health=health,
        registry=dispatcher_registry(lambda: observer.latest, lambda: fleet.latencies),
        statistics=lambda: observer.latest,
        token=token,
    )
    for method, path, handler in routes:
        application.router.add_route(method, path, with_token(token, handler))
    return application


def _port(listener: socket.socket) -> int:
    port: int = listener.getsockname()[1]
    return port
