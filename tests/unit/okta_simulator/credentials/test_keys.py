"""Key pairs and their names."""

from __future__ import annotations

from contextlib import nullcontext

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from hypothesis import given
from hypothesis import strategies as st

from okta_simulator.credentials.keys import load, thumbprint
from unit.okta_simulator.credentials.client_side import key_pair

RFC_7638_EXAMPLE = {
    "kty": "RSA",
    "n": (
        "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3o"
        "knjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHz"
        "u6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8a"
        "wapJzKnqDKgw"
    ),
    "e": "AQAB",
    "alg": "RS256",
    "kid": "2011-04-29",
}


def test_the_thumbprint_is_that_of_rfc_7638_section_3_1() -> None:
    assert thumbprint(RFC_7638_EXAMPLE) == "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs"


def test_a_stored_key_comes_back_the_same() -> None:
    key = key_pair("registered")
    assert load(key.private_pem, key.kid).public_jwk == key.public_jwk


def test_a_key_without_a_name_is_named_by_its_thumbprint() -> None:
    key = key_pair("registered")
    assert load(key.private_pem).kid == thumbprint(key.public_jwk)


@pytest.mark.parametrize("key", [ed25519.Ed25519PrivateKey.generate(), ec.generate_private_key(ec.SECP256K1())])
def test_keys_that_okta_does_not_take_are_refused(key: ed25519.Ed25519PrivateKey | ec.EllipticCurvePrivateKey) -> None:
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    with pytest.raises(ValueError, match="elliptic curve"):
        load(pem.decode())


def test_a_key_with_a_password_is_refused() -> None:
    pem = ec.generate_private_key(ec.SECP256R1()).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.BestAvailableEncryption(b"secret")
    )
    with pytest.raises(ValueError, match="has a password"):
        load(pem.decode())


@given(st.dictionaries(st.sampled_from(["kty", "n", "e", "x", "y"]), st.sampled_from(["RSA", "EC", 1, None])))
def test_a_key_without_its_curve_or_with_numbers_is_told_apart(jwk: dict[str, object]) -> None:
    is_key = jwk.get("kty") == "RSA" and isinstance(jwk.get("n"), str) and isinstance(jwk.get("e"), str)
    with nullcontext() if is_key else pytest.raises(ValueError, match="public key"):
        thumbprint(jwk)
