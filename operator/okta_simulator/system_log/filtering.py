"""Filters of the System Log: what they may say, and whether an event matches."""

from __future__ import annotations

import operator as operators
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import TypeAlias

from okta_simulator import scim
from okta_simulator.errors import OktaError
from okta_simulator.json_values import Json, JsonObject
from okta_simulator.options import Log
from okta_simulator.scim import Comparison, Expression, Junction, Negation, Scalar
from okta_simulator.system_log import fields
from okta_simulator.system_log.fields import Field

Predicate: TypeAlias = Callable[[JsonObject], bool]

_LONGEST = 32 * 1024
"""Characters; a filter that names every eligible type has about 14,000."""
_NOT_SEARCHED_WITHIN = {"debugContext.debugData.url", "debugContext.debugData.requestUri"}
_OF_TEXT: Mapping[str, Callable[[str, str], bool]] = {
    "co": operators.contains,
    "sw": str.startswith,
    "ew": str.endswith,
}
_OF_ORDER: Mapping[str, Callable[[float, float], bool]] = {
    "gt": operators.gt,
    "ge": operators.ge,
    "lt": operators.lt,
    "le": operators.le,
}
_NOT_FOR: Mapping[str, frozenset[str]] = {
    "text": frozenset(),
    "anything": frozenset(),
    "number": frozenset(_OF_TEXT),
    "boolean": frozenset({*_OF_TEXT, *_OF_ORDER}),
    "object": frozenset({*_OF_TEXT, *_OF_ORDER, "eq", "ne"}),
}


def compiled(text: str, options: Log) -> Predicate:
    """The test that a filter means.

    Raises:
        OktaError: E0000053, it can't be read or names an attribute that events don't have; E0000031, the attribute
            does not take the operator.
    """
    if len(text) > _LONGEST:
        raise _invalid(text[:40] + "...", f"A filter has at most {_LONGEST} characters")
    try:
        expression = scim.parse(text)
    except scim.ScimSyntaxError as error:
        raise _invalid(text, str(error)) from error
    return _Compiler(options).predicate(expression)


def _invalid(text: str, reason: str) -> OktaError:
    return OktaError("E0000053", about=(text, reason))


class _Compiler:
    def __init__(self, options: Log) -> None:
        self._options = options

    def predicate(self, expression: Expression) -> Predicate:
        match expression:
            case Negation(operand):
                inner = self.predicate(operand)
                return lambda event: not inner(event)
            case Junction(operands, True):
                together = [self.predicate(operand) for operand in operands]
                return lambda event: all(each(event) for each in together)
            case Junction(operands):
                either = list(self._either(operands))
                return lambda event: any(each(event) for each in either)
            case Comparison(operator="ne"):
                equal = self.predicate(replace(expression, operator="eq"))
                return lambda event: not equal(event)
            case Comparison(_, "eq", str(value)):
                return _one_of(self._field(expression), frozenset((value.casefold(),)))
            case Comparison():
                return _test(self._field(expression), expression.operator, expression.value)

    def _either(self, operands: tuple[Expression, ...]) -> Iterator[Predicate]:
        """Clients name hundreds of event types: equalities of one attribute are looked up at once."""
        texts: defaultdict[Field, set[str]] = defaultdict(set)
        for operand in operands:
            match operand:
                case Comparison(_, "eq", str(value)):
                    texts[self._field(operand)].add(value.casefold())
                case _:
                    yield self.predicate(operand)
        for field, values in texts.items():
            yield _one_of(field, frozenset(values))

    def _field(self, comparison: Comparison) -> Field:
        field = fields.find(comparison.path)
        if field is None or (field.name == "uuid" and not self._options.filter_by_uuid):
            raise OktaError("E0000053", summary=f"field is not valid: {comparison.path}")
        if comparison.operator in _NOT_FOR[field.kind] or (
            comparison.operator == "co" and field.name in _NOT_SEARCHED_WITHIN
        ):
            raise OktaError(
                "E0000031",
                summary="The supplied combination of operator and field is not currently supported. "
                f"Operator: {comparison.operator}, Field: {field.name}",
            )
        return field


def _one_of(field: Field, values: frozenset[str]) -> Predicate:
    return lambda event: any(_folded(found) in values for found in _found(event, field.path))


def _test(field: Field, operator: str, value: Scalar) -> Predicate:
    path = field.path
    if operator == "pr":
        return lambda event: any(found not in (None, "", {}) for found in _found(event, path))
    if operator in _OF_ORDER:
        ordered = _ordered(_OF_ORDER[operator], value)
        return lambda event: any(ordered(found) for found in _found(event, path))
    if operator in _OF_TEXT:
        holds, text = _OF_TEXT[operator], value.casefold() if isinstance(value, str) else None
        return lambda event: (
            text is not None
            and any(isinstance(found, str) and holds(found.casefold(), text) for found in _found(event, path))
        )
    if value is None:
        return lambda event: all(found is None for found in _found(event, path))
    kind = bool if isinstance(value, bool) else (int, float)
    return lambda event: any(
        found == value and isinstance(found, kind) and isinstance(found, bool) == isinstance(value, bool)
        for found in _found(event, path)
    )


def _ordered(holds: Callable[[float, float], bool], value: Scalar) -> Callable[[Json], bool]:
    """How values of the filter's kind compare: numbers, times, and other text by the alphabet."""
    if isinstance(value, str):
        moment, text = _moment(value), value.casefold()
        if moment is not None:
            return lambda found: (at := _moment(found)) is not None and holds((at > moment) - (at < moment), 0)
        return lambda found: isinstance(found, str) and holds((found.casefold() > text) - (found.casefold() < text), 0)
    if isinstance(value, bool) or value is None:
        return lambda _: False
    return lambda found: isinstance(found, int | float) and not isinstance(found, bool) and holds(found, value)


def _moment(value: Json) -> datetime | None:
    if not isinstance(value, str) or not value[:4].isdigit() or "T" not in value:
        return None
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _folded(found: Json) -> str | None:
    return found.casefold() if isinstance(found, str) else None


def _found(value: Json, path: tuple[str, ...]) -> Iterator[Json]:
    """What is at a path of an event; a list stands for each of its elements."""
    if isinstance(value, list):
        for element in value:
            yield from _found(element, path)
    elif not path:
        yield value
    elif isinstance(value, dict):
        name = path[0]
        if name in value:
            yield from _found(value[name], path[1:])
        else:  # a name inside an open object, which a filter may spell in another case
            folded = name.casefold()
            for other, inner in value.items():
                if other.casefold() == folded:
                    yield from _found(inner, path[1:])
