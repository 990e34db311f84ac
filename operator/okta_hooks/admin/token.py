"""The token that the operator and the processes of one hook's pod share."""

from __future__ import annotations

import hmac
from contextlib import suppress
from pathlib import Path

from okta_hooks.bad_input import BadInput

_BEARER = "Bearer "


class AdminToken:
    """A token in a mounted file, read when it is needed, so that a change of the file counts at once.

    Raises:
        BadInput: The file can't be read, or is empty.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        try:
            self._last = file.read_bytes().strip()
        except OSError as error:
            raise BadInput(
                f"the admin token in {file} can't be read ({error.strerror}): mount a Secret there"
            ) from error
        if not self._last:
            raise BadInput(f"the admin token in {file} is empty: put a random text into the Secret")

    @property
    def text(self) -> str:
        """The token itself, for keeping it out of logs."""
        return self._read().decode(errors="replace")

    def permits(self, authorization: str | None) -> bool:
        """Whether an `Authorization` header carries the token; compared in constant time."""
        if authorization is None or not authorization.startswith(_BEARER):
            return False
        presented = authorization.removeprefix(_BEARER).encode(errors="surrogateescape")
        return hmac.compare_digest(presented, self._read())

    def fingerprint(self, secret: bytes) -> str:
        """What two who know the token can compare to see whether they hold the same secret."""
        return fingerprint(secret, token=self._read())

    def _read(self) -> bytes:
        with suppress(OSError):  # the file is being replaced
            self._last = self._file.read_bytes().strip() or self._last
        return self._last


def fingerprint(secret: bytes, *, token: bytes) -> str:
    """A keyed hash of a secret: says nothing to those who don't know the token."""
    return hmac.digest(token, b"okta-hooks secret\0" + secret, "sha256").hex()[:32]
