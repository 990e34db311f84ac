"""`okta-hooks receiver`."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import click

from okta_hooks.cli.stream_options import chosen_stream, stream_options

_PATH = click.Path(path_type=Path)
_PORT = click.IntRange(0, 65535)
_BYTES = click.IntRange(min=8 << 20)


@click.command()
@click.option("--path", required=True, help="The path of the hook's URL, such as /team/hook.")
@click.option(
    "--header-name", default="Authorization", show_default=True, help="The header in which Okta sends the secret."
)
@click.option(
    "--secrets-folder",
    type=_PATH,
    default=Path("/run/okta-hooks/secrets"),
    show_default=True,
    help="A folder with the file `current`, and `previous` during a rotation; it is read again every second.",
)
@click.option(
    "--admin-token-file",
    type=_PATH,
    default=Path("/run/okta-hooks/admin/token"),
    show_default=True,
    help="A file with the token for statistics and back-fill.",
)
@click.option(
    "--journal-folder",
    type=_PATH,
    default=Path("/var/lib/okta-hooks/journal"),
    show_default=True,
    help="Where events are kept; made when it is not there.",
)
@click.option(
    "--passed-file",
    type=_PATH,
    default=Path("/var/lib/okta-hooks/dispatcher/passed"),
    show_default=True,
    help="The file in which the dispatcher says how far it is.",
)
@click.option(
    "--journal-max-bytes", type=_BYTES, default=8 << 30, show_default=True, help="The most that the journal may take."
)
@click.option(
    "--journal-keep-bytes",
    type=_BYTES,
    default=4 << 30,
    show_default=True,
    help="Above this, what every sink has is dropped, oldest first.",
)
@click.option(
    "--journal-keep-hours",
    type=click.FloatRange(min=0),
    default=168.0,
    show_default=True,
    help="What every sink has is dropped when it is older.",
)
@stream_options
@click.option(
    "--jetstream-monitor-url",
    "jetstream_monitors",
    multiple=True,
    help="The monitoring endpoint of a server of the distributed journal, such as http://nats-0.nats:8222, to see how "
    "often it syncs; may be given several times.",
)
@click.option("--okta-port", type=_PORT, default=8080, show_default=True, help="The port for Okta.")
@click.option("--admin-port", type=_PORT, default=9090, show_default=True, help="The port for the cluster.")
@click.option(
    "--drain-seconds",
    type=click.FloatRange(0, 60),
    default=2.0,
    show_default=True,
    help="How long requests are still taken after SIGTERM.",
)
@click.pass_context
def receiver(
    context: click.Context,
    *,
    path: str,
    header_name: str,
    secrets_folder: Path,
    admin_token_file: Path,
    journal_folder: Path,
    passed_file: Path,
    journal_max_bytes: int,
    journal_keep_bytes: int,
    journal_keep_hours: float,
    jetstream_urls: tuple[str, ...],
    jetstream_stream: str,
    jetstream_credentials_folder: Path | None,
    jetstream_ca_file: Path | None,
    jetstream_monitors: tuple[str, ...],
    okta_port: int,
    admin_port: int,
    drain_seconds: float,
) -> None:
    """Receive what Okta sends for one hook, keep it, and answer once it is on stable storage.

    Ends with 0 after SIGTERM, with 2 when an option can't be used, and with 3 when the journal can't be opened or has
    failed: start it again then, and it recovers.
    """
    from okta_hooks.journal import LogLimits  # noqa: PLC0415 -- `--help` need not wait for a web server
    from okta_hooks.receiver.options import ReceiverOptions  # noqa: PLC0415
    from okta_hooks.receiver.process import run  # noqa: PLC0415

    if journal_keep_bytes > journal_max_bytes:
        raise click.UsageError("--journal-keep-bytes is more than --journal-max-bytes: keep less, or allow more")
    options = ReceiverOptions(
        path=path,
        header_name=header_name,
        secrets_folder=secrets_folder,
        admin_token_file=admin_token_file,
        journal_folder=journal_folder,
        passed_file=passed_file,
        limits=LogLimits(
            max_bytes=journal_max_bytes,
            keep_bytes=journal_keep_bytes,
            keep_age=timedelta(hours=journal_keep_hours),
        ),
        stream=chosen_stream(
            jetstream_urls,
            stream=jetstream_stream,
            credentials_folder=jetstream_credentials_folder,
            ca_file=jetstream_ca_file,
            monitors=jetstream_monitors,
        ),
        okta_port=okta_port,
        admin_port=admin_port,
        drain_seconds=drain_seconds,
    )
    context.exit(run(options))
