"""`okta-simulator clock`."""

from __future__ import annotations

import re
from datetime import timedelta

import click

from okta_simulator.cli.connection import show, talking
from okta_simulator.control import requests
from okta_simulator.control.client import BlockingControlClient

_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}


def duration(text: str) -> timedelta:
    """A number and a unit: `90s`, `15m`, `2h`, `1d`.

    Raises:
        BadParameter: It is something else.
    """
    match = re.fullmatch(r"(\d+(?:\.\d+)?)([smhd])", text)
    if match is None:
        raise click.BadParameter(f"{text!r} is not a duration: write a number and s, m, h or d, such as 15m")
    try:
        return timedelta(**{_UNITS[match[2]]: float(match[1])})
    except OverflowError as error:
        raise click.BadParameter(f"{text!r} is longer than time itself: write less") from error


@click.command()
@click.option("--speed", type=float, help="Seconds that pass at Okta while one passes here; 0 lets time stand still.")
@click.option("--advance", type=duration, help="Set the clock ahead, such as 90s, 15m, 2h or 1d.")
@talking
def clock(control: BlockingControlClient, speed: float | None, advance: timedelta | None) -> None:
    """Show Okta's clock, or change it.

    Whatever falls due while the clock is set ahead (batches, retries, expiry) happens at once.
    """
    if speed is not None:
        control(requests.set_clock_speed(speed))
    if advance is not None:
        control(requests.advance_clock(seconds=advance.total_seconds()))
    show(control(requests.clock()))
