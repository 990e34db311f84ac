"""What can go wrong between the operator and Okta: few types, each of which calls for another reaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(eq=False)
class OktaError(Exception):
    """A call to Okta that did not do what it was to do.

    Args:
        operation: What was asked, such as "create event hook".
        summary: What Okta said, or what happened on the way. Never holds a secret.
        causes: Okta's sentences about each thing that is wrong.
        request_id: Okta's identifier of the request, for its support; empty where it gave none.
    """

    operation: str
    summary: str
    causes: tuple[str, ...] = ()
    request_id: str = ""

    def __str__(self) -> str:
        told = "; ".join((self.summary, *self.causes))
        return f"{self.operation}: {told}" + (f" (request {self.request_id})" if self.request_id else "")


@dataclass(eq=False)
class CredentialsRejected(OktaError):
    """The credential is wrong, expired or revoked: nothing works until somebody gives another."""


@dataclass(eq=False)
class PermissionMissing(OktaError):
    """The credential is valid and may not do this; `scope` is the one to grant, where it is known."""

    scope: str = ""


@dataclass(eq=False)
class Refused(OktaError):
    """Okta understood and said no: the request has to change before it can succeed."""


@dataclass(eq=False)
class VerificationFailed(OktaError):
    """Okta called the endpoint and was not answered as it expects."""


@dataclass(eq=False)
class NotFound(OktaError):
    """There is no such object (any more)."""


@dataclass(eq=False)
class OrganizationMissing(OktaError):
    """Okta answers, and has no organisation at this URL, or none with event hooks (any more)."""


@dataclass(eq=False)
class RateLimited(OktaError):
    """A limit is used up until a moment; `until` is None where Okta did not say."""

    until: datetime | None = None


@dataclass(eq=False)
class Unavailable(OktaError):
    """No answer, or one that says that Okta itself has failed.

    Args:
        reached: Whether the request may have reached Okta: then it is not known whether it took effect.
    """

    reached: bool = True


@dataclass(eq=False)
class TooLarge(Unavailable):
    """The answer is larger than what is held of one: less is to be asked for at a time."""
