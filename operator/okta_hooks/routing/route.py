"""What a route says to an event."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from okta_hooks.routing.expression import Expression, NotEvaluated, WrongExpression
from okta_hooks.routing.settings import RouteSettings

_ANY_END = "*"


class Finding(StrEnum):
    """What a route found."""

    TAKEN = "taken"
    OTHER_TYPE = "otherType"  # the event is of none of its types
    NOT_SO = "notSo"  # `when` does not hold
    FAILED = "failed"  # `when` has no answer for this event, which is taken all the same
    UNDECIDED = "undecided"  # `when` is wrong, so that the route takes nothing


@dataclass(frozen=True)
class Verdict:
    """A finding, and why where it needs a reason."""

    finding: Finding
    reason: str = ""

    @property
    def takes(self) -> bool:
        """Whether the event goes to the route's sinks: one too many is better than one too few."""
        return self.finding in {Finding.TAKEN, Finding.FAILED}


_TAKEN, _OTHER_TYPE, _NOT_SO = Verdict(Finding.TAKEN), Verdict(Finding.OTHER_TYPE), Verdict(Finding.NOT_SO)


class Route:
    """A route, compiled once.

    Args:
        settings: How it is configured.
    """

    def __init__(self, settings: RouteSettings) -> None:
        self.name = settings.name
        self.sinks = frozenset(settings.sinks)
        self._types = EventTypes(settings.event_types)
        self._when: Expression | None = None
        self.trouble: str | None = None
        """Why it takes nothing, as a sentence; None while it works."""
        try:
            self._when = Expression(settings.when) if settings.when else None
        except WrongExpression as error:
            self.trouble = f"`when` of the route {self.name} is wrong, {error}"

    @property
    def goes_by_type_alone(self) -> bool:
        """Whether it can tell without the event itself."""
        return self._when is None

    def judge(self, event_type: str, event: Callable[[], object]) -> Verdict:
        """Look at an event.

        Args:
            event_type: Its type.
            event: Gives the event itself, parsed; called only where it is needed.
        """
        if event_type not in self._types:
            return _OTHER_TYPE
        if self.trouble:
            return Verdict(Finding.UNDECIDED, self.trouble)
        if self._when is None:
            return _TAKEN
        try:
            return _TAKEN if self._when.holds(event()) else _NOT_SO
        except NotEvaluated as error:
            return Verdict(Finding.FAILED, str(error))


class EventTypes:
    """A set of types, some of them as beginnings: `user.session.*`; an empty one holds all.

    Args:
        patterns: Types and beginnings.
    """

    def __init__(self, patterns: tuple[str, ...]) -> None:
        self._all = not patterns
        self._exact = frozenset(pattern for pattern in patterns if not pattern.endswith(_ANY_END))
        self._beginnings = tuple(pattern.removesuffix(_ANY_END) for pattern in patterns if pattern.endswith(_ANY_END))

    def __contains__(self, event_type: str) -> bool:
        return self._all or event_type in self._exact or event_type.startswith(self._beginnings)
