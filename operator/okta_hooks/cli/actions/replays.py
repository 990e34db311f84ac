"""Giving sinks again what they had."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from datetime import timedelta

import click

from okta_hooks.admin.dispatcher_requests import ReplayOrder, ReplaySeen
from okta_hooks.cli.cluster.dispatcher import Dispatcher
from okta_hooks.cli.failures import Failed
from okta_hooks.cli.output import Column, Printer, written

_RUNNING, _CANCELLED = "running", "cancelled"

COLUMNS = (
    Column[ReplaySeen]("ID", lambda replay: str(replay.id), 5),
    Column[ReplaySeen]("SINK", lambda replay: replay.sink, 12),
    Column[ReplaySeen]("ROUTE", lambda replay: replay.route or "-", 12),
    Column[ReplaySeen]("SINCE", lambda replay: written(replay.since), 20),
    Column[ReplaySeen]("UNTIL", lambda replay: written(replay.until), 20),
    Column[ReplaySeen]("STATE", lambda replay: replay.state, 9),
    Column[ReplaySeen]("RECORDS", lambda replay: f"{replay.records}/{replay.total}", 15),
    Column[ReplaySeen]("DELIVERED", lambda replay: str(replay.delivered), 9),
    Column[ReplaySeen]("DEAD LETTERS", lambda replay: str(replay.dead_letters), 12),
    Column[ReplaySeen]("REASON", lambda replay: replay.reason or "-"),
)


class Patience:
    """How long to wait for replays.

    Args:
        total: Altogether.
        clock: Tells seconds, of which only differences matter.
        pause: Waits a moment.
    """

    def __init__(self, total: timedelta, clock: Callable[[], float], pause: Callable[[], None]) -> None:
        self._end = clock() + total.total_seconds()
        self._clock = clock
        self._pause = pause

    def wait(self) -> bool:
        """Wait a moment; False when there was patience enough."""
        if self._clock() >= self._end:
            return False
        self._pause()
        return True


def replay(dispatcher: Dispatcher, order: ReplayOrder, *, patience: Patience | None, show: Printer[ReplaySeen]) -> None:
    """Begin replays, and see them to their end if there is patience.

    Raises:
        Failed: They did not end well, or not in time.
    """
    begun = dispatcher.replay(order)
    ended = _see_through(dispatcher, begun, patience) if patience is not None else begun
    for each in ended:
        show(each)
    if patience is not None:
        _judge(ended)


def list_replays(dispatcher: Dispatcher, show: Printer[ReplaySeen]) -> None:
    """Show those that run, and those that ended lately."""
    for each in dispatcher.replays():
        show(each)


def _see_through(dispatcher: Dispatcher, begun: Sequence[ReplaySeen], patience: Patience) -> Sequence[ReplaySeen]:
    """The same replays when they have ended, or when there is no more patience."""
    numbers = {each.id for each in begun}
    seen = begun
    bar = click.progressbar(
        length=sum(each.total for each in begun), label="Replaying", file=sys.stderr, hidden=not sys.stderr.isatty()
    )
    with bar:
        done = 0
        while any(each.state == _RUNNING for each in seen) and patience.wait():
            seen = [each for each in dispatcher.replays() if each.id in numbers]
            now = sum(each.records for each in seen)
            bar.update(now - done)
            done = now
    return seen


def _judge(ended: Sequence[ReplaySeen]) -> None:
    for each in ended:
        if each.state == _RUNNING:
            waits = f" ({each.reason})" if each.reason else ""
            raise Failed(f"replay {each.id} to {each.sink} goes on in the cluster{waits}: see `replays list`")
        if each.state == _CANCELLED:
            raise Failed(f"replay {each.id} to {each.sink} was cancelled by somebody")
        if each.dead_letters:
            raise Failed(f"{each.sink} refused {each.dead_letters} of these events: see `dead-letters list`")
