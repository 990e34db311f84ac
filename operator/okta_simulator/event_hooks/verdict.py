"""What follows from an endpoint's reply to a delivery; pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TypeAlias

from okta_simulator.event_hooks.endpoint import NoAnswer, Reply
from okta_simulator.options import Delivery


@dataclass(frozen=True)
class Delivered:
    """The endpoint has the events."""


@dataclass(frozen=True)
class TryAgain:
    """The events are sent once more after this much of Okta's time."""

    after: timedelta


@dataclass(frozen=True)
class GiveUp:
    """The events will not be sent again."""

    reason: str


Verdict: TypeAlias = Delivered | TryAgain | GiveUp


def verdict(reply: Reply, attempt: int, options: Delivery) -> Verdict:
    """Whether a delivery is done, is tried again or has failed.

    Args:
        reply: What came of the attempt.
        attempt: Its number, from 1.
        options: What counts as delivered, and how often it is tried.
    """
    if _counts(reply, options):
        return Delivered()
    if not _may_pass(reply, options) or attempt >= 2 + options.exponential_backoff_retries:
        return GiveUp(_reason(reply))
    return TryAgain(options.retry_delay * 2 ** (attempt - 1))


def _counts(reply: Reply, options: Delivery) -> bool:
    if isinstance(reply, NoAnswer):
        return False
    return reply.status in {200, 204} if options.success_statuses == "200 and 204" else 200 <= reply.status < 300


def _may_pass(reply: Reply, options: Delivery) -> bool:
    """Whether another attempt may end otherwise: after a timeout, a connection error or a 5xx, as documented."""
    if isinstance(reply, NoAnswer):
        return True
    return reply.status >= 500 or (options.retry_on_4xx and 400 <= reply.status < 500)


def _reason(reply: Reply) -> str:
    if isinstance(reply, NoAnswer):
        return "Timed out" if reply.reason == "timeout" else f"Connection failed: {reply.detail}"
    return f"HTTP status {reply.status}"
