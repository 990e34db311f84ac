"""A security event token (SET, RFC 8417), and why one is refused (RFC 8935)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal

import msgspec

from okta_simulator import signed
from okta_simulator.json_values import JsonObject
from okta_simulator.security_events.kinds import complaint

_ALGORITHM = "RS256"
_TYPE = "secevent+jwt"
_SKEW = timedelta(minutes=5)
"""How far a provider's clock may be ahead."""
_NOT_CONVERTIBLE = "Invalid payload in security event token, cannot convert to json"

Reason = Literal["authentication_failed", "invalid_audience", "invalid_issuer", "invalid_key", "invalid_request"]


class RefusedTokenError(Exception):
    """The token is not taken."""

    def __init__(self, reason: Reason, description: str) -> None:
        super().__init__(description)
        self.reason = reason
        self.description = description


class SecurityEventToken(msgspec.Struct, frozen=True):
    """What a token says."""

    iss: str
    aud: str | list[str]
    jti: str
    iat: int
    events: JsonObject


def key_id(token: str) -> str:
    """Which of the provider's keys the token is said to be signed with.

    Raises:
        RefusedTokenError: The header is not that of a security event token.
    """
    try:
        header = signed.header(token)
    except signed.UnreadableError as error:
        raise RefusedTokenError("invalid_request", _NOT_CONVERTIBLE) from error
    for name, value, expected in (("typ", header.typ, _TYPE), ("alg", header.alg, _ALGORITHM)):
        if value != expected:
            raise RefusedTokenError("invalid_request", f"The header '{name}' of the token must be {expected}")
    if not header.kid:
        raise RefusedTokenError("invalid_key", "The header 'kid' of the token cannot be left blank")
    return header.kid


def claimed(token: str) -> SecurityEventToken:
    """What the token says, which proves nothing yet.

    Raises:
        RefusedTokenError: It lacks a claim that every token must have.
    """
    try:
        return signed.unproven(token, SecurityEventToken)
    except signed.UnreadableError as error:
        raise RefusedTokenError(
            "invalid_request", f"Failed claim validation in security event token. {error}"
        ) from error


def proven(token: str, key: JsonObject) -> SecurityEventToken:
    """What the token says, signed by the key's owner.

    Raises:
        RefusedTokenError: It was signed with another key.
    """
    try:
        return signed.verified(token, key, SecurityEventToken)
    except (signed.WrongSignatureError, signed.UnreadableError) as error:
        raise RefusedTokenError("authentication_failed", "The signature of the token is not valid") from error


def require_acceptable(token: SecurityEventToken, audience: str, now: datetime) -> None:
    """Refuse a token that is for somebody else, from the future, or about nothing that Okta knows.

    Args:
        token: What is said.
        audience: The organisation's URL, which a token may name with or without a slash at its end.
        now: What the provider's clock should show.

    Raises:
        RefusedTokenError: See above.
    """
    audiences = [token.aud] if isinstance(token.aud, str) else token.aud
    if audience not in [one.rstrip("/") for one in audiences]:
        raise RefusedTokenError("invalid_audience", f"The token is not for {audience}")
    if token.iat > (now + _SKEW).timestamp():
        raise RefusedTokenError("invalid_request", _failed("'iat': The time is in the future"))
    if not token.jti.strip():
        raise RefusedTokenError("invalid_request", _failed("'jti': The field cannot be left blank"))
    if not token.events:
        raise RefusedTokenError("invalid_request", _failed("'events': The field cannot be left blank"))
    for event_type, event in token.events.items():
        if wrong := complaint(event_type, event):
            raise RefusedTokenError("invalid_request", _failed(wrong))


def _failed(wrong: str) -> str:
    return f"Failed claim validation in security event token. {wrong}"
