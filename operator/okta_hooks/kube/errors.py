"""What can go wrong between the operator and Kubernetes: few types, each of which calls for another reaction."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(eq=False)
class KubernetesError(Exception):
    """A call to Kubernetes that did not do what it was to do.

    Args:
        operation: What was asked, such as "apply Deployment identity/sign-ins-receiver".
        summary: What the API server said, or what happened on the way.
    """

    operation: str
    summary: str

    def __str__(self) -> str:
        return f"{self.operation}: {self.summary}"


@dataclass(eq=False)
class Conflict(KubernetesError):
    """Somebody else changed the object in between, or it is another one by now: look again."""


@dataclass(eq=False)
class NotFound(KubernetesError):
    """There is no such object, or the cluster does not serve its kind."""


@dataclass(eq=False)
class Forbidden(KubernetesError):
    """The operator's role does not allow it, or its credential is not accepted: somebody has to grant it."""


@dataclass(eq=False)
class Refused(KubernetesError):
    """The API server understood and said no: what was sent has to change before it can succeed."""


@dataclass(eq=False)
class Gone(KubernetesError):
    """What a list was to go on from is no longer kept: begin again."""


@dataclass(eq=False)
class Unavailable(KubernetesError):
    """No answer in time, or one that says that the API server has failed. Whether the call took effect is not known.

    Args:
        retry_after: How long to wait at least, in seconds, where the API server said so.
    """

    retry_after: float | None = None


@dataclass(eq=False)
class Taken(KubernetesError):
    """The name of a child belongs to an object that is not the hook's, and which is left alone."""
