"""The decision of the token endpoint: whether a client gets an access token, and for what.

In the order that Okta keeps to: the client, then its proof, then the scopes. A refused proof has used up the assertion.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

import msgspec

from okta_simulator.audit import Audit
from okta_simulator.caller import SYSTEM, Caller
from okta_simulator.credentials.access_tokens import AccessTokens
from okta_simulator.credentials.client_assertion import ClientAssertions
from okta_simulator.credentials.dpop import Proofs
from okta_simulator.credentials.nonces import Nonces
from okta_simulator.credentials.oauth_error import OAuthError
from okta_simulator.credentials.service_apps import ServiceApp
from okta_simulator.options import Credentials

_GRANT = "app.oauth2.token.grant.access_token"
_OKTA_SCOPE = re.compile(r"okta(\.\w+)+")


@dataclass(frozen=True)
class TokenRequest:
    """A request for a token.

    Attributes:
        parameters: Those of the form or the query.
        proof: The `DPoP` header.
        urls: The endpoint's URL, in each form under which the client may know it.
    """

    parameters: Mapping[str, str]
    proof: str | None
    urls: Collection[str]


class Grant(msgspec.Struct, frozen=True):
    """An access token and what it is good for; `expires_in` counts seconds of Okta's clock."""

    token_type: str
    expires_in: int
    access_token: str
    scope: str


class TokenEndpoint:
    """Grants access tokens to service apps."""

    def __init__(
        self,
        *,
        assertions: ClientAssertions,
        proofs: Proofs,
        nonces: Nonces,
        access_tokens: AccessTokens,
        audit: Audit,
        options: Credentials,
    ) -> None:
        self._assertions = assertions
        self._proofs = proofs
        self._nonces = nonces
        self._access_tokens = access_tokens
        self._audit = audit
        self._options = options

    def grant(self, request: TokenRequest) -> Grant:
        """An access token.

        Raises:
            OAuthError: The request is refused.
            OktaError: There is no such client.
        """
        _check_grant_type(request.parameters.get("grant_type"))
        app = self._authenticate(request)
        try:
            key_thumbprint = self._proven_key(app, request)
            scopes = granted_scopes(request.parameters.get("scope", ""), app)
        except OAuthError as error:
            self._write_down_refusal(app.as_caller(frozenset()), error)
            raise
        self._audit.record(_GRANT, app.as_caller(frozenset(scopes)), targets=[app.as_target()])
        return Grant(
            token_type="Bearer" if key_thumbprint is None else "DPoP",
            expires_in=int(self._options.access_token_lifetime.total_seconds()),
            access_token=self._access_tokens.issue(app, scopes, key_thumbprint),
            scope=" ".join(scopes),
        )

    def _authenticate(self, request: TokenRequest) -> ServiceApp:
        try:
            return self._assertions.authenticate(request.parameters, request.urls)
        except OAuthError as error:
            self._write_down_refusal(SYSTEM, error)
            raise

    def _proven_key(self, app: ServiceApp, request: TokenRequest) -> str | None:
        if request.proof is None and not app.dpop_required:
            return None
        proof = self._proofs.check(request.proof, method="POST", urls=request.urls)
        if not self._nonces.accepts(proof.nonce):
            raise OAuthError(
                "use_dpop_nonce",
                "Authorization server requires nonce in DPoP proof.",
                headers={"dpop-nonce": self._nonces.current()},
            )
        return proof.key_thumbprint

    def _write_down_refusal(self, caller: Caller, error: OAuthError) -> None:
        if error.error != "use_dpop_nonce":
            self._audit.record(_GRANT, caller, result="FAILURE", reason=error.error, severity="WARN")


def granted_scopes(requested: str, app: ServiceApp) -> list[str]:
    """The scopes of a token: of those requested the ones that are granted; what is not granted is left out (recorded).

    Raises:
        OAuthError: `invalid_scope`, none is requested or one is unknown; `consent_required`, none is granted.
    """
    scopes = requested.split()
    if not scopes:
        raise OAuthError(
            "invalid_scope",
            "The authorization server resource does not have any configured default scopes, 'scope' must be provided.",
        )
    if not all(_OKTA_SCOPE.fullmatch(scope) for scope in scopes):
        raise OAuthError(
            "invalid_scope", "One or more scopes are not configured for the authorization server resource."
        )
    granted = [scope for scope in dict.fromkeys(scopes) if scope in app.scopes]
    if not granted:
        raise OAuthError("consent_required", "You are not allowed any of the requested scopes.")
    return granted


def _check_grant_type(grant_type: str | None) -> None:
    if not grant_type:
        raise OAuthError("invalid_request", "The 'grant_type' parameter is missing.")
    if grant_type != "client_credentials":
        raise OAuthError(
            "unsupported_grant_type", "The authorization grant type is not supported by the authorization server."
        )
