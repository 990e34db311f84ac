"""Telling what becomes of an event."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

import click

from okta_hooks.cli import output
from okta_hooks.cli.explaining.explanation import Explanation, RouteExplanation, SinkExplanation
from okta_hooks.cli.output import Column, Printer

T = TypeVar("T")

_ROUTES = (
    Column[RouteExplanation]("ROUTE", lambda route: route.name, 20),
    Column[RouteExplanation]("TAKES IT", lambda route: _yes(said=route.takes), 8),
    Column[RouteExplanation]("SINKS", lambda route: _list(route.sinks), 20),
    Column[RouteExplanation]("WHY", lambda route: route.why),
)
_SINKS = (
    Column[SinkExplanation]("SINK", lambda sink: sink.name, 20),
    Column[SinkExplanation]("GETS IT", lambda sink: _yes(said=sink.gets), 8),
    Column[SinkExplanation]("FORMAT", lambda sink: sink.format, 11),
    Column[SinkExplanation]("WITHOUT", lambda sink: _list(sink.dropped), 20),
    Column[SinkExplanation]("PSEUDONYMS FOR", lambda sink: _list(sink.pseudonymised), 20),
    Column[SinkExplanation]("NOT IN THE EVENT", lambda sink: _list(sink.absent), 20),
    Column[SinkExplanation]("WHY", lambda sink: sink.why),
)


def printer(form: str) -> Printer[Explanation]:
    """What prints explanations in the form that was chosen: `table`, `json` or `yaml`."""
    return _tell if form == "table" else output.printer(form, ())


def _tell(explained: Explanation) -> None:
    click.echo(f"Event {explained.uuid or '(without uuid)'} of type {explained.event_type or '(none)'}")
    click.echo(f"Hook {explained.hook}: {_delivered(explained)}")
    _table(_ROUTES, explained.routes)
    _table(_SINKS, explained.sinks)
    if not explained.sinks:
        click.echo("\nIt has no sinks: the event stays in the journal.")
    click.echo()


def _delivered(explained: Explanation) -> str:
    if not explained.subscribed:
        return "Okta does not deliver it, since its type is not in spec.eventTypes; were it there:"
    if explained.filter is not None:
        return f"Okta delivers it if this holds, which is not tried here: {explained.filter}"
    return "Okta delivers it."


def _table(columns: Sequence[Column[T]], things: Sequence[T]) -> None:
    show = output.printer("table", columns)
    if things:
        click.echo()
    for thing in things:
        show(thing)


def _yes(*, said: bool) -> str:
    return "yes" if said else "no"


def _list(names: Sequence[str]) -> str:
    return ", ".join(names) or "-"
