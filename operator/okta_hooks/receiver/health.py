"""Whether probes should be content."""

from __future__ import annotations

import time
from collections.abc import Callable

from okta_hooks.journal import Appender, JournalFailed
from okta_hooks.receiver.accepted import AcceptedSecrets

_STUCK_SECONDS = 60.0
"""A journal whose thread did nothing for so long is stuck; a disk may be slow, but Okta waits for 3 s only."""


class ReceiverHealth:
    """What the probes of a receiver are told. That it can be asked at all shows that the event loop runs.

    Args:
        journal: The journal.
        accepted: The secrets.
        clock: Tells seconds that never go back.
    """

    def __init__(
        self, journal: Appender, accepted: AcceptedSecrets, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._journal = journal
        self._accepted = accepted
        self._clock = clock
        self._maintained = clock()
        self.is_ending = False

    def maintained(self) -> None:
        """Note that the journal's thread did something."""
        self._maintained = self._clock()

    def illness(self) -> str | None:
        """Why only a new start can help."""
        refusal = self._journal.usage().refusal
        if isinstance(refusal, JournalFailed):
            return str(refusal)
        idle = self._clock() - self._maintained
        if idle > _STUCK_SECONDS:
            return f"the journal has done nothing for {idle:.0f} s: see whether its volume still answers"
        return None

    def unreadiness(self) -> str | None:
        """Why nothing should be sent here."""
        if self.is_ending:
            return "the receiver is ending"
        if self._accepted.secrets is None:
            return "no secret was read yet: see whether the hook's Secret has the key `current`"
        refusal = self._journal.usage().refusal
        return str(refusal) if refusal else self.illness()
