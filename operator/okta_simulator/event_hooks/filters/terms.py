"""The parts of a condition: each has a kind, and a value for the object that it is asked about."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from okta_simulator.event_hooks.filters.fields import Kind, Method, Object, Value

_COMPARISONS: Mapping[str, Callable[[int, int], bool]] = {
    ">": operator.gt,
    "<": operator.lt,
    ">=": operator.ge,
    "<=": operator.le,
}


class AskedOfNull(Exception):
    """A method or an order was asked of null; as in Okta, the whole expression then has no value."""


@dataclass(frozen=True)
class Term:
    """A part of a condition.

    Args:
        kind: The kind of its value, where that is not null.
        value: Its value for the event, or within a selection for one element.
    """

    kind: Kind
    value: Callable[[Object], Value]


def literal(kind: Kind, value: Value) -> Term:
    """A value that is written down."""
    return Term(kind, lambda _: value)


def field(name: str, kind: Kind) -> Term:
    """A field of the object asked about."""
    return Term(kind, lambda subject: subject[name])


def field_of(owner: Term, name: str, kind: Kind) -> Term:
    """A field of another term's value."""

    def value(subject: Object) -> Value:
        owned = owner.value(subject)
        return owned[name] if isinstance(owned, Mapping) else None

    return Term(kind, value)


def answer(receiver: Term, method: Method, arguments: Sequence[Term]) -> Term:
    """What a method says about a value."""

    def value(subject: Object) -> Value:
        values = [receiver.value(subject), *(argument.value(subject) for argument in arguments)]
        if None in values:
            raise AskedOfNull
        return method.call(*values)

    return Term(method.result, value)


def selected(elements: Term, condition: Term) -> Term:
    """The elements that meet a condition."""
    return Term(
        elements.kind,
        lambda subject: [one for one in _objects(elements.value(subject)) if condition.value(one)],
    )


def projected(elements: Term, part: Term) -> Term:
    """A text from each element, those without it left out."""
    return Term(
        Kind.TEXTS,
        lambda subject: [text for one in _objects(elements.value(subject)) if (text := part.value(one)) is not None],
    )


def equal(left: Term, right: Term) -> Term:
    """Whether two values are the same."""
    return Term(Kind.TRUTH, lambda subject: left.value(subject) == right.value(subject))


def ordered(left: Term, sign: str, right: Term) -> Term:
    """Whether one number is greater or less than another."""
    compare = _COMPARISONS[sign]

    def value(subject: Object) -> Value:
        one, other = left.value(subject), right.value(subject)
        if not (isinstance(one, int) and isinstance(other, int)):
            raise AskedOfNull
        return compare(one, other)

    return Term(Kind.TRUTH, value)


def negated(term: Term) -> Term:
    """The opposite."""
    return Term(Kind.TRUTH, lambda subject: not term.value(subject))


def all_of(terms: Sequence[Term]) -> Term:
    """Whether each is true."""
    return Term(Kind.TRUTH, lambda subject: all(term.value(subject) for term in terms))


def any_of(terms: Sequence[Term]) -> Term:
    """Whether one is true."""
    return Term(Kind.TRUTH, lambda subject: any(term.value(subject) for term in terms))


def _objects(value: Value) -> Sequence[Object]:
    return [one for one in value if isinstance(one, Mapping)] if isinstance(value, list) else []
