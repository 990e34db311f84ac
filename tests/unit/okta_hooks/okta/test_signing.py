"""Keys of service apps: PEM and JWK, RSA and elliptic curves; what is none is refused without being quoted."""

from __future__ import annotations

import json

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from jwt.algorithms import ECAlgorithm, RSAAlgorithm

from okta_hooks.okta.errors import CredentialsRejected
from okta_hooks.okta.signing import ProofKey, read_key

NOW = 1_700_000_000.0
RSA = rsa.generate_private_key(public_exponent=65537, key_size=2048)
CURVE = ec.generate_private_key(ec.SECP256R1())


def _pem(key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey) -> str:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


@pytest.mark.parametrize(
    ("text", "algorithm", "key_id"),
    [
        (_pem(RSA), "RS256", ""),
        (_pem(CURVE) + "\n", "ES256", ""),
        (json.dumps({**RSAAlgorithm.to_jwk(RSA, as_dict=True), "kid": "one"}), "RS256", "one"),
        (json.dumps({**ECAlgorithm.to_jwk(CURVE, as_dict=True), "kid": "two", "ext": True}), "ES256", "two"),
    ],
    ids=["RSA as PEM", "a curve as PEM", "RSA as JWK", "a curve as JWK"],
)
def test_keys_are_read_however_they_are_written(text: str, algorithm: str, key_id: str) -> None:
    key = read_key(text)
    assert (key.algorithm, key.key_id) == (algorithm, key_id)


def test_a_key_id_that_is_given_outranks_the_jwks_own() -> None:
    jwk = json.dumps({**ECAlgorithm.to_jwk(CURVE, as_dict=True), "kid": "own"})
    assert read_key(jwk, "given").key_id == "given"


@pytest.mark.parametrize(
    "text",
    ["", "secret-but-no-key", "{", '{"kty": "oct", "k": "c2VjcmV0"}', _pem(ed25519.Ed25519PrivateKey.generate())],
    ids=["nothing", "no key", "broken JSON", "a symmetric key", "a kind that Okta does not take"],
)
def test_what_is_no_key_is_refused_without_being_shown(text: str) -> None:
    with pytest.raises(CredentialsRejected, match="as PEM without a password, or as a JWK") as rejected:
        read_key(text)
    assert not text or text not in str(rejected.value)


def test_an_assertion_says_who_asks_whom_and_until_when() -> None:
    token = read_key(_pem(CURVE), "two").assertion("0oa1", "https://example.okta.com/oauth2/v1/token", NOW)
    claims = jwt.decode(token, options={"verify_signature": False})
    assert (claims["iss"], claims["sub"], claims["aud"]) == ("0oa1", "0oa1", "https://example.okta.com/oauth2/v1/token")
    assert claims["exp"] - claims["iat"] <= 3600
    assert jwt.get_unverified_header(token)["kid"] == "two"


def test_a_proof_is_for_one_request_and_shows_no_private_key() -> None:
    proof = ProofKey().proof("GET", "https://example.okta.com/api/v1/eventHooks?a=b", NOW, token="at")
    claims = jwt.decode(proof, options={"verify_signature": False})
    header = jwt.get_unverified_header(proof)
    assert (claims["htm"], claims["htu"]) == ("GET", "https://example.okta.com/api/v1/eventHooks")
    assert "ath" in claims
    assert header["typ"] == "dpop+jwt"
    assert "d" not in header["jwk"]
