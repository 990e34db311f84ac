"""The error answers of the token endpoint, in the form of RFC 6749, section 5.2."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(eq=False)
class OAuthError(Exception):
    """A refusal of the token endpoint.

    Args:
        error: OAuth's word for it, such as `invalid_client`.
        description: Okta's sentence.
        status: The HTTP status.
        headers: Further response headers.
    """

    error: str
    description: str
    status: int = 400
    headers: Mapping[str, str] = field(default_factory=dict)

    def body(self) -> dict[str, str]:
        """The JSON object of the answer."""
        return {"error": self.error, "error_description": self.description}


def invalid_client(description: str) -> OAuthError:
    """The client has not shown who it is."""
    return OAuthError("invalid_client", description, status=401)


def invalid_proof(description: str) -> OAuthError:
    """The DPoP proof is missing or wrong."""
    return OAuthError("invalid_dpop_proof", description)
