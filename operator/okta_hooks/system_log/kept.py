"""What of a poll outlives the process: its position and its chronicle, which are kept together."""

from __future__ import annotations

from typing import Protocol

import msgspec

from okta_hooks.system_log.chronicle import Chronicle
from okta_hooks.system_log.position import Position


class Kept(msgspec.Struct, frozen=True):
    """How far a poll has read, and what it has counted up to there."""

    position: Position = Position()
    chronicle: Chronicle = Chronicle()

    def text(self) -> str:
        """As it is kept."""
        return msgspec.json.encode(self).decode()


class Keeper(Protocol):
    """Where it is kept."""

    async def load(self) -> Kept | None:
        """What was kept last; None where there is nothing that can be read.

        Raises:
            KubernetesError: It could not be asked for.
        """

    async def save(self, kept: Kept) -> None:
        """Keep this.

        Raises:
            KubernetesError: It could not be kept.
        """


def read_kept(text: str) -> Kept | None:
    """What a text keeps; None where it is of another version, or broken."""
    try:
        return msgspec.json.decode(text, type=Kept)
    except (msgspec.DecodeError, UnicodeEncodeError):
        return None
