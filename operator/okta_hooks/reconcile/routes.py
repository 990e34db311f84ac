"""Whether the routes of a hook can be used: the same code says so that the dispatcher goes by."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from okta_hooks.api.conditions import Reason
from okta_hooks.api.route import Route
from okta_hooks.reconcile.problem import Problem
from okta_hooks.routing import Expression, WrongExpression


def wrong_routes(routes: Sequence[Route]) -> tuple[Problem, ...]:
    """A problem for each route whose `when` is wrong; the others go on."""
    return tuple(_problems(routes))


def _problems(routes: Sequence[Route]) -> Iterator[Problem]:
    for route in routes:
        try:
            Expression(route.when) if route.when is not None else None
        except WrongExpression as error:
            yield Problem(
                Reason.ROUTE_WRONG,
                f"Route {route.name} sends nothing, since its `when` is wrong, {error}. Correct it; the other routes go"
                " on.",
                for_people=True,
            )
