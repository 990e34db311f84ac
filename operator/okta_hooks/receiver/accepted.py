"""Which secrets are accepted. Decisions only: who reads files is elsewhere."""

from __future__ import annotations

import hmac
from collections.abc import Callable
from enum import Enum, auto
from time import time_ns

from okta_hooks.receiver.secret_files import Secrets


class Verdict(Enum):
    """What a presented secret is worth."""

    RIGHT = auto()
    WRONG = auto()
    MISSING = auto()
    UNKNOWN = auto()
    """Nobody can say yet: no secret was read."""


class AcceptedSecrets:
    """At most two secrets, and when each was seen last.

    Args:
        now_ns: Tells nanoseconds of Unix time.
    """

    def __init__(self, *, now_ns: Callable[[], int] = time_ns) -> None:
        self._now_ns = now_ns
        self._secrets: Secrets | None = None
        self._seen_ns: dict[bytes, int] = {}
        self.rotation_pending = False
        """Whether `current` may not have reached Okta yet, so that a wrong secret may be our own mistake."""
        self.changes = 0
        """How often other secrets than before were read."""

    @property
    def secrets(self) -> Secrets | None:
        """What is accepted now; None while nothing was read."""
        return self._secrets

    def replace(self, secrets: Secrets) -> bool:
        """Accept these from now on; False when they are those that are accepted already."""
        before = self._secrets
        if secrets == before:
            return False
        if before is None or secrets.current != before.current:
            self.rotation_pending = before is not None or secrets.previous is not None
        self._secrets = secrets
        self._seen_ns = {secret: seen for secret, seen in self._seen_ns.items() if secret in secrets}
        self.changes += 1
        return True

    def judge(self, presented: str | None) -> Verdict:
        """Compare what a request presents, in constant time, with each that is accepted."""
        if presented is None:
            return Verdict.MISSING
        if self._secrets is None:
            return Verdict.UNKNOWN
        value = presented.encode(errors="surrogateescape")
        current, previous = self._secrets
        is_current = hmac.compare_digest(value, current)
        is_previous = hmac.compare_digest(value, previous or current)
        if is_current:
            self.rotation_pending = False
        elif not is_previous:
            return Verdict.WRONG
        self._seen_ns[value] = self._now_ns()
        return Verdict.RIGHT

    def seen_ns(self, secret: bytes) -> int | None:
        """When a request carried a secret last, in nanoseconds of Unix time."""
        return self._seen_ns.get(secret)
