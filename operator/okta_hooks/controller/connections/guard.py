"""What every call to Okta passes: not without the lease, not with a credential that Okta has just rejected; counted."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from typing import Protocol, TypeVar

from okta_hooks.okta.errors import CredentialsRejected, OktaError
from okta_hooks.okta.gate import Gate
from okta_hooks.okta.operations import Operation

REJECTION_HOLDS = timedelta(minutes=5)
"""For how long a credential that Okta rejected is not shown again, by however many hooks; another one is at once."""

_Result = TypeVar("_Result")


class Calls(Protocol):
    """Counts calls."""

    def counted(self, operation: str, outcome: str) -> None:
        """A call has ended."""


class Guard:
    """One credential's.

    Args:
        gate: Asked before each call, so that nobody waits for a turn in vain; the wire asks it again.
        calls: Told of each call.
        clock: Tells seconds that never go back.
    """

    def __init__(self, gate: Gate, calls: Calls, clock: Callable[[], float] = time.monotonic) -> None:
        self._gate = gate
        self._calls = calls
        self._clock = clock
        self._rejection: tuple[float, CredentialsRejected] | None = None

    async def call(self, operation: Operation, call: Callable[[], Awaitable[_Result]]) -> _Result:
        """Make a call.

        Raises:
            OktaError: It did not do what it was to do, or the credential was rejected a moment ago.
        """
        self._gate.check()
        self._insist_on_a_credential()
        outcome = "Cancelled"
        try:
            result = await call()
        except OktaError as error:
            outcome = type(error).__name__
            if isinstance(error, CredentialsRejected):
                self._rejection = (self._clock(), error)
            raise
        else:
            outcome = "Ok"
            return result
        finally:
            self._calls.counted(operation.name, outcome)

    def _insist_on_a_credential(self) -> None:
        if self._rejection is not None:
            at, error = self._rejection
            if self._clock() - at < REJECTION_HOLDS.total_seconds():
                raise replace(error)
