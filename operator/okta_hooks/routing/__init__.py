"""Which events a sink gets: a route names sinks, and says by type and by expression what it sends them.

| module | what it is for |
|---|---|
| `settings` | a route as it is configured |
"""

from okta_hooks.routing.settings import RouteSettings

__all__ = ["RouteSettings"]
