"""Okta's error answers: status, code, summary, causes.

The codes and their sentences are Okta's published ones; `errorLink` repeats the code and `errorId` begins with
`oae`, as in recorded answers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

_SUMMARIES: Mapping[str, tuple[int, str]] = {
    "E0000001": (400, "Api validation failed: {0}"),
    "E0000003": (400, "The request body was not well-formed."),
    "E0000004": (401, "Authentication failed"),
    "E0000005": (401, "Invalid session"),
    "E0000006": (403, "You do not have permission to perform the requested action"),
    "E0000007": (404, "Not found: {0}"),
    "E0000008": (404, "The requested path was not found"),
    "E0000009": (500, "Internal Server Error"),
    "E0000011": (401, "Invalid token provided"),
    "E0000015": (401, "You do not have permission to access the feature you are requesting"),
    "E0000016": (403, "Activation failed because the user is already active"),
    "E0000022": (405, "The endpoint does not support the provided HTTP method"),
    "E0000031": (400, "Invalid search criteria."),
    "E0000038": (403, "This operation is not allowed in the user's current status."),
    "E0000047": (429, "API call exceeded rate limit due to too many requests."),
    "E0000053": (400, "Invalid filter '{0}': {1}"),
}


TokenScheme = Literal["Bearer", "DPoP"]
"""How an access token is presented."""


@dataclass(frozen=True)
class Challenge:
    """What a `WWW-Authenticate` header says of a refused access token (RFC 6750, section 3; RFC 9449, section 7.1)."""

    scheme: TokenScheme
    error: str
    description: str


@dataclass(eq=False)
class OktaError(Exception):
    """An answer that Okta gives instead of the one asked for.

    Args:
        code: One of Okta's error codes, such as `E0000001`.
        about: What the code's sentence is about, in the order of its placeholders.
        causes: A sentence for each thing that is wrong, Okta's `errorCauses`.
        status: The HTTP status where it is not the code's usual one.
        summary: The whole sentence where Okta's answer differs from the catalogue's.
        headers: Further response headers.
        challenge: What is wrong with the access token, if that is what is wrong.
    """

    code: str
    about: tuple[str, ...] = ()
    causes: tuple[str, ...] = ()
    status: int = 0
    summary: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    challenge: Challenge | None = None

    @property
    def http_status(self) -> int:
        """The status of the answer."""
        return self.status or _SUMMARIES[self.code][0]

    def body(self, error_id: str) -> dict[str, object]:
        """The JSON object of the answer."""
        return {
            "errorCode": self.code,
            "errorSummary": self.summary or _SUMMARIES[self.code][1].format(*self.about),
            "errorLink": self.code,
            "errorId": error_id,
            "errorCauses": [{"errorSummary": cause} for cause in self.causes],
        }


def validation_failed(subject: str, *causes: str) -> OktaError:
    """What is asked for can't be done, for the reasons given."""
    return OktaError("E0000001", about=(subject,), causes=causes)


def not_found(object_id: str, kind: str) -> OktaError:
    """There is no such object; Okta names it with its own word for the kind, such as `Webhook`."""
    return OktaError("E0000007", about=(f"Resource not found: {object_id} ({kind})",))
