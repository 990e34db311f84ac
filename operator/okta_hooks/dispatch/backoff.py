"""How long to wait before the next try. Pure, but for the chance that it is given."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True)
class Backoff:
    """Exponential back-off with jitter, so that many who failed together do not come back together.

    Attributes:
        delay: The first wait; each later one is up to twice as long.
        limit: The longest.
    """

    delay: timedelta
    limit: timedelta

    def wait(self, attempts: int, chance: random.Random, *, asked: timedelta | None = None) -> timedelta:
        """The wait after so many failed attempts: from half to the whole of what is due.

        Args:
            attempts: How many failed in a row; at least 1.
            chance: Where jitter comes from.
            asked: What the other side asked for, which is never undercut; beyond `limit` it is not believed.
        """
        doublings = min(attempts - 1, 30)
        due = min(self.delay * (1 << doublings), self.limit)
        own = due * chance.uniform(0.5, 1)
        return max(own, min(asked, self.limit)) if asked else own
