"""Reading tokens that somebody signed (JWS, RFC 7515): the header first, the content once the signature is checked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, TypeAlias, TypeVar

import jwt
import msgspec

ALGORITHMS = ("RS256", "RS384", "RS512", "ES256", "ES384", "ES512")
"""The signatures that Okta takes."""

Claims = TypeVar("Claims")
Jwk = Mapping[str, object]

NumericDate: TypeAlias = Annotated[float, msgspec.Meta(ge=0, le=253_402_300_799)]
"""Seconds since 1970 (RFC 7519, section 2), up to the year 9999."""

_NONE: Jwk = {}
_UNREADABLE = (jwt.InvalidTokenError, msgspec.MsgspecError, ValueError, RecursionError)  # the last: nested too deeply


class Header(msgspec.Struct, frozen=True):
    """What a signed token says about its own signature."""

    alg: str
    kid: str | None = None
    typ: str | None = None
    jwk: Jwk = _NONE


class UnreadableError(ValueError):
    """It is no signed token, or its header or content is not what it has to be."""


class WrongSignatureError(ValueError):
    """The signature was not made with the key, or not with an algorithm that Okta takes."""


def header(token: str) -> Header:
    """The header, which proves nothing yet.

    Raises:
        UnreadableError: See there.
    """
    try:
        return msgspec.convert(jwt.get_unverified_header(token), Header)
    except _UNREADABLE as error:
        raise UnreadableError(str(error)) from error


def unproven(token: str, expected: type[Claims]) -> Claims:
    """The content, though nobody knows yet who wrote it: to find out whose key to check it with.

    Raises:
        UnreadableError: See there.
    """
    try:
        content: object = jwt.decode(token, options={"verify_signature": False})
        return msgspec.convert(content, expected)
    except _UNREADABLE as error:
        raise UnreadableError(str(error)) from error


def verified(token: str, key: Jwk, expected: type[Claims]) -> Claims:
    """The content, written by whoever holds the private half of a key.

    Raises:
        WrongSignatureError: See there.
        UnreadableError: See there.
    """
    algorithm = header(token).alg
    if algorithm not in ALGORITHMS:
        raise WrongSignatureError(f"Okta does not take {algorithm}")
    try:
        content = jwt.PyJWS().decode(token, jwt.PyJWK(dict(key), algorithm), algorithms=list(ALGORITHMS))
    except (jwt.PyJWTError, *_UNREADABLE, TypeError) as error:
        raise WrongSignatureError(str(error)) from error
    try:
        return msgspec.json.decode(content, type=expected)
    except _UNREADABLE as error:
        raise UnreadableError(str(error)) from error
