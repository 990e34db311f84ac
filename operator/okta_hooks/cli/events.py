"""`okta-hooks events` and `okta-hooks tail`."""

from __future__ import annotations

import time
from datetime import datetime

import click

from okta_hooks.cli import times
from okta_hooks.cli.cluster.address import HookAddress
from okta_hooks.cli.hook_options import hook_options, output_option

_LOOK_EVERY = 1.0

_type_option = click.option(
    "--type", "types", multiple=True, help="A type, or a beginning: user.session.*; may be given again. Default: all."
)


@click.command()
@hook_options
@click.option("--since", type=times.time, help="Received at or after: 2026-01-31T12:00:00Z, or 15m for so long ago.")
@click.option("--until", type=times.time, help="Received before.")
@_type_option
@click.option("--uuid", help="One event.")
@click.option("--limit", type=click.IntRange(min=0), default=100, show_default=True, help="The most; 0 for all.")
@output_option
def events(
    hook: HookAddress,
    *,
    since: datetime | None,
    until: datetime | None,
    types: tuple[str, ...],
    uuid: str | None,
    limit: int,
    output: str,
) -> None:
    """Show what is in the journal of HOOK, oldest first."""
    from okta_hooks.cli.actions.events import COLUMNS, list_events  # noqa: PLC0415 -- `--help` need not wait
    from okta_hooks.cli.cluster.dispatcher import EventsWanted  # noqa: PLC0415
    from okta_hooks.cli.cluster.reaching import reach  # noqa: PLC0415
    from okta_hooks.cli.output import printer  # noqa: PLC0415

    wanted = EventsWanted(since=since, until=until, types=types, uuid=uuid)
    show = printer(output, COLUMNS)
    with reach(hook) as dispatcher:
        list_events(dispatcher, wanted, limit=limit or None, show=show)


@click.command()
@hook_options
@_type_option
@output_option
def tail(hook: HookAddress, *, types: tuple[str, ...], output: str) -> None:
    """Show what comes into the journal of HOOK from now on, until Ctrl-C."""
    from okta_hooks.cli.actions.events import COLUMNS, follow_events  # noqa: PLC0415 -- `--help` need not wait
    from okta_hooks.cli.cluster.dispatcher import EventsWanted  # noqa: PLC0415
    from okta_hooks.cli.cluster.reaching import reach  # noqa: PLC0415
    from okta_hooks.cli.output import printer  # noqa: PLC0415

    show = printer(output, COLUMNS)
    with reach(hook) as dispatcher:
        follow_events(dispatcher, EventsWanted(types=types), show=show, pause=lambda: time.sleep(_LOOK_EVERY))
