"""Files that are mounted for a sink: credentials and certificates.

A kubelet swaps what a path means when the Secret changes. So a file is read at each use: it is small and in memory, and
reading it costs less than finding out whether it changed.
"""

from __future__ import annotations

from pathlib import Path


class NotMounted(Exception):
    """A file can't be used; the message is a sentence that names it and says what to do."""


def content(path: str) -> bytes:
    """What a mounted file holds now.

    Raises:
        NotMounted: It can't be read.
    """
    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise NotMounted(f"{path} can't be read ({error.strerror}): give the Secret this key") from error


def credential(path: str) -> str:
    """A credential that a header can carry; white space around it does not count.

    Raises:
        NotMounted: It can't be read, is empty, or has characters that no header carries.
    """
    try:
        text = content(path).decode().strip()
    except UnicodeDecodeError as error:
        raise NotMounted(f"{path} is not text: put the credential alone into this key of the Secret") from error
    if not text or not text.isprintable():
        fault = "has more than one line" if text else "is empty"
        raise NotMounted(f"{path} {fault}: put the credential alone into this key of the Secret")
    return text
