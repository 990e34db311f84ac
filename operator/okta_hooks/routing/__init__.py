"""Which events a sink gets: a route names sinks, and says by type and by expression what it sends them.

Pure, so that the dispatcher, the operator (who looks at routes when they are applied) and the command line (which
explains what a route would do) all mean the same.

| module | what it is for |
|---|---|
| `settings` | a route as it is configured |
| `expression` | `when`, in CEL |
| `route` | what one route says to an event |
| `table` | all routes of a hook, and what of them concerns one sink |
"""

from okta_hooks.routing.expression import Expression, NotEvaluated, WrongExpression
from okta_hooks.routing.route import EventTypes, Finding, Route, Verdict
from okta_hooks.routing.settings import RouteSettings
from okta_hooks.routing.table import Decision, RouteTable, SinkRoutes, leading_to

__all__ = [
    "Decision",
    "EventTypes",
    "Expression",
    "Finding",
    "NotEvaluated",
    "Route",
    "RouteSettings",
    "RouteTable",
    "SinkRoutes",
    "Verdict",
    "WrongExpression",
    "leading_to",
]
