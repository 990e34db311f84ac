"""From options to a process that listens, and its end."""

from __future__ import annotations

import asyncio
import gc
import logging
import signal
import socket
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from aiohttp import web

from okta_hooks.admin.application import admin_application, with_token
from okta_hooks.admin.listening import listen, serving, serving_cluster
from okta_hooks.admin.token import AdminToken
from okta_hooks.event_loop import run_loop
from okta_hooks.journal import JournalError
from okta_hooks.journal.log.disk import Disk, PosixDisk
from okta_hooks.receiver.accepted import AcceptedSecrets
from okta_hooks.receiver.backfill import backfill
from okta_hooks.receiver.bodies import Bodies
from okta_hooks.receiver.clock import ClockWatch
from okta_hooks.receiver.decisions import DecisionLog
from okta_hooks.receiver.endpoint import HookEndpoint, Place
from okta_hooks.receiver.evidence import evidence
from okta_hooks.receiver.health import ReceiverHealth
from okta_hooks.receiver.intake import Intake
from okta_hooks.receiver.journal import OpenJournal, open_journal
from okta_hooks.receiver.listening import HookServer, hook_runner
from okta_hooks.receiver.metrics import receiver_registry
from okta_hooks.receiver.options import ReceiverOptions
from okta_hooks.receiver.tally import Tally
from okta_hooks.receiver.timed_disk import TimedDisk
from okta_hooks.receiver.upkeep import SecretsWatch, maintain
from okta_hooks.telemetry.log_lines import log_as_json
from okta_hooks.telemetry.redaction import Redaction
from okta_hooks.telemetry.throttle import Throttle

_JOURNAL_FAILED = 3

_log = logging.getLogger(__name__)


def run(options: ReceiverOptions, *, disk: Disk | None = None) -> int:
    """Receive until a signal ends it, or the journal fails.

    Args:
        options: What was chosen.
        disk: Where the journal is written.

    Returns:
        The process' exit code.

    Raises:
        BadInput: An option can't be used.
    """
    redaction = Redaction()
    log_as_json(redaction)
    _collect_garbage_seldom()
    try:
        run_loop(_receive_until_signal(options, redaction, disk or PosixDisk()))
    except JournalError as error:
        _log.critical("the receiver ends, to start again from recovery: %s", error)
        return _JOURNAL_FAILED
    return 0


def _collect_garbage_seldom() -> None:
    """What was imported stays, and deliveries leave few cycles: looking for them took a tenth of a delivery's time."""
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


async def _receive_until_signal(options: ReceiverOptions, redaction: Redaction, disk: Disk) -> None:
    ended = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, ended.set)
    async with receiving(options, redaction=redaction, disk=disk) as receiver:
        _log.info("the receiver listens", extra={"okta_port": receiver.okta_port, "admin_port": receiver.admin_port})
        await ended.wait()
        receiver.health.is_ending = True
        _log.info("the receiver takes its last requests", extra={"drain_seconds": options.drain_seconds})
        await asyncio.sleep(options.drain_seconds)
    _log.info("the receiver has ended")


@dataclass(frozen=True)
class RunningReceiver:
    """A receiver that listens.

    Attributes:
        okta_port: The port for Okta.
        admin_port: The port for the cluster.
        health: What probes are told.
    """

    okta_port: int
    admin_port: int
    health: ReceiverHealth


@asynccontextmanager
async def receiving(options: ReceiverOptions, *, redaction: Redaction, disk: Disk) -> AsyncIterator[RunningReceiver]:
    """Open the journal and listen; on leaving, finish what was begun and close it.

    Raises:
        BadInput: An option can't be used.
        JournalError: The journal can't be opened, or failed meanwhile.
    """
    token, tally, accepted = AdminToken(options.admin_token_file), Tally(), AcceptedSecrets()
    watch = SecretsWatch(options.secrets_folder, accepted, redaction, token)
    watch.look()
    with listen(options.okta_port) as okta_socket, listen(options.admin_port) as admin_socket:
        async with open_journal(options, TimedDisk(disk, tally.sync_seconds)) as opened:
            journal = opened.appender
            parts = _Parts(token, tally, accepted, opened, ReceiverHealth(journal, accepted), ClockWatch())
            bodies, intake = Bodies(), Intake(journal, tally)
            server = HookServer(_endpoint(options, parts, intake, bodies), tally=tally)
            admin = _admin(parts, server)
            admin.router.add_post("/backfill", with_token(token, backfill(intake, bodies)))
            async with (
                serving_cluster(admin, admin_socket),
                serving(hook_runner(server), okta_socket),
                _running(watch.watch(), maintain(journal, parts.health, parts.clock)),
            ):
                yield RunningReceiver(_port(okta_socket), _port(admin_socket), parts.health)


@dataclass(frozen=True)
class _Parts:
    """What both ports need."""

    token: AdminToken
    tally: Tally
    accepted: AcceptedSecrets
    journal: OpenJournal
    health: ReceiverHealth
    clock: ClockWatch


def _endpoint(options: ReceiverOptions, parts: _Parts, intake: Intake, bodies: Bodies) -> HookEndpoint:
    return HookEndpoint(
        Place(options.path, options.header_name),
        accepted=parts.accepted,
        intake=intake,
        bodies=bodies,
        tally=parts.tally,
        decisions=DecisionLog(Throttle()),
        health=parts.health,
    )


def _admin(parts: _Parts, server: HookServer) -> web.Application:
    tally, accepted, journal = parts.tally, parts.accepted, parts.journal
    return admin_application(
        health=parts.health,
        registry=receiver_registry(
            tally, accepted=accepted, journal=journal.appender, connections=lambda: len(server.connections)
        ),
        statistics=evidence(
            started_at=datetime.now(UTC),
            tally=tally,
            accepted=accepted,
            journal=journal,
            token=parts.token,
            clock=parts.clock,
        ),
        token=parts.token,
    )


@asynccontextmanager
async def _running(*loops: Coroutine[object, object, None]) -> AsyncIterator[None]:
    """Run what never ends by itself while the context lasts; the first error of it ends the context."""
    try:
        async with asyncio.TaskGroup() as tasks:
            running = [tasks.create_task(loop) for loop in loops]
            yield
            for task in running:
                task.cancel()
    except ExceptionGroup as group:
        raise group.exceptions[0] from group


def _port(listener: socket.socket) -> int:
    port: int = listener.getsockname()[1]
    return port
