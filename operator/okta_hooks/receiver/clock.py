"""Whether the machine's clock is put, as against its steady clock, which nobody can."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

from okta_hooks.admin.statistics import ClockJump

_NOTICED_SECONDS = 10.0
"""More than what a clock is corrected by while it is kept in step; less than what matters to whoever reads times."""

_log = logging.getLogger(__name__)


class ClockWatch:
    """Notices jumps; asked every few seconds.

    Args:
        clock: Tells seconds of Unix time.
        steady: Tells seconds that never go back.
    """

    def __init__(self, *, clock: Callable[[], float] = time.time, steady: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._steady = steady
        self._ahead = clock() - steady()
        self._last: tuple[float, float] | None = None

    @property
    def jump(self) -> ClockJump | None:
        """The last jump; None where there was none."""
        if self._last is None:
            return None
        seconds, at = self._last
        return ClockJump(seconds, self._steady() - at)

    def look(self) -> None:
        """See whether it has jumped since the last look."""
        steady = self._steady()
        ahead = self._clock() - steady
        seconds, self._ahead = ahead - self._ahead, ahead
        if abs(seconds) < _NOTICED_SECONDS:
            return
        self._last = (seconds, steady)
        _log.warning(
            "the clock was put by %+.0f s: times of receipt before and after do not go together; events are kept and "
            "passed on as ever",
            seconds,
        )
