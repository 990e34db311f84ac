"""Where an HTTP server logs what it can't understand."""

from __future__ import annotations

import logging

from aiohttp.http_exceptions import HttpProcessingError

from okta_hooks.telemetry.throttle import Throttle


def protocol_log(name: str) -> logging.Logger:
    """A server's log: of what is no HTTP, which anybody can send, few lines and nothing of its content.

    Args:
        name: The module that serves.
    """
    log = logging.Logger(name)  # noqa: LOG001 -- each server filters for itself
    log.parent = logging.getLogger(name)
    log.addFilter(_Noise())
    return log


class _Noise(logging.Filter):
    def __init__(self) -> None:
        super().__init__()
        self._throttle = Throttle()

    def filter(self, record: logging.LogRecord) -> bool:
        error = record.exc_info[1] if record.exc_info else None
        if not isinstance(error, HttpProcessingError):
            return True
        left_out = self._throttle.admit("no HTTP")
        record.msg, record.args, record.exc_info = "a request that is no HTTP was refused", (), None
        record.levelno, record.levelname = logging.WARNING, "WARNING"
        record.left_out_before = left_out
        return left_out is not None
