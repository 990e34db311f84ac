"""Access tokens of service apps: issued for an hour of Okta's time, bound to a client's key where the app needs DPoP.

Clients must not look inside the access tokens of Okta's own server; here they are signed JWTs, so that nothing has to
be remembered of them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import cached_property

import jwt
import msgspec
from aiohttp import web

from okta_simulator.caller import Caller
from okta_simulator.clock import Clock
from okta_simulator.credentials.dpop import Proofs
from okta_simulator.credentials.keys import KeyPair, generate, load
from okta_simulator.credentials.oauth_error import OAuthError
from okta_simulator.credentials.service_apps import ServiceApp, ServiceApps
from okta_simulator.errors import Challenge, OktaError, TokenScheme
from okta_simulator.ids import Ids
from okta_simulator.options import Credentials
from okta_simulator.signed import UnreadableError, WrongSignatureError, verified
from okta_simulator.state.collection import Collection as Records
from okta_simulator.state.recorder import Recorder

_KEY = "current"


class _StoredKey(msgspec.Struct, frozen=True):
    private_pem: str


class _Confirmation(msgspec.Struct, frozen=True):
    jkt: str


class _Claims(msgspec.Struct, frozen=True, omit_defaults=True):
    jti: str
    iss: str
    aud: str
    sub: str
    cid: str
    iat: int
    exp: int
    scp: list[str]
    ver: int = 1
    cnf: _Confirmation | None = None


class AccessTokens:
    """Issues access tokens and checks them.

    Args:
        apps: The service apps that get them.
        proofs: Checks the proofs that come with bound ones.
        request_urls: The URL of a request in each form under which the client may know it.
        issuer: The organisation's URL.
        options: How long a token lives.
        clock: Okta's time.
        ids: Names tokens.
        recorder: Keeps the signing key.
    """

    def __init__(
        self,
        *,
        apps: ServiceApps,
        proofs: Proofs,
        request_urls: Callable[[web.Request], Collection[str]],
        issuer: str,
        options: Credentials,
        clock: Clock,
        ids: Ids,
        recorder: Recorder,
    ) -> None:
        self._apps = apps
        self._proofs = proofs
        self._request_urls = request_urls
        self._issuer = issuer
        self._options = options
        self._clock = clock
        self._ids = ids
        self._keys = Records("signing_key", _StoredKey, recorder)

    @cached_property
    def signing_key(self) -> KeyPair:
        """The organisation's key, made when it is first needed: that takes a moment."""
        stored = self._keys.get(_KEY)
        if stored is not None:
            return load(stored.private_pem)
        key = generate()
        self._keys.put(_KEY, _StoredKey(key.private_pem))
        return key

    def issue(self, app: ServiceApp, scopes: Collection[str], key_thumbprint: str | None) -> str:
        """A token for an app, bound to the key of a thumbprint if there is one."""
        now = self._clock.now()
        claims = _Claims(
            jti="AT." + self._ids.new(""),
            iss=self._issuer,
            aud=self._issuer,
            sub=app.id,
            cid=app.id,
            iat=int(now.timestamp()),
            exp=int((now + self._options.access_token_lifetime).timestamp()),
            scp=sorted(scopes),
            cnf=None if key_thumbprint is None else _Confirmation(key_thumbprint),
        )
        return jwt.PyJWS().encode(
            msgspec.json.encode(claims),
            self.signing_key.private_key,
            algorithm="RS256",
            headers={"kid": self.signing_key.kid, "typ": "application/okta-internal-at+jwt"},
        )

    def authenticate(self, scheme: TokenScheme, token: str, request: web.Request) -> Caller:
        """The app that a token was issued to, as long as both live, with what is still granted of its scopes.

        Raises:
            OktaError: The token is not valid (401), a bound token comes without its proof (400), or the app has no
                administrator role (403).
        """
        claims = self._read(token, scheme)
        if claims.cnf is not None:
            self._check_proof(claims.cnf, scheme, token, request)
        elif scheme == "DPoP":
            raise _invalid_token(scheme)
        app = self._apps.find(claims.cid)
        if app is None or app.status != "ACTIVE":
            raise _invalid_token(scheme)
        if not app.admin_roles:
            raise OktaError("E0000006")
        return app.as_caller(app.scopes.intersection(claims.scp))

    def _read(self, token: str, scheme: TokenScheme) -> _Claims:
        try:
            claims = verified(token, self.signing_key.public_jwk, _Claims)
        except (UnreadableError, WrongSignatureError) as error:
            raise _invalid_token(scheme) from error
        if claims.iss != self._issuer or self._clock.now().timestamp() >= claims.exp:
            raise _invalid_token(scheme)
        return claims

    def _check_proof(self, confirmation: _Confirmation, scheme: TokenScheme, token: str, request: web.Request) -> None:
        proof = request.headers.get("DPoP") if scheme == "DPoP" else None
        try:
            proven = self._proofs.check(
                proof, method=request.method, urls=self._request_urls(request), access_token=token
            )
        except OAuthError as error:
            challenge = Challenge("DPoP", error.error, error.description)
            raise OktaError("E0000011", status=400, summary=error.description, challenge=challenge) from error
        if proven.key_thumbprint != confirmation.jkt:
            raise _invalid_token(scheme)


def _invalid_token(scheme: TokenScheme) -> OktaError:
    return OktaError("E0000011", challenge=Challenge(scheme, "invalid_token", "The access token is invalid."))
