"""What was answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from okta_hooks.telemetry.redaction import HIDDEN

_QUOTED_AT_MOST = 200  # characters


@dataclass(frozen=True)
class Reply:
    """An HTTP answer.

    Attributes:
        host: Who answered, for sentences.
        status: The status code.
        body: As much of the body as was read.
        retry_after: When the other side wants to be asked again, if it said so.
        secrets: What went with the request, and must not be seen should the other side have sent it back.
    """

    host: str
    status: int
    body: bytes = b""
    retry_after: timedelta | None = None
    secrets: Sequence[str] = field(default=(), repr=False)

    @property
    def is_success(self) -> bool:
        """Whether the status is 2xx."""
        return 200 <= self.status < 300

    @property
    def is_page(self) -> bool:
        """Whether a page for people came, which no interface sends: a login, or a notice of maintenance."""
        return self.body.lstrip()[:1] == b"<"

    def __str__(self) -> str:
        """What it says, as a part of a sentence."""
        if self.is_page:
            return f"{self.host} answers {self.status} with a page for people"
        said = self.quoted(self.body.decode(errors="replace"))
        return f"{self.host} answers {self.status}" + (f" ({said})" if said else "")

    def quoted(self, text: str) -> str:
        """Something that it says, short, on one line, and without what must not be seen."""
        for secret in self.secrets:
            text = text.replace(secret, HIDDEN)
        line = " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
        return line if len(line) <= _QUOTED_AT_MOST else f"{line[:_QUOTED_AT_MOST]}…"


def read_retry_after(value: str | None, now: datetime) -> timedelta | None:
    """The header `Retry-After` (RFC 9110, 10.2.3): seconds or a date; None where it says nothing that can be used.

    Args:
        value: What the header says; None where there is none.
        now: The time against which a date is held.
    """
    if not value:
        return None
    if value.isascii() and value.isdigit():
        return timedelta(seconds=min(int(value), 86400))
    try:
        date = parsedate_to_datetime(value)
    except ValueError:
        return None
    return max(date.astimezone(UTC) - now, timedelta(0))
