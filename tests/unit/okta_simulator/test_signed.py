"""Reading what others signed."""

from __future__ import annotations

import base64
from contextlib import suppress

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from okta_simulator.signed import UnreadableError, WrongSignatureError, header, unproven, verified

_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
_header = st.dictionaries(st.sampled_from(["alg", "typ", "kid", "jwk", "b64", "crit", "zip"]), _json)
_jwk = st.dictionaries(
    st.sampled_from(["kty", "n", "e", "x", "y", "crv", "k", "alg", "use"]),
    st.sampled_from(["RSA", "EC", "oct", "OKP", "P-256", "AQAB", "", "é", "RS256", "none"]) | _json,
)


def _part(content: object) -> str:
    return base64.urlsafe_b64encode(msgspec.json.encode(content)).rstrip(b"=").decode()


_token = st.builds(lambda *parts: ".".join(map(_part, parts)), _header | _json, _json, _json) | st.text()


@given(_token)
def test_a_header_is_read_or_refused(token: str) -> None:
    with suppress(UnreadableError):
        header(token)


@given(_token)
def test_content_is_read_or_refused(token: str) -> None:
    with suppress(UnreadableError):
        unproven(token, dict)


@given(_token, _jwk, st.sampled_from(["RS256", "ES256", "HS256", "none"]))
def test_nothing_is_verified_that_was_not_signed(token: str, jwk: dict[str, object], algorithm: str) -> None:
    signed = f"{_part({'alg': algorithm})}.{token.partition('.')[2]}"
    with pytest.raises((UnreadableError, WrongSignatureError)):
        verified(signed, jwk, dict)


@pytest.mark.parametrize("part", ["header", "content"])
def test_what_is_nested_too_deeply_is_refused(part: str) -> None:
    deep = base64.urlsafe_b64encode(b"[" * 60_000).decode()
    token = f"{deep}.e30." if part == "header" else f"{_part({'alg': 'RS256'})}.{deep}."
    with pytest.raises(UnreadableError):
        unproven(token, dict)
