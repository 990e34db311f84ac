"""`okta-hooks dispatcher`."""

from __future__ import annotations

from pathlib import Path

import click

_PATH = click.Path(path_type=Path)


@click.command()
@click.option(
    "--configuration-file",
    type=_PATH,
    default=Path("/etc/okta-hooks/dispatcher.json"),
    show_default=True,
    help="The sinks, and what every event carries; it is read again when it changes.",
)
@click.option(
    "--journal-folder",
    type=_PATH,
    default=Path("/var/lib/okta-hooks/journal"),
    show_default=True,
    help="The receiver's journal; only read.",
)
@click.option(
    "--own-folder",
    type=_PATH,
    default=Path("/var/lib/okta-hooks/dispatcher"),
    show_default=True,
    help="Where cursors, dead letters and the index are kept.",
)
@click.option(
    "--admin-token-file",
    type=_PATH,
    default=Path("/run/okta-hooks/admin/token"),
    show_default=True,
    help="A file with the token for statistics.",
)
@click.option(
    "--admin-port", type=click.IntRange(0, 65535), default=9091, show_default=True, help="The port for the cluster."
)
@click.pass_context
def dispatcher(
    context: click.Context,
    *,
    configuration_file: Path,
    journal_folder: Path,
    own_folder: Path,
    admin_token_file: Path,
    admin_port: int,
) -> None:
    """Read the journal of one hook, and pass each event on to every sink once.

    Events of the sink `stdout` go to standard output, log lines to standard error. Ends with 0 after SIGTERM, with 2
    when an option or the configuration can't be used, and with 3 when its own files can't be used.
    """
    from okta_hooks.dispatch.options import DispatcherOptions  # noqa: PLC0415 -- `--help` need not wait
    from okta_hooks.dispatch.process import run  # noqa: PLC0415

    options = DispatcherOptions(
        journal_folder=journal_folder,
        own_folder=own_folder,
        configuration_file=configuration_file,
        admin_token_file=admin_token_file,
        admin_port=admin_port,
    )
    context.exit(run(options))
