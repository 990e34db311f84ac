"""What an answer of the API server that is not a success means."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import ValidationError

from okta_hooks.api.model import ApiModel
from okta_hooks.kube import errors

_SAID_AT_MOST = 2048  # characters of a message that is kept; admission webhooks may say any amount

_TYPES: Mapping[int, type[errors.KubernetesError]] = {
    400: errors.Refused,
    401: errors.Forbidden,
    403: errors.Forbidden,
    404: errors.NotFound,
    405: errors.NotFound,
    409: errors.Conflict,
    410: errors.Gone,
    413: errors.Refused,
    415: errors.Refused,
    422: errors.Refused,
}


class _Status(ApiModel):
    """`metav1.Status`."""

    message: str = ""


def error_from(status: int, headers: Mapping[str, str], content: bytes, operation: str) -> errors.KubernetesError:
    """The error that an HTTP status of 400 or more is; what is in no table says that the server has failed."""
    summary = _said(content)[:_SAID_AT_MOST] or f"HTTP status {status}"
    kind = _TYPES.get(status)
    if kind is None:
        return errors.Unavailable(operation, summary, retry_after=_seconds(headers.get("Retry-After", "")))
    return kind(operation, summary)


def _said(content: bytes) -> str:
    try:
        return _Status.model_validate_json(content).message
    except ValidationError:
        return ""


def _seconds(text: str) -> float | None:
    return float(text) if text.isdecimal() else None
