"""`okta-simulator truth`."""

from __future__ import annotations

import click

from okta_simulator.cli.connection import show, talking
from okta_simulator.control import requests
from okta_simulator.control.client import BlockingControlClient


@click.command()
@click.option("--event", "uuid", help="Show what happened to one event.")
@click.option("--missing", is_flag=True, help="List events that a hook has not acknowledged.")
@click.option("--begin", default=0, show_default=True, help="Where the list begins: `next` of the one before.")
@talking
def truth(control: BlockingControlClient, uuid: str | None, begin: int, *, missing: bool) -> None:
    """Show what really happened to the events: emitted, attempted, acknowledged, how often."""
    if uuid is not None:
        show(control(requests.truth_of(uuid)))
    elif missing:
        show(control(requests.truths(begin=begin, missing=True)))
    else:
        show(control(requests.truth()))
