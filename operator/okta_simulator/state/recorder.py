"""The port behind which state is kept, and the one that keeps it nowhere."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

import msgspec

from okta_simulator.state.journal import Journal, NoJournal


class Change(msgspec.Struct, frozen=True):
    """A record put under an identifier, or, without one, taken away."""

    kind: str
    id: str
    record: msgspec.Raw = msgspec.Raw(b"null")


class Recorder(Protocol):
    """Where changes go, and where those of an earlier life come from."""

    def earlier(self, kind: str) -> Iterator[Change]:
        """The changes of one kind from an earlier life, oldest first, the replaced ones left out."""

    def record(self, change: Change) -> None:
        """Keep a change."""

    def journal(self, kind: str) -> Journal:
        """Where lines of one kind are kept that are never replaced, however many they are."""


class Memory:
    """Keeps nothing beyond the process."""

    def earlier(self, kind: str) -> Iterator[Change]:  # noqa: ARG002
        """Nothing came before."""
        return iter(())

    def record(self, change: Change) -> None:
        """A change lives in its collection only."""

    def journal(self, kind: str) -> Journal:  # noqa: ARG002
        """Lines are kept by whoever writes them."""
        return NoJournal()
