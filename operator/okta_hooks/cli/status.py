"""`okta-hooks status`."""

from __future__ import annotations

import click

from okta_hooks.cli.cluster.address import HookAddress
from okta_hooks.cli.hook_options import hook_options, output_option


@click.command()
@hook_options
@output_option
@click.pass_context
def status(context: click.Context, hook: HookAddress, *, output: str) -> None:
    """Tell on one page how HOOK does: the chain from Okta to its sinks, what is wrong, and what to do.

    Ends with 1 when a link is broken.
    """
    from okta_hooks.cli.chain.hook import shown  # noqa: PLC0415 -- `--help` need not wait
    from okta_hooks.cli.chain.links import chain  # noqa: PLC0415
    from okta_hooks.cli.chain.page import printer  # noqa: PLC0415

    found = shown(hook)
    seen = chain(found.metadata, found.read_status())
    printer(output)(seen)
    if seen.is_broken:
        context.exit(1)
