"""What sinks refused for good."""

from __future__ import annotations

from collections.abc import Sequence

import click

from okta_hooks.admin.dispatcher_requests import MOST_UUIDS, DeadLetterSeen, DeadLettersSelection
from okta_hooks.cli.cluster.dispatcher import Dispatcher
from okta_hooks.cli.failures import NotThere, Unusable
from okta_hooks.cli.output import Column, Printer, written

COLUMNS = (
    Column[DeadLetterSeen]("REFUSED", lambda letter: written(letter.refused_at), 20),
    Column[DeadLetterSeen]("SINK", lambda letter: letter.sink, 12),
    Column[DeadLetterSeen]("UUID", lambda letter: letter.uuid, 36),
    Column[DeadLetterSeen]("TYPE", lambda letter: letter.event_type or "-", 32),
    Column[DeadLetterSeen]("ATTEMPTS", lambda letter: str(letter.attempts), 8),
    Column[DeadLetterSeen]("REPLAYING", lambda letter: "yes" if letter.replaying else "no", 9),
    Column[DeadLetterSeen]("REASON", lambda letter: letter.reason),
)


def list_dead_letters(dispatcher: Dispatcher, sink: str | None, show: Printer[DeadLetterSeen]) -> None:
    """Show all of a sink, or of all sinks, oldest first.

    Raises:
        NotThere: There is no such sink.
    """
    if sink is not None:
        _known(dispatcher, (sink,))
    for letter in dispatcher.dead_letters(sink):
        show(letter)


def replay(dispatcher: Dispatcher, selection: DeadLettersSelection) -> None:
    """Let sinks have dead letters again.

    Raises:
        NotThere: There is no such sink.
    """
    _check(dispatcher, selection)
    selected = dispatcher.replay_dead_letters(selection)
    click.echo(f"{_dead_letters(selected)} of {_named(selection)} on the way again.")


def discard(dispatcher: Dispatcher, selection: DeadLettersSelection, *, is_certain: bool) -> None:
    """Give dead letters up, after asking unless somebody is certain.

    Raises:
        NotThere: There is no such sink.
        click.Abort: The answer was no.
    """
    count = _check(dispatcher, selection)
    if not is_certain:
        click.confirm(f"Discard {_dead_letters(count)} of {_named(selection)} for good?", abort=True, err=True)
    discarded = dispatcher.discard_dead_letters(selection)
    click.echo(f"{_dead_letters(discarded)} of {_named(selection)} discarded.")


def _check(dispatcher: Dispatcher, selection: DeadLettersSelection) -> int:
    """How many dead letters may be meant."""
    if selection.uuids is not None and len(selection.uuids) > MOST_UUIDS:
        raise Unusable(f"{len(selection.uuids)} --uuid are too many: give at most {MOST_UUIDS}, or none for all")
    kept = _known(dispatcher, selection.sinks)
    return kept if selection.uuids is None else len(selection.uuids) * len(selection.sinks)


def _known(dispatcher: Dispatcher, wanted: Sequence[str]) -> int:
    """How many dead letters these sinks have."""
    sinks = dispatcher.statistics().sinks
    for name in wanted:
        if name not in sinks:
            raise NotThere(f"there is no sink {name}: the sinks are {', '.join(sorted(sinks)) or 'none'}")
    return sum(sinks[name].dead_letters for name in wanted)


def _dead_letters(count: int) -> str:
    return "1 dead letter" if count == 1 else f"{count} dead letters"


def _named(selection: DeadLettersSelection) -> str:
    return ", ".join(selection.sinks)
