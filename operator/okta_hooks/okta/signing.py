"""What a service app signs: the assertion that says who it is, and the proofs that it holds the key of its token.

The SDK can sign too, but not with elliptic curves, reads a JWK as Python, and exchanges the key of its proofs under a
token that is bound to the one before; so this is done with PyJWT.
"""

from __future__ import annotations

import base64
import hashlib
import json
import uuid
from dataclasses import dataclass, field
from typing import TypeAlias, cast

import jwt
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from jwt.algorithms import ECAlgorithm, RSAAlgorithm

from okta_hooks.okta.errors import CredentialsRejected

PrivateKey: TypeAlias = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey

_LIFETIME = 300  # seconds that an assertion is good for; Okta allows an hour
_CURVES = {"secp256r1": "ES256", "secp384r1": "ES384", "secp521r1": "ES512"}


@dataclass(frozen=True)
class AppKey:
    """The private key of a service app, with the name under which Okta knows it; never printed."""

    key: PrivateKey = field(repr=False)
    algorithm: str
    key_id: str

    def assertion(self, client_id: str, audience: str, now: float) -> str:
        """Says who asks for a token (RFC 7523)."""
        claims = {
            "iss": client_id,
            "sub": client_id,
            "aud": audience,
            "iat": int(now),
            "exp": int(now) + _LIFETIME,
            "jti": str(uuid.uuid4()),
        }
        return jwt.encode(claims, self.key, self.algorithm, {"kid": self.key_id} if self.key_id else {})


def read_key(text: str, key_id: str = "") -> AppKey:
    """A private key, as PEM or as a JWK.

    Args:
        text: The key.
        key_id: Its name; the JWK's own when empty.

    Raises:
        CredentialsRejected: It is none, or of a kind that Okta does not take.
    """
    text = text.strip()
    try:
        key, own_id = _from_jwk(text) if text.startswith("{") else (_from_pem(text), "")
        return AppKey(key, _algorithm(key), key_id or own_id)
    except (ValueError, TypeError, KeyError, jwt.PyJWTError):  # their texts may quote the key
        raise CredentialsRejected(
            "read the private key",
            "it is no RSA or elliptic curve key: put it in the Secret as PEM without a password, or as a JWK",
        ) from None


def _from_pem(text: str) -> PrivateKey:
    return cast(PrivateKey, load_pem_private_key(text.encode(), password=None))  # _algorithm refuses others


def _from_jwk(text: str) -> tuple[PrivateKey, str]:
    jwk = json.loads(text)
    read = {"RSA": RSAAlgorithm.from_jwk, "EC": ECAlgorithm.from_jwk}[jwk["kty"]]
    return cast(PrivateKey, read(text)), str(jwk.get("kid", ""))


def _algorithm(key: PrivateKey) -> str:
    if isinstance(key, rsa.RSAPrivateKey):
        return "RS256"
    if isinstance(key, ec.EllipticCurvePrivateKey):
        return _CURVES[key.curve.name]
    raise TypeError


class ProofKey:
    """A key of our own making to which Okta binds a token (DPoP, RFC 9449); it lives as long as the process."""

    def __init__(self) -> None:
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._jwk = ECAlgorithm.to_jwk(self._key.public_key(), as_dict=True)

    def proof(self, method: str, url: str, now: float, *, nonce: str = "", token: str = "") -> str:
        """Proves that whoever sends this request holds the key.

        Args:
            method: The request's method.
            url: The request's URL; its query is left out, as the RFC has it.
            now: UTC epoch seconds.
            nonce: What Okta's token endpoint asked to have repeated.
            token: The access token that the request carries.
        """
        claims: dict[str, str | int] = {
            "htm": method,
            "htu": url.partition("?")[0],
            "iat": int(now),
            "jti": str(uuid.uuid4()),
        }
        if nonce:
            claims["nonce"] = nonce
        if token:
            digest = hashlib.sha256(token.encode()).digest()
            claims["ath"] = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        return jwt.encode(claims, self._key, "ES256", {"typ": "dpop+jwt", "jwk": self._jwk})
