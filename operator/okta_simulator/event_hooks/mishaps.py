"""What goes wrong with deliveries on purpose: the port that planned faults stand behind."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal, Protocol


@dataclass(frozen=True)
class DeliveryMishap:
    """What becomes of one delivery.

    Args:
        lost: It is never sent, and nothing is written down about it.
        copies: How often it is sent; each copy has its attempts.
        held_back: Okta's time that it waits, so that later ones overtake it.
    """

    lost: bool = False
    copies: int = 1
    held_back: timedelta = timedelta()


@dataclass(frozen=True)
class AttemptMishap:
    """What becomes of one request.

    Args:
        latency_seconds: Real seconds before it is sent.
        connection: Whether the connection is lost before the endpoint's answer, or after it but unseen by Okta.
    """

    latency_seconds: float = 0.0
    connection: Literal["kept", "lost before the answer", "lost after the answer"] = "kept"


class DeliveryFaults(Protocol):
    """What goes wrong between Okta and an endpoint."""

    def of_delivery(self, hook_id: str) -> DeliveryMishap:
        """What becomes of the next delivery to a hook."""

    def of_attempt(self, hook_id: str, number: int) -> AttemptMishap:
        """What becomes of the next request to a hook; the number is the attempt's, from 1."""
