"""What a request is signed with: an API token, or what a service app gets for its private key."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Protocol

from okta_hooks.okta.errors import CredentialsRejected

_PRINTABLE = re.compile(r"[\x21-\x7e]+")


class Credential(Protocol):
    """Lets requests in."""

    async def headers(self, method: str, url: str) -> Mapping[str, str]:
        """What a request has to carry.

        Raises:
            OktaError: What it needs could not be got.
            Unanswered: Nobody answered when it was asked for.
        """

    def renew(self, refused: Mapping[str, str]) -> bool:
        """Forget what a request was refused with, its headers; tells whether another can be had."""

    def missing_scopes(self) -> tuple[str, ...]:
        """What was asked for and was not granted, as far as is known."""


class ApiToken:
    """An SSWS token.

    Args:
        token: The token; white space around it is taken off, since Secrets made from files end with a new line.

    Raises:
        CredentialsRejected: It cannot be one.
    """

    def __init__(self, token: str) -> None:
        self._token = token.strip()
        if not _PRINTABLE.fullmatch(self._token):
            raise CredentialsRejected(
                "read the API token", "it is empty or has characters that no token has: put the token in the Secret"
            )

    async def headers(self, method: str, url: str) -> Mapping[str, str]:  # noqa: ARG002 -- the same for all
        """The token."""
        return {"Authorization": f"SSWS {self._token}"}

    def renew(self, refused: Mapping[str, str]) -> bool:  # noqa: ARG002 -- as the Protocol has it
        """There is no other."""
        return False

    def missing_scopes(self) -> tuple[str, ...]:
        """It has no scopes: it may do what its owner may."""
        return ()
