"""What can be chosen of a receiver: paths and numbers, never a secret."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from okta_hooks.bad_input import BadInput
from okta_hooks.journal import LogLimits
from okta_hooks.journal.jetstream.settings import JetStreamSettings

_HEADER_NAME = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")
_PATH = re.compile(r"/[-A-Za-z0-9._~!$&'()*+,;=:@%/]*")


@dataclass(frozen=True)
class ReceiverOptions:
    """See `okta-hooks receiver --help`.

    Attributes:
        path: The path of the hook's URL.
        header_name: The header that carries the secret.
        secrets_folder: A mounted folder with the secrets (`okta_hooks.receiver`).
        admin_token_file: A mounted file with the admin token.
        journal_folder: Where the journal is, or is to be made.
        passed_file: The dispatcher's word on how far it is.
        limits: How large the journal may become.
        stream: The distributed journal, which takes the place of the one in the folder; None where there is none.
        okta_port: The port for Okta; 0 takes a free one.
        admin_port: The port for the cluster; 0 takes a free one.
        drain_seconds: How long requests are still taken after SIGTERM, while nobody is sent here any more.

    Raises:
        BadInput: A value can't be used.
    """

    path: str
    secrets_folder: Path
    admin_token_file: Path
    journal_folder: Path
    passed_file: Path
    header_name: str = "Authorization"
    limits: LogLimits = field(default_factory=LogLimits)
    stream: JetStreamSettings | None = None
    okta_port: int = 8080
    admin_port: int = 9090
    drain_seconds: float = 2

    def __post_init__(self) -> None:
        if not _PATH.fullmatch(self.path):
            raise BadInput(f"--path {self.path!r} is not the path of a URL: write it like /team/hook, without a query")
        if not _HEADER_NAME.fullmatch(self.header_name):
            raise BadInput(f"--header-name {self.header_name!r} is not the name of a header: write it like X-Hook-Key")
        if not self.secrets_folder.is_dir():
            raise BadInput(f"--secrets-folder {self.secrets_folder} is not a folder: mount the hook's Secret there")
        if self.stream is None and not self.journal_folder.parent.is_dir():
            raise BadInput(f"--journal-folder {self.journal_folder} can't be made: mount a volume at its parent")
