"""`okta-hooks replay` and `okta-hooks replays`."""

from __future__ import annotations

import time
from datetime import datetime, timedelta

import click

from okta_hooks.cli import times
from okta_hooks.cli.cluster.address import HookAddress
from okta_hooks.cli.hook_options import hook_options, output_option

_LOOK_EVERY = 0.5


@click.command()
@hook_options
@click.option(
    "--since",
    type=times.time,
    required=True,
    help="Received at or after: 2026-01-31T12:00:00Z, or 15m for so long ago.",
)
@click.option("--until", type=times.time, help="Received before. Default: now.")
@click.option(
    "--sink", "sinks", multiple=True, help="Who gets it; may be given again. Default: all, or those of --route."
)
@click.option("--route", help="The route that chooses. Default: all that lead to a sink.")
@click.option("--wait/--no-wait", default=True, show_default=True, help="Whether to wait until it is done.")
@click.option(
    "--timeout",
    type=times.duration,
    default="1h",
    show_default=True,
    help="How long to wait; it goes on in the cluster.",
)
@output_option
def replay(
    hook: HookAddress,
    *,
    since: datetime,
    until: datetime | None,
    sinks: tuple[str, ...],
    route: str | None,
    wait: bool,
    timeout: timedelta,
    output: str,
) -> None:
    """Let sinks of HOOK have again what was received in a time.

    Each event goes out under the same key as before, so that a sink that can tell keeps one copy.
    """
    from okta_hooks.admin.dispatcher_requests import ReplayOrder  # noqa: PLC0415 -- `--help` need not wait
    from okta_hooks.cli.actions import replays as actions  # noqa: PLC0415
    from okta_hooks.cli.cluster.reaching import reach  # noqa: PLC0415
    from okta_hooks.cli.output import printer  # noqa: PLC0415

    show = printer(output, actions.COLUMNS)
    patience = actions.Patience(timeout, time.monotonic, lambda: time.sleep(_LOOK_EVERY)) if wait else None
    with reach(hook) as dispatcher:
        order = ReplayOrder(since, until, sinks or None, route)
        actions.replay(dispatcher, order, patience=patience, show=show)


@click.group()
def replays() -> None:
    """Look at replays, and end them."""


@replays.command(name="list")
@hook_options
@output_option
def list_(hook: HookAddress, *, output: str) -> None:
    """List the replays of HOOK that run, and those that ended lately."""
    from okta_hooks.cli.actions.replays import COLUMNS, list_replays  # noqa: PLC0415 -- `--help` need not wait
    from okta_hooks.cli.cluster.reaching import reach  # noqa: PLC0415
    from okta_hooks.cli.output import printer  # noqa: PLC0415

    show = printer(output, COLUMNS)
    with reach(hook) as dispatcher:
        list_replays(dispatcher, show)


@replays.command()
@hook_options
@click.argument("number", metavar="ID", type=click.IntRange(min=0))
@output_option
def cancel(hook: HookAddress, *, number: int, output: str) -> None:
    """End the replay ID of HOOK; what was delivered stays delivered."""
    from okta_hooks.cli.actions.replays import COLUMNS  # noqa: PLC0415 -- `--help` need not wait
    from okta_hooks.cli.cluster.reaching import reach  # noqa: PLC0415
    from okta_hooks.cli.output import printer  # noqa: PLC0415

    show = printer(output, COLUMNS)
    with reach(hook) as dispatcher:
        show(dispatcher.cancel_replay(number))
