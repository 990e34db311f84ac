"""Query parameters of the management API, read strictly."""

from __future__ import annotations

from okta_simulator.errors import validation_failed
from okta_simulator.management.endpoint import Call


def boolean(call: Call, name: str, *, default: bool) -> bool:
    """A parameter that is `true` or `false`.

    Raises:
        OktaError: E0000001, it is something else.
    """
    text = call.request.query.get(name)
    if text is None:
        return default
    if text.lower() not in ("true", "false"):
        raise validation_failed(name, f"{name}: The value must be true or false.")
    return text.lower() == "true"


def integer(call: Call, name: str, *, default: int) -> int:
    """A parameter that is a whole number.

    Raises:
        OktaError: E0000001, it is something else.
    """
    text = call.request.query.get(name)
    if text is None:
        return default
    try:
        return int(text)
    except ValueError as error:
        raise validation_failed(name, f"{name}: The value must be a whole number.") from error
