"""Filter expressions in SCIM's language (RFC 7644, section 3.4.2.2), for lists of JSON objects.

Text is compared without regard to case, as Okta compares it; times, which Okta prints in one form, as text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

import msgspec

from okta_simulator.json_values import UNREADABLE, Json, JsonObject

_TOKEN = re.compile(r'\s*(?:(?P<text>"(?:[^"\\]|\\.)*")|(?P<mark>[()])|(?P<word>[^\s()"]+))')
_DEEPEST = 32
"""Parentheses within each other; more is refused."""

Scalar: TypeAlias = str | int | float | bool | None


class ScimSyntaxError(ValueError):
    """The expression can't be read; the sentence says where."""


@dataclass(frozen=True)
class Comparison:
    """An attribute's path, one of SCIM's operators in lower case, and the value to compare with."""

    path: str
    operator: str
    value: Scalar = None


@dataclass(frozen=True)
class Negation:
    """What must not hold."""

    operand: Expression


@dataclass(frozen=True)
class Junction:
    """What must all hold, or of which one must."""

    operands: tuple[Expression, ...]
    all_of_them: bool


_SCALARS: msgspec.json.Decoder[Scalar] = msgspec.json.Decoder(Scalar)

Expression: TypeAlias = Comparison | Negation | Junction


def parse(text: str) -> Expression:
    """Read an expression.

    Raises:
        ScimSyntaxError: It is not one.
    """
    return _Parser(text).run()


def paths(expression: Expression) -> Iterator[str]:
    """Every attribute that an expression speaks of."""
    match expression:
        case Comparison():
            yield expression.path
        case Negation():
            yield from paths(expression.operand)
        case Junction():
            for operand in expression.operands:
                yield from paths(operand)


def matches(expression: Expression, row: JsonObject) -> bool:
    """Whether an expression holds for an object."""
    match expression:
        case Negation():
            return not matches(expression.operand, row)
        case Junction(operands, True):
            return all(matches(operand, row) for operand in operands)
        case Junction(operands):
            return any(matches(operand, row) for operand in operands)
        case Comparison(path, operator, value):
            found = _values(row, path.casefold().split("."))
            if operator == "pr":
                return any(one not in (None, "") for one in found)
            if operator == "ne":
                return not any(_COMPARISONS["eq"](one, value) for one in found)
            return any(_COMPARISONS[operator](one, value) for one in found)


def _equal(found: Scalar, value: Scalar) -> bool:
    if isinstance(found, str) and isinstance(value, str):
        return found.casefold() == value.casefold()
    return found == value and isinstance(found, bool) == isinstance(value, bool)


def _of_text(test: Callable[[str, str], bool]) -> Callable[[Scalar, Scalar], bool]:
    def compare(found: Scalar, value: Scalar) -> bool:
        return isinstance(found, str) and isinstance(value, str) and test(found.casefold(), value.casefold())

    return compare


def _ordered(test: Callable[[float], bool]) -> Callable[[Scalar, Scalar], bool]:
    def compare(found: Scalar, value: Scalar) -> bool:
        if isinstance(found, str) and isinstance(value, str):
            return test((found.casefold() > value.casefold()) - (found.casefold() < value.casefold()))
        if isinstance(found, int | float) and isinstance(value, int | float):
            return test(found - value)
        return False

    return compare


_COMPARISONS: Mapping[str, Callable[[Scalar, Scalar], bool]] = {
    "eq": _equal,
    "co": _of_text(lambda found, value: value in found),
    "sw": _of_text(str.startswith),
    "ew": _of_text(str.endswith),
    "gt": _ordered(lambda order: order > 0),
    "ge": _ordered(lambda order: order >= 0),
    "lt": _ordered(lambda order: order < 0),
    "le": _ordered(lambda order: order <= 0),
}
_OPERATORS = ("eq", "ne", "co", "sw", "ew", "pr", "gt", "ge", "lt", "le")


def _values(found: Json, path: list[str]) -> list[Scalar]:
    """What is at a path; an array stands for each of its elements."""
    if isinstance(found, list):
        return [value for element in found for value in _values(element, path)]
    if path:
        if not isinstance(found, dict):
            return []
        return [
            value for name, inner in found.items() if name.casefold() == path[0] for value in _values(inner, path[1:])
        ]
    return [] if isinstance(found, dict) else [found]


@dataclass(frozen=True)
class _Token:
    """A piece of the text and where it begins; the one after the last is empty."""

    text: str
    position: int


class _Parser:
    """Recursive descent: `or` binds weakest, then `and`, then `not`."""

    def __init__(self, text: str) -> None:
        self._tokens = [*_tokens(text), _Token("", len(text))]
        self._at = 0
        self._depth = 0

    def run(self) -> Expression:
        expression = self._junction("or")
        if self._peek():
            raise ScimSyntaxError(f"'{self._peek()}' is not expected at position {self._position}")
        return expression

    def _junction(self, word: str) -> Expression:
        operands = [self._operand(word)]
        while self._peek().lower() == word:
            self._take()
            operands.append(self._operand(word))
        return operands[0] if len(operands) == 1 else Junction(tuple(operands), all_of_them=word == "and")

    def _operand(self, word: str) -> Expression:
        return self._junction("and") if word == "or" else self._factor()

    def _factor(self) -> Expression:
        if self._peek().lower() == "not":
            self._take()
            return Negation(self._group())
        return self._group() if self._peek() == "(" else self._comparison()

    def _group(self) -> Expression:
        self._expect("(")
        self._depth += 1
        if self._depth > _DEEPEST:
            raise ScimSyntaxError(f"the parentheses are nested too deeply at position {self._position}")
        expression = self._junction("or")
        self._expect(")")
        self._depth -= 1
        return expression

    def _comparison(self) -> Expression:
        path = self._attribute()
        operator = self._operator()
        return Comparison(path, operator) if operator == "pr" else Comparison(path, operator, self._value())

    def _attribute(self) -> str:
        if self._peek() in ("", "(", ")") or self._peek().startswith('"'):
            raise ScimSyntaxError(f"an attribute is missing at position {self._position}")
        return self._take()

    def _operator(self) -> str:
        if self._peek().lower() not in _OPERATORS:
            raise ScimSyntaxError(
                f"Unrecognized attribute operator '{self._peek()}' at position {self._position}. "
                f"Expected: {','.join(_OPERATORS)}"
            )
        return self._take().lower()

    def _value(self) -> Scalar:
        try:
            scalar = _SCALARS.decode(self._peek())
        except UNREADABLE as error:
            raise ScimSyntaxError(f"'{self._peek()}' is not a value at position {self._position}") from error
        self._take()
        return scalar

    @property
    def _position(self) -> int:
        return self._tokens[self._at].position

    def _peek(self) -> str:
        return self._tokens[self._at].text

    def _take(self) -> str:
        token = self._peek()
        self._at = min(self._at + 1, len(self._tokens) - 1)
        return token

    def _expect(self, mark: str) -> None:
        if self._peek() != mark:
            raise ScimSyntaxError(f"'{mark}' is missing at position {self._position}")
        self._take()


def _tokens(text: str) -> Iterator[_Token]:
    end, length = 0, len(text.rstrip())
    while end < length:
        found = _TOKEN.match(text, end)
        if found is None:
            raise ScimSyntaxError(f"a closing quotation mark is missing behind position {end}")
        kind = found.lastgroup or ""
        yield _Token(found[kind], found.start(kind))
        end = found.end()
