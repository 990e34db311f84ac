"""The hook's secrets as a mounted Secret shows them."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple


class Secrets(NamedTuple):
    """The secrets of one moment.

    Attributes:
        current: The one that Okta is to send.
        previous: The one before, while it is accepted.
    """

    current: bytes
    previous: bytes | None = None


def read_secrets(folder: Path) -> Secrets | None:
    """The secrets in a folder; None when there is no `current` that can be read, or the folder changes just now.

    White space around a secret does not count, since a header can't carry it.
    """
    place = _snapshot(folder)
    current, previous = _content(place / "current"), _content(place / "previous")
    if current is None or _snapshot(folder) != place:
        return None
    return Secrets(current, previous if previous != current else None)


def _snapshot(folder: Path) -> Path:
    """Where the files are now. A kubelet replaces all of them at once, by pointing `..data` at another folder."""
    try:
        return folder / (folder / "..data").readlink()
    except OSError:  # plain files
        return folder


def _content(file: Path) -> bytes | None:
    try:
        return file.read_bytes().strip() or None
    except OSError:
        return None
