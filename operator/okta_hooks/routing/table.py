"""All routes of a hook, and those to one sink."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import msgspec

from okta_hooks.routing.route import Finding, Route, Verdict
from okta_hooks.routing.settings import RouteSettings


@dataclass(frozen=True)
class Decision:
    """Whether a sink gets an event.

    Attributes:
        taken: Whether it does.
        failed: Routes whose `when` had no answer, each with the reason; they take the event.
        undecided: Routes that would have had to look at it and can't, since their `when` is wrong.
    """

    taken: bool
    failed: Mapping[str, str]
    undecided: tuple[str, ...]


_TAKEN = Decision(taken=True, failed={}, undecided=())
_LEFT = Decision(taken=False, failed={}, undecided=())


def leading_to(sink: str, routes: Sequence[RouteSettings]) -> tuple[RouteSettings, ...] | None:
    """The routes to a sink, whatever other sinks they lead to; None where there are none at all: it gets everything."""
    if not routes:
        return None
    return tuple(msgspec.structs.replace(route, sinks=(sink,)) for route in routes if sink in route.sinks)


class SinkRoutes:
    """The routes to one sink, those first that go by type alone; without any, it gets nothing.

    Args:
        routes: The routes.
    """

    def __init__(self, routes: Iterable[Route]) -> None:
        self._routes = sorted(routes, key=lambda route: not route.goes_by_type_alone)

    def only(self, name: str) -> SinkRoutes:
        """One of them alone."""
        return SinkRoutes(route for route in self._routes if route.name == name)

    def decide(self, event_type: str, event: bytes) -> Decision:
        """Whether the sink gets an event; parses it only where a `when` asks for it."""

        @cache
        def parsed() -> object:
            return _parsed(event)

        failed: dict[str, str] = {}
        undecided: list[str] = []
        for route in self._routes:
            verdict = route.judge(event_type, parsed)
            if verdict.finding is Finding.TAKEN:
                return _TAKEN
            if verdict.finding is Finding.FAILED:
                failed[route.name] = verdict.reason
            elif verdict.finding is Finding.UNDECIDED:
                undecided.append(route.name)
        if not failed and not undecided:
            return _LEFT
        return Decision(taken=bool(failed), failed=failed, undecided=() if failed else tuple(undecided))


class RouteTable:
    """All routes.

    Args:
        settings: How they are configured.
    """

    def __init__(self, settings: Sequence[RouteSettings]) -> None:
        self.routes = tuple(Route(each) for each in settings)

    @property
    def troubles(self) -> Mapping[str, str]:
        """The routes that take nothing because they are wrong, each with a sentence."""
        return {route.name: route.trouble for route in self.routes if route.trouble}

    def explain(self, event_type: str, event: bytes) -> Mapping[str, Verdict]:
        """What each route says to an event, and why."""
        return {route.name: route.judge(event_type, lambda: _parsed(event)) for route in self.routes}


def _parsed(event: bytes) -> object:
    try:
        return msgspec.json.decode(event)
    except (msgspec.DecodeError, RecursionError):
        return None
