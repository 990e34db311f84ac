"""Names of indices with the day in them, such as `okta-{yyyy.MM.dd}`."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

_DAY_NS = 86_400_000_000_000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_PARTS = {"yyyy": "%Y", "MM": "%m", "dd": "%d"}
_DATE = re.compile(r"(?:yyyy|MM|dd|[-._])+")
_BRACES = re.compile(r"\{([^{}]*)\}")


class IndexPattern:
    """A name, whose dates in braces are those of an event, in UTC.

    Args:
        text: The name, with `yyyy`, `MM` and `dd` in braces.

    Raises:
        ValueError: There is something else in braces, or no name at all.
    """

    def __init__(self, text: str) -> None:
        dates = _BRACES.findall(text)
        if not text or not all(_DATE.fullmatch(date) for date in dates) or re.search("[{}]", _BRACES.sub("", text)):
            raise ValueError(f"the index {text!r} is wrong: write yyyy, MM and dd in braces, as in okta-{{yyyy.MM.dd}}")
        self._format = "".join(
            part.replace("%", "%%") if place % 2 == 0 else re.sub("yyyy|MM|dd", lambda found: _PARTS[found[0]], part)
            for place, part in enumerate(_BRACES.split(text))
        )

    def name(self, day: int) -> str:
        """The name for a day, counted from the beginning of 1970."""
        return (_EPOCH + timedelta(days=day)).strftime(self._format)


def day_of(unix_ns: int) -> int:
    """The day of a moment, counted from the beginning of 1970."""
    return unix_ns // _DAY_NS
