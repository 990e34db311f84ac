"""`okta-hooks explain`."""

from __future__ import annotations

from typing import BinaryIO

import click

from okta_hooks.cli.hook_options import output_option


@click.command()
@click.option(
    "-f",
    "--filename",
    "files",
    type=click.File("rb"),
    multiple=True,
    required=True,
    help="YAML with the OktaEventHook, and the sinks that it shares with others; may be given again; - is stdin.",
)
@click.option("--hook", "name", help="Which OktaEventHook, where the files have several.")
@click.option(
    "--event",
    "event_file",
    type=click.File("rb"),
    required=True,
    help="JSON: an event, a whole delivery, or what `events -o json` prints; - is stdin.",
)
@output_option
@click.pass_context
def explain(
    context: click.Context, *, files: tuple[BinaryIO, ...], name: str | None, event_file: BinaryIO, output: str
) -> None:
    """Tell which routes and sinks an event would take, and why; asks no cluster.

    Ends with 1 when a route is wrong, and takes nothing.
    """
    from okta_hooks.cli.explaining.event_file import events_in  # noqa: PLC0415 -- `--help` need not wait
    from okta_hooks.cli.explaining.explanation import Explainer  # noqa: PLC0415
    from okta_hooks.cli.explaining.hook_file import hook_in  # noqa: PLC0415
    from okta_hooks.cli.explaining.report import printer  # noqa: PLC0415

    explainer = Explainer(hook_in([(file.name, file.read()) for file in files], name))
    show = printer(output)
    for event in events_in(event_file.name, event_file.read()):
        show(explainer.explain(event))
    if explainer.troubles:
        context.exit(1)
