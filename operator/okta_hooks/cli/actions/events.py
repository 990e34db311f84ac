"""What is in the journal."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import click

from okta_hooks.admin.dispatcher_requests import MOST_LISTED, EventsPage, JournalEvent
from okta_hooks.cli.cluster.dispatcher import Dispatcher, EventsWanted
from okta_hooks.cli.failures import NotThere
from okta_hooks.cli.output import Column, Printer, written

_FROM_NOW_ON = "end"

COLUMNS = (
    Column[JournalEvent]("RECEIVED", lambda event: written(event.received), 20),
    Column[JournalEvent]("PUBLISHED", lambda event: written(event.published), 20),
    Column[JournalEvent]("UUID", lambda event: event.uuid or "-", 36),
    Column[JournalEvent]("PATH", lambda event: event.path, 8),
    Column[JournalEvent]("WITHHELD", lambda event: "yes" if event.withheld else "no", 8),
    Column[JournalEvent]("TYPE", lambda event: event.event_type or "-"),
)


def list_events(
    dispatcher: Dispatcher, wanted: EventsWanted, *, limit: int | None, show: Printer[JournalEvent]
) -> None:
    """Show events, oldest first.

    Args:
        dispatcher: Whose.
        wanted: Which.
        limit: How many at most; None for all.
        show: Shows one.

    Raises:
        NotThere: The one event that is wanted is not in the journal.
    """
    count = 0
    for event in _found(dispatcher, wanted):
        if count == limit:
            click.echo(f"The first {limit} events: give a greater --limit, or 0 for all.", err=True)
            return
        show(event)
        count += 1
    if wanted.uuid is not None and not count:
        raise NotThere(f"the journal has no event {wanted.uuid}: it never came, or was dropped after its retention")


def follow_events(
    dispatcher: Dispatcher, wanted: EventsWanted, *, show: Printer[JournalEvent], pause: Callable[[], None]
) -> None:
    """Show events as they come, until the pause ends it by raising something."""
    after = _FROM_NOW_ON
    while True:
        page = dispatcher.events(wanted, after=after, limit=MOST_LISTED)
        _show_page(page, show)
        after = page.next
        if page.complete:
            pause()


def _show_page(page: EventsPage, show: Printer[JournalEvent]) -> None:
    _tell_lost(page)
    for event in page.events:
        show(event)


def _found(dispatcher: Dispatcher, wanted: EventsWanted) -> Iterator[JournalEvent]:
    after, complete = None, False
    while not complete:
        page = dispatcher.events(wanted, after=after, limit=MOST_LISTED)
        _tell_lost(page)
        yield from page.events
        after, complete = page.next, page.complete


def _tell_lost(page: EventsPage) -> None:
    for lost in page.lost:
        click.echo(
            f"What was received from {written(lost.since)} to {written(lost.until)} can't be read: {lost.where} is"
            " damaged.",
            err=True,
        )
