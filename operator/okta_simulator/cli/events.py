"""`okta-simulator emit`, `traffic` and `tell`."""

from __future__ import annotations

from pathlib import Path

import click

from okta_simulator.cli.connection import show, talking
from okta_simulator.control import requests
from okta_simulator.control.client import BlockingControlClient

_AT_A_TIME = 1_000  # events of a file in one request


@click.command()
@click.option("--count", default=1, show_default=True, help="How many.")
@click.option("--type", "types", multiple=True, help="An event type, such as user.session.start. Repeatable.")
@click.option("--login", help="The person they are about; anybody when absent.")
@click.option("--file", type=click.Path(path_type=Path), help="Emit the events of a file: a JSON array, or JSON lines.")
@talking
def emit(
    control: BlockingControlClient, count: int, types: tuple[str, ...], login: str | None, file: Path | None
) -> None:
    """Let events happen now; without a type or a file, a working day's mixture."""
    if file is None:
        show(control(requests.emit(count, types=types, login=login)))
        return
    from okta_simulator.events.from_file import read_events  # noqa: PLC0415 -- only with --file

    events = read_events(file)
    for begin in range(0, len(events), _AT_A_TIME):
        show(control(requests.emit(events=events[begin : begin + _AT_A_TIME])))


@click.command()
@click.argument("events_per_second", type=float)
@click.option("--type", "types", multiple=True, help="An event type; without any, a working day's mixture. Repeatable.")
@talking
def traffic(control: BlockingControlClient, events_per_second: float, types: tuple[str, ...]) -> None:
    """Let so many events happen in each real second from now on; 0 ends it."""
    show(control(requests.set_traffic(events_per_second, types=types)))


@click.command()
@click.argument("story")
@click.option("--login", help="To whom; to anybody when absent.")
@click.option("--pace", default=1.0, show_default=True, help="What its pauses are multiplied with; 0 leaves them out.")
@talking
def tell(control: BlockingControlClient, story: str, login: str | None, pace: float) -> None:
    """Let a story happen to a person: sign-in, lockout, push-bombing, suspicious-travel, offboarding and others.

    Its pauses pass in Okta's time, which `okta-simulator clock` makes faster. An unknown STORY is answered with a list.
    """
    control(requests.tell(story, login=login, pace=pace))
