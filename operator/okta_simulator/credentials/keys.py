"""Key pairs: those of service apps and their proofs, and the one that an organisation signs access tokens with."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from typing import TypeAlias

import msgspec
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from jwt.algorithms import ECAlgorithm, RSAAlgorithm

from okta_simulator.signed import ALGORITHMS, Jwk

PrivateKey: TypeAlias = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey

_THUMBPRINT_MEMBERS = {"RSA": ("e", "kty", "n"), "EC": ("crv", "kty", "x", "y")}
_CURVE_ALGORITHMS = {"P-256": "ES256", "P-384": "ES384", "P-521": "ES512"}
_BITS = 2048


@dataclass(frozen=True)
class KeyPair:
    """A private key and its public half.

    Attributes:
        private_key: The private key.
        public_jwk: The public key, with its `kid`, as an administrator registers it for an app.
    """

    private_key: PrivateKey
    public_jwk: Jwk

    @property
    def kid(self) -> str:
        """The key's identifier."""
        return str(self.public_jwk["kid"])

    @property
    def private_pem(self) -> str:
        """The private key as PKCS #8, without a password."""
        pem = self.private_key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        return pem.decode()


def generate(kid: str | None = None) -> KeyPair:
    """A new RSA key pair; without a `kid` its thumbprint names it."""
    return _paired(rsa.generate_private_key(public_exponent=65537, key_size=_BITS), kid)


def load(private_pem: str, kid: str | None = None) -> KeyPair:
    """A key pair from its private key; without a `kid` its thumbprint names it.

    Raises:
        ValueError: The text is not an RSA or elliptic curve private key in PEM without a password.
    """
    try:
        key = serialization.load_pem_private_key(private_pem.encode(), password=None)
    except TypeError as error:
        raise ValueError("the private key has a password: store it without one") from error
    match key:
        case rsa.RSAPrivateKey() | ec.EllipticCurvePrivateKey():
            return _paired(key, kid)
        case _:
            raise ValueError("the private key is neither an RSA nor an elliptic curve key")


def _paired(key: PrivateKey, kid: str | None) -> KeyPair:
    jwk: dict[str, object] = {}
    if isinstance(key, rsa.RSAPrivateKey):
        jwk.update(RSAAlgorithm.to_jwk(key.public_key(), as_dict=True), alg="RS256")
    else:
        jwk.update(ECAlgorithm.to_jwk(key.public_key(), as_dict=True))
        jwk["alg"] = _CURVE_ALGORITHMS.get(str(jwk["crv"]))
    if jwk["alg"] not in ALGORITHMS:
        raise ValueError("the private key's elliptic curve is none of P-256, P-384 and P-521")
    jwk.pop("key_ops", None)
    return KeyPair(key, {**jwk, "use": "sig", "kid": kid or thumbprint(jwk)})


def thumbprint(jwk: Jwk) -> str:
    """The SHA-256 thumbprint of a public key (RFC 7638): equal for equal keys, whatever else their JWK says.

    Raises:
        ValueError: It is not an RSA or elliptic curve public key.
    """
    members = _THUMBPRINT_MEMBERS.get(str(jwk.get("kty")))
    if members is None or any(not isinstance(jwk.get(member), str) for member in members):
        raise ValueError("the JWK is not an RSA or elliptic curve public key")
    canonical = msgspec.json.encode({member: jwk[member] for member in members})
    return unpadded(hashlib.sha256(canonical).digest())


def unpadded(content: bytes) -> str:
    """Base64url without padding, as JOSE writes it."""
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()
