"""Lists that come in pages, with `Link` headers from one to the next."""

from __future__ import annotations

from collections.abc import Sequence

from aiohttp import web

from okta_simulator.errors import validation_failed
from okta_simulator.json_values import JsonObject
from okta_simulator.management.endpoint import Call, json_response
from okta_simulator.management.query_parameters import integer


def page_of(call: Call, rows: Sequence[JsonObject], *, default: int, most: int) -> tuple[Sequence[JsonObject], bool]:
    """The rows that `after` and `limit` ask for, and whether more follow.

    Args:
        call: The request.
        rows: All rows, each with its `id`.
        default: The limit where none is given.
        most: The greatest limit; a greater one, or -1, counts as this.

    Raises:
        OktaError: E0000001, the limit is not a number, or the cursor names no row.
    """
    limit = integer(call, "limit", default=default)
    if limit == 0 or limit < -1:
        raise validation_failed("limit", "limit: The value must be greater than 0.")
    limit = most if limit == -1 else min(limit, most)
    begin = _begin(rows, call.request.query.get("after"))
    return rows[begin : begin + limit], begin + limit < len(rows)


def next_link(call: Call, organization_url: str, rows: Sequence[JsonObject]) -> str:
    """The URL of the page behind these rows."""
    return organization_url + str(call.request.rel_url.update_query(after=str(rows[-1]["id"])))


def paged(call: Call, organization_url: str, rows: Sequence[JsonObject], *, default: int, most: int) -> web.Response:
    """The answer: an array, and `Link` headers `self` and, where more follow, `next`.

    Raises:
        OktaError: E0000001, as `page_of`.
    """
    shown, more = page_of(call, rows, default=default, most=most)
    response = json_response(shown)
    response.headers.add("Link", f'<{organization_url}{call.request.rel_url}>; rel="self"')
    if more:
        response.headers.add("Link", f'<{next_link(call, organization_url, shown)}>; rel="next"')
    return response


def _begin(rows: Sequence[JsonObject], after: str | None) -> int:
    if not after:
        return 0
    for number, row in enumerate(rows, start=1):
        if row["id"] == after:
            return number
    raise validation_failed("after", "after: The cursor is not valid.")
