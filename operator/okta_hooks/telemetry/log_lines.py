"""Log lines: one JSON object each, on standard error, since a dispatcher's standard output may be a sink.

A line has `time` (UTC, RFC 3339), `level`, `logger`, `message`, whatever was given as `extra`, and `exception` where
there was one.
"""

from __future__ import annotations

import logging
import sys
from datetime import UTC, datetime
from typing import TextIO

import msgspec

from okta_hooks.telemetry.redaction import Redaction

_OWN_ATTRIBUTES = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


class JsonLine(logging.Formatter):
    """A log record as a line of JSON without anything that must not be seen."""

    def __init__(self, redaction: Redaction) -> None:
        super().__init__()
        self._redaction = redaction

    def format(self, record: logging.LogRecord) -> str:
        """The line, without its end."""
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": self._redaction.text(record.getMessage()),
        }
        line |= self._redaction.fields({k: v for k, v in vars(record).items() if k not in _OWN_ATTRIBUTES})
        if record.exc_info:
            line["exception"] = self._redaction.text(self.formatException(record.exc_info))
        return msgspec.json.encode(line).decode()


def log_as_json(redaction: Redaction, *, level: int = logging.INFO, stream: TextIO = sys.stderr) -> None:
    """Make every logger of the process write lines of JSON; to be called once, by whoever owns the process."""
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLine(redaction))
    logging.basicConfig(handlers=[handler], level=level, force=True)
