"""What can come of a challenge; each outcome has the word of the condition, and a sentence to act on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from okta_hooks.api.conditions import Reason

OKTA_WAITS = 3.0
"""Seconds in which Okta wants the whole answer, connection included (its documentation of event hooks)."""

TlsProblem = Literal["name", "expired", "unknown authority", "other"]


@dataclass(frozen=True)
class Reachable:
    """The endpoint answered as it should.

    Args:
        seconds: After how long.
        expires: When its certificate ends; None where it has none, as without TLS.
    """

    seconds: float
    expires: datetime | None = None
    reason = Reason.REACHABLE

    @property
    def message(self) -> str:
        """A sentence for people."""
        return f"The public address answered our challenge in {self.seconds:.1f} s."


@dataclass(frozen=True)
class CertificateExpiring:
    """It answered as it should, with a certificate that ends soon."""

    seconds: float
    expires: datetime
    reason = Reason.CERTIFICATE_EXPIRING

    @property
    def message(self) -> str:
        """A sentence for people."""
        return (
            f"The certificate of the public address ends on {self.expires:%Y-%m-%d %H:%M} UTC, and Okta delivers"
            " nothing after that: renew it."
        )


@dataclass(frozen=True)
class NameNotResolved:
    """The host name has no address here."""

    host: str
    reason = Reason.NAME_NOT_RESOLVED

    @property
    def message(self) -> str:
        """A sentence for people."""
        return f"No DNS server that the operator asks knows {self.host}: create its record, or correct the name."


@dataclass(frozen=True)
class ConnectionRefused:
    """Nothing listens there, or something on the way (a proxy, a firewall) does not let us through."""

    host: str
    port: int
    detail: str
    reason = Reason.CONNECTION_REFUSED

    @property
    def message(self) -> str:
        """A sentence for people."""
        return (
            f"{self.host} takes no connection on port {self.port} ({self.detail}): see that the load balancer is up and"
            " that no firewall is in the way."
        )


@dataclass(frozen=True)
class TlsInvalid:
    """The certificate is not one that Okta would trust."""

    host: str
    problem: TlsProblem
    detail: str
    reason = Reason.TLS_INVALID

    @property
    def message(self) -> str:
        """A sentence for people."""
        return {
            "name": f"The certificate that {self.host} shows is for another name: let it name {self.host}.",
            "expired": f"The certificate that {self.host} shows has expired: renew it.",
            "unknown authority": (
                f"The certificate that {self.host} shows is from an authority that is not trusted, or an intermediate"
                " certificate is missing: show the whole chain of a public authority."
            ),
            "other": f"No TLS connection to {self.host} ({self.detail}): see what serves its certificate.",
        }[self.problem]


@dataclass(frozen=True)
class WrongStatus:
    """It answered with another HTTP status than 200; perhaps not our receiver at all."""

    status: int
    reason = Reason.WRONG_STATUS

    @property
    def message(self) -> str:
        """A sentence for people."""
        if self.status in (404, 405):
            return f"The public address answered with {self.status}: its host or path does not lead to the receiver."
        if self.status >= 500:
            return (
                f"The public address answered with {self.status}: what routes it does not reach the receiver, or the"
                " receiver is not ready."
            )
        return f"The public address answered with {self.status} in place of 200: see what is in front of the receiver."


@dataclass(frozen=True)
class Redirected:
    """It sent us elsewhere, where Okta is not known to go."""

    status: int
    location: str
    reason = Reason.WRONG_STATUS

    @property
    def message(self) -> str:
        """A sentence for people."""
        return (
            f"The public address redirects ({self.status}) to {self.location or 'nowhere'}, and a delivery follows no"
            " redirect: give the final address."
        )


@dataclass(frozen=True)
class WrongAnswer:
    """It answered 200 and not with the challenge."""

    detail: str
    reason = Reason.WRONG_ANSWER

    @property
    def message(self) -> str:
        """A sentence for people."""
        return (
            f"The public address answered, and not with our challenge ({self.detail}): something else than the receiver"
            " answers there."
        )


@dataclass(frozen=True)
class Unauthorized:
    """It did not accept the secret."""

    status: int
    reason = Reason.UNAUTHORIZED

    @property
    def message(self) -> str:
        """A sentence for people."""
        return (
            f"The public address answered our secret with {self.status}: the receiver has another one, or something in"
            " front of it asks for a credential of its own."
        )


@dataclass(frozen=True)
class TooSlow:
    """The answer took too long; `answered` says whether there was one at all."""

    seconds: float
    answered: bool
    reason = Reason.TOO_SLOW

    @property
    def message(self) -> str:
        """A sentence for people."""
        took = "took" if self.answered else "did not come within"
        return (
            f"The answer of the public address {took} {self.seconds:.1f} s, and Okta waits for {OKTA_WAITS:.0f} s: see"
            " what is slow between it and the receiver."
        )


Outcome = (
    Reachable
    | CertificateExpiring
    | NameNotResolved
    | ConnectionRefused
    | TlsInvalid
    | WrongStatus
    | Redirected
    | WrongAnswer
    | Unauthorized
    | TooSlow
)
