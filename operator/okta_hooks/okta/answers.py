"""What an answer of Okta's means: its hooks, or one of `okta_hooks.okta.errors`. Pure.

The status is looked at first and the body second: Okta's own errors come with JSON, those of what stands in between
(proxies, load balancers) with anything or nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

import msgspec

from okta_hooks.okta.errors import (
    CredentialsRejected,
    NotFound,
    OktaError,
    OrganizationMissing,
    PermissionMissing,
    RateLimited,
    Refused,
    Unavailable,
    VerificationFailed,
)
from okta_hooks.okta.operations import CREATE, LIST, VERIFY, Operation

_LONGEST_TEXT = 500  # of what is quoted from an answer


@dataclass(frozen=True)
class Answer:
    """An HTTP response, whole.

    Args:
        status: Its status.
        headers: Its headers, names in lower case.
        body: Its body, as it came.
        reason: What the SDK asks of every response; not used.
    """

    status: int
    headers: Mapping[str, str]
    body: bytes
    reason: str = ""


class _Cause(msgspec.Struct, frozen=True, rename="camel"):
    error_summary: str = ""


class _ErrorBody(msgspec.Struct, frozen=True, rename="camel"):
    """Okta's error object, and that of OAuth's token endpoint (RFC 6749, section 5.2)."""

    error_code: str = ""
    error_summary: str = ""
    error_causes: tuple[_Cause, ...] = ()
    error: str = msgspec.field(default="", name="error")
    error_description: str = msgspec.field(default="", name="error_description")


def check(operation: Operation, answer: Answer) -> None:
    """Raise what an answer says went wrong, if anything did.

    Raises:
        OktaError: The one that calls for the right reaction.
    """
    if 200 <= answer.status < 300:
        return
    told = _told(answer)
    named = (operation.name, _summary(answer, told), _causes(told), answer.headers.get("x-okta-request-id", ""))
    kind = _kind(operation, answer.status, told.error_code)
    if kind is RateLimited:
        raise RateLimited(*named, until=_until(answer))
    if kind is PermissionMissing:
        raise PermissionMissing(*named, scope=operation.scope)
    raise kind(*named)


_BY_STATUS: Mapping[int, type[OktaError]] = {401: CredentialsRejected, 403: PermissionMissing, 429: RateLimited}
_ABOUT_THE_REQUEST = {(401, "E0000015"), (403, "E0000001")}  # a feature that is off, a validation that failed


def _kind(operation: Operation, status: int, code: str) -> type[OktaError]:
    if status == 404:  # without Okta's own code it says nothing about hooks: a wrong URL, a proxy
        missing = OrganizationMissing if operation in (LIST, CREATE) else NotFound  # these name no hook
        return missing if code == "E0000007" else Unavailable
    if status == 400 and operation == VERIFY:
        return VerificationFailed
    if (status, code) in _ABOUT_THE_REQUEST:
        return Refused
    return _BY_STATUS.get(status, Refused if 400 <= status < 500 else Unavailable)


def _summary(answer: Answer, told: _ErrorBody) -> str:
    said = told.error_summary or told.error_description
    if said:
        return _short(said)
    hint = " and not by an Okta organization: check the URL" if answer.status < 400 or answer.status == 404 else ""
    return f"answered with status {answer.status}, without a reason{hint}"


def _causes(told: _ErrorBody) -> tuple[str, ...]:
    return tuple(_short(cause.error_summary) for cause in told.error_causes if cause.error_summary)


def oauth_error(answer: Answer) -> str:
    """The code that the token endpoint gives for a refusal, such as `invalid_client`; empty where it gives none."""
    return _told(answer).error


def _told(answer: Answer) -> _ErrorBody:
    try:
        return msgspec.json.decode(answer.body, type=_ErrorBody, strict=False)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return _ErrorBody()


def _until(answer: Answer) -> datetime | None:
    """When the limit is lifted; for the limit on requests at once, told by two zeros, Okta names no moment."""
    headers = answer.headers
    if headers.get("x-rate-limit-limit") == "0" and headers.get("x-rate-limit-remaining") == "0":
        return None
    try:
        return datetime.fromtimestamp(int(headers["x-rate-limit-reset"]), UTC)
    except (KeyError, ValueError, OverflowError, OSError):
        return None


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_TEXT else text[: _LONGEST_TEXT - 1] + "…"
