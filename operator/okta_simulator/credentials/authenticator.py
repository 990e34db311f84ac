"""Whom a request's `Authorization` header stands for."""

from __future__ import annotations

from aiohttp import web

from okta_simulator.caller import Caller
from okta_simulator.credentials.access_tokens import AccessTokens
from okta_simulator.credentials.api_tokens import ApiTokens
from okta_simulator.errors import OktaError
from okta_simulator.options import Credentials


class CredentialCheck:
    """Checks API tokens and access tokens, by the scheme of the header."""

    def __init__(self, *, api_tokens: ApiTokens, access_tokens: AccessTokens, options: Credentials) -> None:
        self._api_tokens = api_tokens
        self._access_tokens = access_tokens
        self._options = options

    def authenticate(self, request: web.Request) -> Caller:
        """The caller.

        Raises:
            OktaError: There is no credential, or it is not valid.
        """
        scheme, credential = self._split(request.headers.get("Authorization", ""))
        match scheme.upper():
            case "SSWS":
                return self._api_tokens.authenticate(credential, request.remote or "")
            case "BEARER":
                return self._access_tokens.authenticate("Bearer", credential, request)
            case "DPOP":
                return self._access_tokens.authenticate("DPoP", credential, request)
            case _:
                raise OktaError(self._options.missing_credential)

    def _split(self, header: str) -> tuple[str, str]:
        scheme, separator, credential = header.strip().partition(" ")
        if not separator and self._options.scheme_without_space and scheme.upper().startswith("SSWS"):
            return "SSWS", scheme[4:]
        return scheme, credential.strip()
