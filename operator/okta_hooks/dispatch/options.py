"""What can be chosen of a dispatcher on its command line: paths and a port, never a secret."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from okta_hooks.bad_input import BadInput
from okta_hooks.journal.jetstream.settings import JetStreamSettings, StreamLimits


@dataclass(frozen=True)
class StreamChoice:
    """A distributed journal.

    Attributes:
        settings: Which stream.
        limits: How much it keeps; the dispatcher makes it so.
    """

    settings: JetStreamSettings
    limits: StreamLimits


@dataclass(frozen=True)
class DispatcherOptions:
    """The options.

    Attributes:
        journal_folder: The embedded journal, which is only read.
        stream: The distributed journal, which takes its place; None where there is none.
        own_folder: Where the dispatcher keeps its files, and says what it has passed.
        configuration_file: See `okta_hooks.dispatch.configuration`.
        admin_token_file: The token for statistics.
        admin_port: The port for the cluster.

    Raises:
        BadInput: One of them can't be used.
    """

    journal_folder: Path
    own_folder: Path
    configuration_file: Path
    admin_token_file: Path
    admin_port: int = 9091
    stream: StreamChoice | None = None

    def __post_init__(self) -> None:
        if not self.own_folder.is_dir():
            raise BadInput(f"--own-folder {self.own_folder} is not a folder: mount a volume there")
