"""`okta-hooks dead-letters`."""

from __future__ import annotations

import click

from okta_hooks.cli.cluster.address import HookAddress
from okta_hooks.cli.hook_options import hook_options, output_option

_sinks_option = click.option("--sink", "sinks", multiple=True, required=True, help="Whose; may be given again.")
_uuids_option = click.option("--uuid", "uuids", multiple=True, help="Which; may be given again. Default: all of them.")


@click.group(name="dead-letters")
def dead_letters() -> None:
    """Look at what sinks refused for good, and decide what becomes of it."""


@dead_letters.command(name="list")
@hook_options
@click.option("--sink", help="Whose. Default: all sinks.")
@output_option
def list_(hook: HookAddress, *, sink: str | None, output: str) -> None:
    """List the dead letters of HOOK, oldest first."""
    from okta_hooks.cli.actions.dead_letters import COLUMNS, list_dead_letters  # noqa: PLC0415 -- for a quick `--help`
    from okta_hooks.cli.cluster.reaching import reach  # noqa: PLC0415
    from okta_hooks.cli.output import printer  # noqa: PLC0415

    show = printer(output, COLUMNS)
    with reach(hook) as dispatcher:
        list_dead_letters(dispatcher, sink, show)


@dead_letters.command()
@hook_options
@click.argument("sink")
@click.argument("uuid")
@click.option("-o", "--output", type=click.Choice(["json", "yaml"]), default="yaml", show_default=True)
def show(hook: HookAddress, *, sink: str, uuid: str, output: str) -> None:
    """Show the dead letter UUID of SINK with its event and the reason."""
    from okta_hooks.cli.actions.dead_letters import COLUMNS  # noqa: PLC0415 -- `--help` need not wait
    from okta_hooks.cli.cluster.reaching import reach  # noqa: PLC0415
    from okta_hooks.cli.output import printer  # noqa: PLC0415

    tell = printer(output, COLUMNS)
    with reach(hook) as dispatcher:
        tell(dispatcher.dead_letter(sink, uuid))


@dead_letters.command()
@hook_options
@_sinks_option
@_uuids_option
def replay(hook: HookAddress, *, sinks: tuple[str, ...], uuids: tuple[str, ...]) -> None:
    """Let sinks of HOOK have their dead letters again; what they take is no dead letter any more."""
    from okta_hooks.admin.dispatcher_requests import DeadLettersSelection  # noqa: PLC0415 -- `--help` need not wait
    from okta_hooks.cli.actions import dead_letters as actions  # noqa: PLC0415
    from okta_hooks.cli.cluster.reaching import reach  # noqa: PLC0415

    with reach(hook) as dispatcher:
        actions.replay(dispatcher, DeadLettersSelection(sinks, uuids or None))


@dead_letters.command()
@hook_options
@_sinks_option
@_uuids_option
@click.option("-y", "--yes", is_flag=True, help="Do not ask.")
def discard(hook: HookAddress, *, sinks: tuple[str, ...], uuids: tuple[str, ...], yes: bool) -> None:
    """Give dead letters of HOOK up: they are lost to these sinks, though not to the journal."""
    from okta_hooks.admin.dispatcher_requests import DeadLettersSelection  # noqa: PLC0415 -- `--help` need not wait
    from okta_hooks.cli.actions import dead_letters as actions  # noqa: PLC0415
    from okta_hooks.cli.cluster.reaching import reach  # noqa: PLC0415

    with reach(hook) as dispatcher:
        actions.discard(dispatcher, DeadLettersSelection(sinks, uuids or None), is_certain=yes)
