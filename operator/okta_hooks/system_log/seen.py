"""What the System Log says of one hook, as conditions and repairs go by it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from okta_hooks.system_log.chronicle import Deed, HookChronicle

FAILURES_HOLD = timedelta(minutes=5)
"""For how long a delivery that Okta gave up shows that deliveries fail."""
READING_HOLDS = timedelta(minutes=15)
"""For how long a log that was read to its end shows what was not there: polls that fail come ten minutes apart."""


@dataclass(frozen=True)
class LogSeen:
    """What is known, and since when; times are by our own clock, except for those that are told.

    Args:
        told: What Okta wrote down about the hook.
        failed_at: When a delivery that Okta gave up was read last; None where none was since the operator started.
        done_at: The same of something that somebody did to the hook.
        read_through_at: When the log was last read to its end; None where it was not since the operator started.
        trouble: Why it can't be read, as a sentence; empty where it can.
    """

    told: HookChronicle = field(default_factory=HookChronicle)
    failed_at: datetime | None = None
    done_at: datetime | None = None
    read_through_at: datetime | None = None
    trouble: str = ""

    def is_failing(self, now: datetime) -> bool:
        """Whether Okta gave up a delivery this period."""
        return self.failed_at is not None and now - self.failed_at < FAILURES_HOLD

    def is_current(self, now: datetime) -> bool:
        """Whether the log was read to its end this period."""
        return self.read_through_at is not None and now - self.read_through_at < READING_HOLDS

    def who(self, deed: Deed, since_ns: int = 0) -> str:
        """Who did something to the hook last, after a moment of Okta's clock; empty where that is not known."""
        done = self.told.done.get(deed)
        return done.by if done is not None and done.at_ns > since_ns else ""
