"""Identifiers of the shapes that Okta gives, from a seed, so that a run can be repeated."""

from __future__ import annotations

import random
import string
import uuid

_ALPHABET = string.ascii_letters + string.digits
_LENGTH = 20


class Ids:
    """Makes identifiers: 20 characters that begin with the kind's prefix, or a random UUID (version 4)."""

    def __init__(self, seed: int | None = None) -> None:
        self._random = random.Random(seed)

    def new(self, prefix: str) -> str:
        """An identifier of a kind, such as `who` for an event hook or `00u` for a user."""
        return prefix + "".join(self._random.choices(_ALPHABET, k=_LENGTH - len(prefix)))

    def uuid(self) -> str:
        """An event's or a delivery's identity."""
        return str(uuid.UUID(int=self._random.getrandbits(128), version=4))
