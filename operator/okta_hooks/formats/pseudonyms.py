"""Pseudonyms: what stands in the place of a value that a sink must not learn.

HMAC-SHA256 (RFC 2104, FIPS 180-4) of the value's UTF-8, under a key from a mounted file, in hexadecimal after the name
of the algorithm. Under one key equal values have equal pseudonyms, whatever field they are in, so that a user can be
followed without being known; who does not have the key can't find out by trying values.
"""

from __future__ import annotations

import hmac
import os
from pathlib import Path

from okta_hooks.formats.port import KeyUnusable

_SHORTEST_KEY = 16
"""Bytes; shorter ones can be guessed."""


def pseudonym(value: str, key: bytes) -> str:
    """What stands in the place of a value."""
    return "hmac-sha256:" + hmac.digest(key, value.encode("utf-8"), "sha256").hex()


class PseudonymKey:
    """The key, as it is now.

    The kubelet swaps what the path means when the Secret changes, so that each use looks whether it is the same file.

    Args:
        file: Holds it: all of its bytes are the key.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self._seen: tuple[int, int, int, int] | None = None
        self._key = b""

    def read(self) -> bytes:
        """The key.

        Raises:
            KeyUnusable: There is none, or it is too short.
        """
        try:
            status = os.stat(self._file)  # noqa: PTH116 -- half the time of Path.stat, for each event
            seen = (status.st_dev, status.st_ino, status.st_mtime_ns, status.st_size)
            if seen != self._seen:
                self._key, self._seen = self._checked(self._file.read_bytes()), seen
        except OSError as error:
            raise KeyUnusable(
                f"the key for pseudonyms {self._file} can't be read ({error.strerror}): give the Secret this key"
            ) from error
        return self._key

    def _checked(self, key: bytes) -> bytes:
        if len(key) < _SHORTEST_KEY:
            raise KeyUnusable(
                f"the key for pseudonyms {self._file} has {len(key)} bytes, and can be guessed:"
                f" put at least {_SHORTEST_KEY} random ones into this key of the Secret"
            )
        return key
