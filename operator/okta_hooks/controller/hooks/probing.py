"""Our own challenge to a public address, as a plan goes by it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from okta_hooks.okta.port import Secret
from okta_hooks.reachability.challenge import Endpoint, EndpointProbe
from okta_hooks.reachability.outcome import CertificateExpiring, Reachable
from okta_hooks.reconcile.observed import Reachability


class Prober(Protocol):
    """Calls public addresses as Okta does when it verifies them."""

    async def call(self, uri: str, header: str, secret: Secret, before: Reachability | None) -> Reachability:
        """Send a challenge, and say how it was answered; `before` is what the last one said."""


@dataclass(frozen=True)
class ChallengeProber:
    """`Prober` by one challenge.

    Args:
        probe: Sends it.
        clock: Tells the time.
    """

    probe: EndpointProbe
    clock: Callable[[], datetime]

    async def call(self, uri: str, header: str, secret: Secret, before: Reachability | None) -> Reachability:
        """See `Prober`."""
        outcome = await self.probe.challenge(Endpoint(uri, header, secret.value))
        now = self.clock()
        if isinstance(outcome, Reachable | CertificateExpiring):  # until it has expired, Okta delivers
            warning = outcome.reason if isinstance(outcome, CertificateExpiring) else None
            return Reachability(
                uri, now, detail=outcome.message, reached_at=now, warning=warning, certificate_expires=outcome.expires
            )
        known = before if before is not None and before.uri == uri else Reachability(uri, now)
        return replace(
            known,
            at=now,
            problem=outcome.reason,
            detail=outcome.message,
            failing_since=known.failing_since or now,
            warning=None,
        )
