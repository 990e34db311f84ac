"""What is presented to a server. Read for each connection, so that a changed Secret is used from the next one on.

| file in the folder | what it holds |
|---|---|
| `user.creds` | a user's JWT and seed, as `nsc` writes them |
| `username`, `password` | a user and a password |
| `token` | a token |
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from okta_hooks.journal.errors import JournalUnavailable


@dataclass(frozen=True)
class Credentials:
    """What a server may ask for; None is not presented."""

    user_credentials: Path | None = None
    user: str | None = None
    password: str | None = None
    token: str | None = None


def read_credentials(folder: Path | None) -> Credentials:
    """What a folder holds.

    Raises:
        JournalUnavailable: It holds nothing that can be presented.
    """
    if folder is None:
        return Credentials()
    if (folder / "user.creds").is_file():
        return Credentials(user_credentials=folder / "user.creds")
    try:
        if (folder / "token").is_file():
            return Credentials(token=_text(folder / "token"))
        return Credentials(user=_text(folder / "username"), password=_text(folder / "password"))
    except OSError as error:
        raise JournalUnavailable(
            f"the credentials for the distributed journal in {folder} can't be read ({error.strerror}): its Secret "
            "needs the key user.creds, the key token, or the keys username and password"
        ) from error


def _text(file: Path) -> str:
    return file.read_text().strip()
