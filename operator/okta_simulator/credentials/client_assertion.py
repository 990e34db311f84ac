"""Which service app asks for a token: `private_key_jwt` (RFC 7523), the only way that Okta's own server takes.

The sentences are Okta's where one was recorded: method, type, parsing, client id, `kid`, signature, audience, reuse.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import datetime, timedelta

import msgspec

from okta_simulator.credentials.oauth_error import invalid_client
from okta_simulator.credentials.service_apps import ServiceApp, ServiceApps
from okta_simulator.errors import OktaError
from okta_simulator.options import Credentials
from okta_simulator.seen_once import SeenOnce
from okta_simulator.signed import (
    Jwk,
    NumericDate,
    UnreadableError,
    WrongSignatureError,
    header,
    unproven,
    verified,
)

JWT_BEARER = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"


class _Claims(msgspec.Struct, frozen=True):
    iss: str
    sub: str
    aud: str | list[str]
    exp: NumericDate
    jti: str | None = None


class ClientAssertions:
    """Checks client assertions, each good for one request.

    An assertion without `jti` can come again: Okta's SDK for Go sends none, and repeats its assertion with the nonce.

    Args:
        apps: The service apps.
        options: How long an assertion may live, and how far a client's clock may be off.
        client_time: The real time: a client signs by its own clock, not by Okta's.
    """

    def __init__(self, *, apps: ServiceApps, options: Credentials, client_time: Callable[[], datetime]) -> None:
        self._apps = apps
        self._options = options
        self._client_time = client_time
        self._seen = SeenOnce(options.assertion_lifetime + options.clock_skew)

    def authenticate(self, parameters: Mapping[str, str], token_urls: Collection[str]) -> ServiceApp:
        """The app that signed a token request.

        Args:
            parameters: Those of the request.
            token_urls: The token endpoint's URL, in each form under which the client may know it.

        Raises:
            OAuthError: `invalid_client`.
            OktaError: There is no such app; this one answer has the management API's form.
        """
        assertion = _assertion(parameters)
        try:
            unchecked, kid = unproven(assertion, _Claims), header(assertion).kid
        except UnreadableError as error:
            raise invalid_client("The parsing of the client_assertion failed.") from error
        app = self._apps.find(unchecked.sub)
        if app is None or app.status != "ACTIVE" or parameters.get("client_id", app.id) != app.id:
            raise OktaError("invalid_client", status=401, summary="Invalid value for 'client_id' parameter.")
        key = app.key(kid)
        if key is None:
            raise invalid_client("The client_assertion JWT kid is invalid.")
        self._check_claims(_checked_claims(assertion, key), app, token_urls)
        return app

    def _check_claims(self, claims: _Claims, app: ServiceApp, token_urls: Collection[str]) -> None:
        now = self._client_time()
        left = timedelta(seconds=claims.exp - now.timestamp())
        audience = [claims.aud] if isinstance(claims.aud, str) else claims.aud
        if claims.iss != app.id:
            raise invalid_client("The issuer and subject claims for client_assertion must be the client_id.")
        if not set(audience) & set(token_urls):
            raise invalid_client(
                "The audience claim for client_assertion must be the endpoint invoked for the request."
            )
        if left <= timedelta():
            raise invalid_client("The client_assertion token has expired.")
        if left > self._options.assertion_lifetime + self._options.clock_skew:
            raise invalid_client("The client_assertion token has an expiration too far into the future.")
        if claims.jti is not None and not self._seen.is_new(f"{app.id} {claims.jti}", now):
            raise invalid_client("The client_assertion token has already been used.")


def _assertion(parameters: Mapping[str, str]) -> str:
    kind, assertion = parameters.get("client_assertion_type"), parameters.get("client_assertion")
    if kind is None and assertion is None:
        raise invalid_client(
            "Client Credentials requests to the Org Authorization Server must use the private_key_jwt"
            " token_endpoint_auth_method."
        )
    if kind != JWT_BEARER:
        raise invalid_client("The client_assertion_type is invalid.")
    return assertion or ""


def _checked_claims(assertion: str, key: Jwk) -> _Claims:
    try:
        return verified(assertion, key, _Claims)
    except (UnreadableError, WrongSignatureError) as error:
        raise invalid_client("The client_assertion signature is invalid.") from error
