"""Which rows of a list a request's expression asks for."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from okta_simulator import scim
from okta_simulator.errors import OktaError
from okta_simulator.json_values import JsonObject


def matching(
    rows: Sequence[JsonObject], expression: str | None, *, attributes: Collection[str] | None = None
) -> Sequence[JsonObject]:
    """The rows for which an expression holds; all of them without one.

    Args:
        rows: What is searched.
        expression: A `filter` or `search` parameter.
        attributes: What the expression may speak of; everything when absent.

    Raises:
        OktaError: E0000031, the expression can't be read, or speaks of something else.
    """
    if expression is None:
        return rows
    try:
        parsed = scim.parse(expression)
    except scim.ScimSyntaxError as error:
        raise OktaError("E0000031", causes=(f"Invalid search criteria: {error}.",)) from error
    if attributes is not None:
        for path in scim.paths(parsed):
            if path not in attributes:
                raise OktaError("E0000031", causes=(f"The property {path} cannot be filtered.",))
    return [row for row in rows if scim.matches(parsed, row)]
