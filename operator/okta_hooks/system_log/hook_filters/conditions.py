"""What an expression means: conditions, each of which holds for an event, does not, or has no answer. Pure.

A condition that asks a missing field for what it contains has no answer, nor has what depends on it: in the language
that Okta's is built on, that ends the evaluation with an error. `&&` and `||` ask their second part only when needed.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from okta_hooks.system_log.hook_filters.subject import Fields, Subject

COMPARED: Mapping[str, Callable[[int, int], bool]] = {
    "==": operator.eq,
    "!=": operator.ne,
    ">": operator.gt,
    "<": operator.lt,
    ">=": operator.ge,
    "<=": operator.le,
}
"""How a size is compared with a number."""


class Condition(Protocol):
    """Something about an event, or within a selection about a target."""

    def holds(self, fields: Fields, whole: Subject) -> bool | None:
        """Whether it is so; None where there is no answer.

        Args:
            fields: Those that names mean here.
            whole: The event.
        """
        ...


@dataclass(frozen=True)
class Literal:
    """A text that is written down, or null."""

    value: str | None

    def text(self, fields: Fields) -> str | None:  # noqa: ARG002 -- the same for all
        """Its value."""
        return self.value


@dataclass(frozen=True)
class Named:
    """A field."""

    name: str

    def text(self, fields: Fields) -> str | None:
        """Its value."""
        return fields[self.name]


Operand = Literal | Named


@dataclass(frozen=True)
class Constant:
    """True or false."""

    value: bool

    def holds(self, fields: Fields, whole: Subject) -> bool | None:  # noqa: ARG002 -- the same for all
        """See `Condition`."""
        return self.value


@dataclass(frozen=True)
class Same:
    """Two texts are the same."""

    left: Operand
    right: Operand

    def holds(self, fields: Fields, whole: Subject) -> bool | None:  # noqa: ARG002 -- of the fields alone
        """See `Condition`."""
        return self.left.text(fields) == self.right.text(fields)


@dataclass(frozen=True)
class Contains:
    """A field has a text in it."""

    field: Named
    part: str

    def holds(self, fields: Fields, whole: Subject) -> bool | None:  # noqa: ARG002 -- of the fields alone
        """See `Condition`."""
        text = self.field.text(fields)
        return None if text is None else self.part in text


@dataclass(frozen=True)
class Targets:
    """How many of an event's targets meet a condition, compared with a number."""

    condition: Condition
    sign: str
    number: int

    def holds(self, fields: Fields, whole: Subject) -> bool | None:  # noqa: ARG002 -- of the whole event
        """See `Condition`."""
        met = [self.condition.holds(target, whole) for target in whole.targets]
        return None if None in met else COMPARED[self.sign](met.count(True), self.number)


@dataclass(frozen=True)
class Not:
    """The opposite."""

    part: Condition

    def holds(self, fields: Fields, whole: Subject) -> bool | None:
        """See `Condition`."""
        held = self.part.holds(fields, whole)
        return None if held is None else not held


@dataclass(frozen=True)
class Every:
    """All parts hold."""

    parts: Sequence[Condition]

    def holds(self, fields: Fields, whole: Subject) -> bool | None:
        """See `Condition`."""
        held = (part.holds(fields, whole) for part in self.parts)
        return next((each for each in held if each is not True), True)


@dataclass(frozen=True)
class Either:
    """One part holds."""

    parts: Sequence[Condition]

    def holds(self, fields: Fields, whole: Subject) -> bool | None:
        """See `Condition`."""
        held = (part.holds(fields, whole) for part in self.parts)
        return next((each for each in held if each is not False), False)
