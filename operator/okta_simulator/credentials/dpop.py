"""Proofs of possession (DPoP, RFC 9449): the client shows with each request that it holds the token's key.

The sentences are Okta's where one was recorded: the missing header, `htu`, the repeated proof, the age.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

import msgspec

from okta_simulator.credentials.keys import thumbprint, unpadded
from okta_simulator.credentials.oauth_error import invalid_proof
from okta_simulator.options import Credentials
from okta_simulator.seen_once import SeenOnce
from okta_simulator.signed import NumericDate, UnreadableError, WrongSignatureError, header, verified


class _Claims(msgspec.Struct, frozen=True):
    htm: str
    htu: str
    iat: NumericDate
    jti: str
    nonce: str | None = None
    ath: str | None = None


@dataclass(frozen=True)
class Proof:
    """A proof that holds.

    Attributes:
        key_thumbprint: The thumbprint of the key it was made with.
        nonce: The nonce it carries.
    """

    key_thumbprint: str
    nonce: str | None


class Proofs:
    """Checks proofs, each good for one request.

    Args:
        options: How far a client's clock may be off.
        client_time: The real time: a client signs by its own clock, not by Okta's.
    """

    def __init__(self, *, options: Credentials, client_time: Callable[[], datetime]) -> None:
        self._skew = options.clock_skew
        self._client_time = client_time
        self._seen = SeenOnce(2 * options.clock_skew)

    def check(self, proof: str | None, *, method: str, urls: Collection[str], access_token: str | None = None) -> Proof:
        """What a request's proof proves.

        Args:
            proof: The `DPoP` header.
            method: The request's method.
            urls: The request's URL, in each form under which the client may know it, without the query.
            access_token: The token that the request carries, if any.

        Raises:
            OAuthError: `invalid_dpop_proof`.
        """
        if not proof:
            raise invalid_proof("The DPoP proof JWT header is missing.")
        claims, key_thumbprint = _read(proof)
        if claims.htm != method:
            raise invalid_proof("'htm' claim in the DPoP proof JWT is invalid.")
        if claims.htu not in urls:
            raise invalid_proof("'htu' claim in the DPoP proof JWT is invalid.")
        if access_token is not None and claims.ath != token_hash(access_token):
            raise invalid_proof("'ath' claim in the DPoP proof JWT is invalid.")
        self._check_age(claims.iat)
        if not self._seen.is_new(f"{key_thumbprint} {claims.jti}", self._client_time()):
            raise invalid_proof("The DPoP proof JWT has already been used.")
        return Proof(key_thumbprint, claims.nonce)

    def _check_age(self, issued_at: float) -> None:
        age = timedelta(seconds=self._client_time().timestamp() - issued_at)
        if age > self._skew:
            raise invalid_proof("The DPoP proof JWT is issued more than five minutes in the past.")
        if age < -self._skew:
            raise invalid_proof("The DPoP proof JWT is issued in the future.")


def token_hash(access_token: str) -> str:
    """What `ath` says of an access token (RFC 9449, section 4.2)."""
    return unpadded(hashlib.sha256(access_token.encode()).digest())


def _read(proof: str) -> tuple[_Claims, str]:
    try:
        head = header(proof)
        if head.typ != "dpop+jwt":
            raise invalid_proof("'typ' in the DPoP proof JWT header is invalid.")
        if "d" in head.jwk:
            raise invalid_proof("The DPoP proof JWT header contains a private key.")
        return verified(proof, head.jwk, _Claims), thumbprint(head.jwk)
    except WrongSignatureError as error:
        raise invalid_proof("The DPoP proof JWT signature is invalid.") from error
    except (UnreadableError, ValueError) as error:
        raise invalid_proof("The DPoP proof JWT is invalid.") from error
