"""One log line for each decision that matters, and few for what a stranger can cause at will."""

from __future__ import annotations

import logging

from okta_hooks.receiver.outcome import Outcome
from okta_hooks.telemetry.throttle import Throttle

_log = logging.getLogger(__name__)

_SENTENCES = {
    Outcome.QUARANTINED: "a delivery could not be read as events and was kept as it is",
    Outcome.JOURNAL_FULL: "a delivery was answered with 503: the journal is full",
    Outcome.JOURNAL_FAILED: "a delivery was answered with 503: the journal has failed",
    Outcome.JOURNAL_UNAVAILABLE: "a delivery was answered with 503: the distributed journal does not answer",
    Outcome.TOO_SLOW: "a delivery was answered with 503: it could not be kept in time; see how long syncs take",
    Outcome.TOO_LARGE: "a delivery was answered with 503: it is larger than anything that can be kept",
    Outcome.BUSY: "a delivery was answered with 503: too many bytes are being dealt with",
    Outcome.BROKEN_OFF: "a delivery ended before it was whole",
    Outcome.DEFECT: "a delivery was answered with 503: the receiver met a defect",
    Outcome.REFUSED: "a delivery with a wrong secret, or none, was refused",
    Outcome.ROTATION_PENDING: "a wrong secret was answered with 503: Okta may not have the current one yet",
    Outcome.NO_SECRET_YET: "a request was answered with 503: no secret was read yet",
    Outcome.CHALLENGE_ANSWERED: "a challenge was answered",
    Outcome.CHALLENGE_WITHOUT_SECRET: "a challenge without any secret was answered",
    Outcome.CHALLENGE_REFUSED: "a challenge with a wrong secret was refused",
}
_EXPECTED = frozenset({Outcome.CHALLENGE_ANSWERED, Outcome.CHALLENGE_WITHOUT_SECRET})

_WITH_REASON = frozenset(
    {Outcome.TOO_LARGE, Outcome.JOURNAL_FULL, Outcome.JOURNAL_FAILED, Outcome.JOURNAL_UNAVAILABLE, Outcome.DEFECT}
)


class DecisionLog:
    """Writes the lines.

    Args:
        throttle: Bounds them, by outcome.
    """

    def __init__(self, throttle: Throttle) -> None:
        self._throttle = throttle

    def note(self, outcome: Outcome, peer: str | None) -> None:
        """Tell what became of a request; `peer` is who connected, which is often a proxy."""
        sentence = _SENTENCES.get(outcome)
        if sentence is None or (left_out := self._throttle.admit(outcome)) is None:
            return
        level = logging.INFO if outcome in _EXPECTED else logging.WARNING
        _log.log(level, sentence, extra={"outcome": outcome, "peer": peer, "left_out_before": left_out})

    def because(self, outcome: Outcome, error: Exception) -> None:
        """Tell why a delivery could not be kept, where the outcome alone does not say it."""
        if outcome in _WITH_REASON and self._throttle.admit(f"why {outcome}") is not None:
            trace = error if outcome is Outcome.DEFECT else None
            _log.error("%s", error, extra={"outcome": outcome}, exc_info=trace)
