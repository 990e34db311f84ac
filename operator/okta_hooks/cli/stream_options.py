"""The options of the distributed journal, which the receiver and the dispatcher share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, ParamSpec, TypeVar

import click

if TYPE_CHECKING:
    from okta_hooks.journal.jetstream.settings import JetStreamSettings

Parameters = ParamSpec("Parameters")
Answer = TypeVar("Answer")

_PATH = click.Path(path_type=Path)
_OPTIONS = (
    click.option(
        "--jetstream-url",
        "jetstream_urls",
        multiple=True,
        help="A server of the distributed journal, such as tls://nats:4222; may be given several times. Without it the "
        "journal is the log in --journal-folder.",
    ),
    click.option("--jetstream-stream", default="", help="The stream of this hook."),
    click.option(
        "--jetstream-credentials-folder",
        type=_PATH,
        help="A folder with user.creds, or with username and password, or with token; read for each connection.",
    ),
    click.option("--jetstream-ca-file", type=_PATH, help="The certificates to trust; without it those of the system."),
)


def stream_options(command: Callable[Parameters, Answer]) -> Callable[Parameters, Answer]:
    """Add the options to a command."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def chosen_stream(
    urls: Sequence[str],
    *,
    stream: str,
    credentials_folder: Path | None,
    ca_file: Path | None,
    monitors: Sequence[str] = (),
) -> JetStreamSettings | None:
    """What the options say; None where they name no server.

    Raises:
        BadInput: A value can't be used.
    """
    from okta_hooks.journal.jetstream.settings import JetStreamSettings  # noqa: PLC0415 -- `--help` need not wait

    if not urls:
        return None
    return JetStreamSettings(
        tuple(urls), stream, credentials_folder=credentials_folder, ca_file=ca_file, monitors=tuple(monitors)
    )
