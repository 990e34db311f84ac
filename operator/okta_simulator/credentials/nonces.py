"""Nonces of the token endpoint: given out with `use_dpop_nonce`, and carried by the proofs that follow."""

from __future__ import annotations

import secrets
from collections import deque
from dataclasses import dataclass
from datetime import datetime

from okta_simulator.clock import Clock
from okta_simulator.options import Credentials


@dataclass(frozen=True)
class _Nonce:
    value: str
    given_out: datetime


class Nonces:
    """One nonce at a time, replaced after 24 h and accepted for 3 days (Okta's guide to DPoP)."""

    def __init__(self, *, options: Credentials, clock: Clock) -> None:
        self._options = options
        self._clock = clock
        self._nonces: deque[_Nonce] = deque()

    def current(self) -> str:
        """The nonce that clients are to use now."""
        now = self._clock.now()
        if not self._nonces or now - self._nonces[-1].given_out >= self._options.dpop_nonce_lifetime:
            self._nonces.append(_Nonce(secrets.token_urlsafe(24), now))
        return self._nonces[-1].value

    def accepts(self, value: str | None) -> bool:
        """Whether a nonce was given out, and not too long ago."""
        now = self._clock.now()
        while self._nonces and now - self._nonces[0].given_out > self._options.dpop_nonce_accepted:
            self._nonces.popleft()
        return any(
            value is not None and secrets.compare_digest(nonce.value.encode(), value.encode()) for nonce in self._nonces
        )
