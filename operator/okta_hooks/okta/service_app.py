"""Signing in as a service app: OAuth's client credentials with a private key, and DPoP where Okta asks for it."""

from __future__ import annotations

import asyncio
import math
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

import aiohttp
import msgspec

from okta_hooks.okta.answers import Answer, check, oauth_error
from okta_hooks.okta.errors import CredentialsRejected, PermissionMissing, Refused, Unavailable
from okta_hooks.okta.operations import SIGN_IN
from okta_hooks.okta.signing import AppKey, ProofKey
from okta_hooks.okta.wire import send

NEEDED_SCOPES = ("okta.eventHooks.manage", "okta.eventHooks.read")
"""Without which no hook can be kept."""
DEFAULT_SCOPES = (*NEEDED_SCOPES, "okta.logs.read")

_EARLY = 300.0  # seconds before its end that a token is renewed
_INCOMPLETE_FOR = 10.0  # seconds that a token without a needed scope is used: it may have been granted meanwhile
_REDUCED_FOR = 300.0  # the same without any other scope, with which hooks do well
_ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
_PROOFS = 2  # tried after a request without one: a proof, and a proof with the nonce that Okta then gives
_NOT_GRANTED = ("consent_required", "invalid_scope")


@dataclass(frozen=True)
class ServiceAppKey:
    """What a service app signs in with.

    Args:
        client_id: Its client ID.
        key: Its private key.
        scopes: What it asks for.
    """

    client_id: str
    key: AppKey
    scopes: Sequence[str] = DEFAULT_SCOPES


class _Grant(msgspec.Struct, frozen=True):
    """What the token endpoint gives (RFC 6749, section 5.1)."""

    access_token: str
    token_type: str = "Bearer"  # noqa: S105 -- a scheme
    expires_in: int = 3600
    scope: str = ""

    def missing(self, asked: Sequence[str]) -> tuple[str, ...]:
        """What was asked for and not granted; nothing where it does not say (RFC 6749, section 5.1)."""
        return tuple(scope for scope in asked if scope not in self.scope.split()) if self.scope else ()


@dataclass(frozen=True)
class _Token:
    value: str = field(repr=False)
    bound: bool
    renew_at: float
    missing_scopes: tuple[str, ...] = ()


class ServiceApp:
    """Gets access tokens, keeps one, and renews it before its end or when it was refused.

    Args:
        session: Carries the requests; its opener closes it.
        url: The organisation's URL, without a trailing slash.
        app: Who signs in.
        clock: Tells UTC epoch seconds.
    """

    def __init__(
        self,
        session: aiohttp.ClientSession,
        url: str,
        app: ServiceAppKey,
        *,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._session = session
        self._token_url = f"{url}/oauth2/v1/token"
        self._app = app
        self._clock = clock
        self._one_at_a_time = asyncio.Lock()
        self._token: _Token | None = None
        self._proof_key: ProofKey | None = None
        self._nonce = ""

    async def headers(self, method: str, url: str) -> Mapping[str, str]:
        """An access token, and the proof for it where it is bound to a key.

        Raises:
            OktaError: Okta gives no token.
            Unanswered: Nobody answered.
        """
        async with self._one_at_a_time:
            token = self._token
            if token is None or self._clock() >= token.renew_at:
                token = self._token = await self._sign_in()
        if not token.bound or self._proof_key is None:
            return {"Authorization": f"Bearer {token.value}"}
        proof = self._proof_key.proof(method, url, self._clock(), token=token.value)
        return {"Authorization": f"DPoP {token.value}", "DPoP": proof}

    def renew(self, refused: Mapping[str, str]) -> bool:
        """Forget the token, unless another request has renewed it meanwhile; the next request gets another."""
        if self._token is not None and refused["Authorization"].endswith(f" {self._token.value}"):
            self._token = None
        return True

    def missing_scopes(self) -> tuple[str, ...]:
        """What Okta left out of the present token."""
        return self._token.missing_scopes if self._token is not None else ()

    async def _sign_in(self) -> _Token:
        answer = await self._ask()
        for _ in range(_PROOFS):
            if not self._asks_for_proof(answer):
                break
            self._proof_key = self._proof_key or ProofKey()
            answer = await self._ask()
        _check_granted(answer, self._app.scopes)
        grant = _granted(answer)
        missing = grant.missing(self._app.scopes)
        good_for = max(0.0, grant.expires_in - _EARLY)
        return _Token(
            value=grant.access_token,
            bound=grant.token_type == "DPoP",  # noqa: S105 -- a scheme
            renew_at=self._clock() + min(good_for, _longest_use(missing)),
            missing_scopes=missing,
        )

    async def _ask(self) -> Answer:
        now = self._clock()
        form = {
            "grant_type": "client_credentials",
            "scope": " ".join(self._app.scopes),
            "client_assertion_type": _ASSERTION_TYPE,
            "client_assertion": self._app.key.assertion(self._app.client_id, self._token_url, now),
        }
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        if self._proof_key is not None:
            headers["DPoP"] = self._proof_key.proof("POST", self._token_url, now, nonce=self._nonce)
        answer = await send(self._session, "POST", self._token_url, headers, urlencode(form).encode())
        self._nonce = answer.headers.get("dpop-nonce", self._nonce)
        return answer

    def _asks_for_proof(self, answer: Answer) -> bool:
        """Whether the app needs DPoP and the request had no proof, or none with the present nonce."""
        error = oauth_error(answer)
        return error == "use_dpop_nonce" or (error == "invalid_dpop_proof" and self._proof_key is None)


def _longest_use(missing_scopes: Sequence[str]) -> float:
    """Seconds for which a token that lacks scopes is used."""
    if not missing_scopes:
        return math.inf
    return _INCOMPLETE_FOR if set(missing_scopes) & set(NEEDED_SCOPES) else _REDUCED_FOR


def _check_granted(answer: Answer, asked: Sequence[str]) -> None:
    """Raise what a refusal of the token endpoint calls for: its statuses say less than its codes."""
    error = oauth_error(answer)
    try:
        check(SIGN_IN, answer)
    except (Refused, CredentialsRejected, PermissionMissing) as refused:
        if error in _NOT_GRANTED:
            raise PermissionMissing(
                refused.operation, refused.summary, request_id=refused.request_id, scope=", ".join(asked)
            ) from None
        raise CredentialsRejected(refused.operation, refused.summary, request_id=refused.request_id) from None


def _granted(answer: Answer) -> _Grant:
    try:
        return msgspec.json.decode(answer.body, type=_Grant)
    except (msgspec.DecodeError, UnicodeDecodeError):
        summary = "answered with something that is no access token: is there a proxy in between?"
        raise Unavailable(SIGN_IN.name, summary, reached=False) from None
