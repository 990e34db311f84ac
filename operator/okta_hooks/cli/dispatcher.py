"""`okta-hooks dispatcher`."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import click

from okta_hooks.cli.stream_options import chosen_stream, stream_options

_PATH = click.Path(path_type=Path)
_BYTES = click.IntRange(min=8 << 20)


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
@stream_options
@click.option(
    "--jetstream-replicas",
    type=click.Choice(["1", "3", "5"]),
    default="3",
    show_default=True,
    help="On how many servers the stream is kept.",
)
@click.option(
    "--jetstream-max-bytes",
    type=_BYTES,
    default=8 << 30,
    show_default=True,
    help="The most that the stream may take, which its servers reserve.",
)
@click.option(
    "--jetstream-keep-bytes",
    type=_BYTES,
    default=4 << 30,
    show_default=True,
    help="Above this, what every sink has is dropped from the stream, oldest first.",
)
@click.option(
    "--jetstream-keep-hours",
    type=click.FloatRange(min=0),
    default=168.0,
    show_default=True,
    help="What every sink has is dropped from the stream when it is older.",
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
    jetstream_urls: tuple[str, ...],
    jetstream_stream: str,
    jetstream_credentials_folder: Path | None,
    jetstream_ca_file: Path | None,
    jetstream_replicas: str,
    jetstream_max_bytes: int,
    jetstream_keep_bytes: int,
    jetstream_keep_hours: float,
    own_folder: Path,
    admin_token_file: Path,
    admin_port: int,
) -> None:
    """Read the journal of one hook, and pass each event on to every sink once.

    Events of the sink `stdout` go to standard output, log lines to standard error. Ends with 0 after SIGTERM, with 2
    when an option or the configuration can't be used, and with 3 when its own files can't be used.
    """
    from okta_hooks.dispatch.options import DispatcherOptions, StreamChoice  # noqa: PLC0415 -- `--help` need not wait
    from okta_hooks.dispatch.process import run  # noqa: PLC0415
    from okta_hooks.journal.jetstream.settings import StreamLimits  # noqa: PLC0415

    if jetstream_keep_bytes > jetstream_max_bytes:
        raise click.UsageError("--jetstream-keep-bytes is more than --jetstream-max-bytes: keep less, or allow more")
    settings = chosen_stream(
        jetstream_urls,
        stream=jetstream_stream,
        credentials_folder=jetstream_credentials_folder,
        ca_file=jetstream_ca_file,
    )
    limits = StreamLimits(
        replicas=int(jetstream_replicas),
        max_bytes=jetstream_max_bytes,
        keep_bytes=jetstream_keep_bytes,
        keep_age=timedelta(hours=jetstream_keep_hours),
    )
    options = DispatcherOptions(
        journal_folder=journal_folder,
        own_folder=own_folder,
        configuration_file=configuration_file,
        admin_token_file=admin_token_file,
        admin_port=admin_port,
        stream=StreamChoice(settings, limits) if settings else None,
    )
    context.exit(run(options))
