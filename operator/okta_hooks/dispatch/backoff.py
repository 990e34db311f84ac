"""How long to wait before the next try. Pure, but for the chance that it is given."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

_MOST_DOUBLINGS = 30


class BackoffPolicy(StrEnum):
    """How waits become longer; the words are Knative's."""

    EXPONENTIAL = "exponential"  # twice as long each time
    LINEAR = "linear"  # longer by the first wait each time


@dataclass(frozen=True)
class Backoff:
    """Back-off with jitter, so that many who failed together do not come back together.

    Attributes:
        delay: The first wait.
        limit: The longest.
        policy: How waits become longer.
    """

    delay: timedelta
    limit: timedelta
    policy: BackoffPolicy = BackoffPolicy.EXPONENTIAL

    def wait(self, attempts: int, chance: random.Random, *, asked: timedelta | None = None) -> timedelta:
        """The wait after so many failed attempts: from half to the whole of what is due.

        Args:
            attempts: How many failed in a row; at least 1.
            chance: Where jitter comes from.
            asked: What the other side asked for, which is never undercut; beyond `limit` it is not believed.
        """
        due = min(self.delay * self._times(attempts), self.limit)
        own = due * chance.uniform(0.5, 1)
        return max(own, min(asked, self.limit)) if asked else own

    def _times(self, attempts: int) -> int:
        if self.policy is BackoffPolicy.LINEAR:
            return attempts
        return 1 << min(attempts - 1, _MOST_DOUBLINGS)
