"""What a client of Okta's OAuth server signs: assertions and proofs, right by default and wrong by choice."""

from __future__ import annotations

import hashlib
import time
import uuid
from base64 import urlsafe_b64encode
from functools import cache

import jwt

from okta_simulator.credentials.keys import KeyPair, generate

ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"


@cache
def key_pair(name: str) -> KeyPair:
    """A key pair by name, made once: making one takes a moment."""
    return generate(kid=name)


def assertion(client_id: str, *, key: KeyPair, kid: str | None, **changed: object) -> str:
    """A client assertion; a claim that is changed to None is left out."""
    now = int(time.time())
    claims = {"iss": client_id, "sub": client_id, "iat": now, "exp": now + 300, "jti": _new()}
    return _signed({**claims, **changed}, key, {} if kid is None else {"kid": kid})


def proof(method: str, *, key: KeyPair, typ: str = "dpop+jwt", **changed: object) -> str:
    """A DPoP proof; a claim that is changed to None is left out."""
    claims = {"htm": method, "iat": int(time.time()), "jti": _new()}
    public = {name: value for name, value in key.public_jwk.items() if name in {"kty", "n", "e", "crv", "x", "y"}}
    return _signed({**claims, **changed}, key, {"typ": typ, "jwk": public})


def ath(token: str) -> str:
    """The hash of an access token, as RFC 9449 section 4.2 says."""
    return urlsafe_b64encode(hashlib.sha256(token.encode()).digest()).rstrip(b"=").decode()


def _signed(claims: dict[str, object], key: KeyPair, headers: dict[str, object]) -> str:
    present = {name: value for name, value in claims.items() if value is not None}
    return jwt.encode(present, key.private_key, algorithm=str(key.public_jwk["alg"]), headers=headers)


def _new() -> str:
    return str(uuid.uuid4())
