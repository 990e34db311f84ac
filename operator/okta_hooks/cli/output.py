"""What commands print: things of one kind, one after another, so that a day of events needs no memory."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Generic, Protocol, TypeVar

import click
import msgspec

from okta_hooks.cli.failures import Failed

T = TypeVar("T")
T_contra = TypeVar("T_contra", contravariant=True)

_GAP = "  "


@dataclass(frozen=True)
class Column(Generic[T]):
    """A column of a table.

    Args:
        title: What is above it.
        cell: What is in it.
        width: How many characters are usual; what is longer pushes the rest of its line to the right.
    """

    title: str
    cell: Callable[[T], str]
    width: int = 0


class Printer(Protocol[T_contra]):
    """Prints things."""

    def __call__(self, thing: T_contra, /) -> None:
        """Print one."""
        ...


def printer(form: str, columns: Sequence[Column[T]]) -> Printer[T]:
    """What prints things in the form that was chosen: `table`, `json` or `yaml`."""
    if form == "json":
        return _print_json
    if form == "yaml":
        return _yaml_printer()
    return _Table(columns)


def written(moment: datetime | None) -> str:
    """A time in a table, exact to the second."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if moment is not None else "-"


class _Table(Generic[T]):
    def __init__(self, columns: Sequence[Column[T]]) -> None:
        self._columns = columns
        self._is_begun = False

    def __call__(self, thing: T) -> None:
        if not self._is_begun:
            self._line([column.title for column in self._columns])
            self._is_begun = True
        self._line([column.cell(thing) for column in self._columns])

    def _line(self, cells: Sequence[str]) -> None:
        padded = (visible(cell).ljust(column.width) for cell, column in zip(cells, self._columns, strict=True))
        click.echo(_GAP.join(padded).rstrip())


def visible(text: str) -> str:
    """Without what could move the cursor or end the line: sinks and events say what they like."""
    return "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in text)


def _print_json(thing: object) -> None:
    click.echo(msgspec.json.encode(thing).replace(b"\n", b" "))


def _yaml_printer() -> Printer[object]:
    try:
        import yaml  # noqa: PLC0415 -- one form of three needs it
    except ModuleNotFoundError as error:
        raise Failed("YAML needs PyYAML: pip install 'okta-event-hooks[cli]', or choose -o json") from error

    def show(thing: object) -> None:
        plain = json.loads(msgspec.json.encode(thing))
        click.echo(yaml.safe_dump(plain, explicit_start=True, sort_keys=False, allow_unicode=True), nl=False)

    return show
