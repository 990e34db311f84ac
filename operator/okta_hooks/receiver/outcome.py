"""What can become of a request to the port for Okta."""

from __future__ import annotations

from enum import StrEnum


class Outcome(StrEnum):
    """Each name is a label of metrics, and a key in the statistics."""

    KEPT = "kept"
    QUARANTINED = "quarantined"
    JOURNAL_FULL = "journal_full"
    JOURNAL_FAILED = "journal_failed"
    JOURNAL_UNAVAILABLE = "journal_unavailable"
    TOO_SLOW = "too_slow"
    TOO_LARGE = "too_large"
    BUSY = "busy"
    BROKEN_OFF = "broken_off"
    DEFECT = "defect"
    REFUSED = "refused"
    ROTATION_PENDING = "rotation_pending"
    NO_SECRET_YET = "no_secret_yet"  # noqa: S105 -- a name
    CHALLENGE_ANSWERED = "challenge_answered"
    CHALLENGE_WITHOUT_SECRET = "challenge_without_secret"  # noqa: S105 -- a name
    CHALLENGE_REFUSED = "challenge_refused"
    NOT_FOUND = "not_found"
    METHOD_NOT_ALLOWED = "method_not_allowed"

    @property
    def status(self) -> int:
        """The HTTP status that says it."""
        return _STATUSES.get(self, 503)


_STATUSES = {
    Outcome.KEPT: 200,
    Outcome.QUARANTINED: 200,
    Outcome.CHALLENGE_ANSWERED: 200,
    Outcome.CHALLENGE_WITHOUT_SECRET: 200,
    Outcome.REFUSED: 401,
    Outcome.CHALLENGE_REFUSED: 401,
    Outcome.NOT_FOUND: 404,
    Outcome.METHOD_NOT_ALLOWED: 405,
}
