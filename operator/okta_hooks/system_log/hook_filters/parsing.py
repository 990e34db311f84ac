"""From the text of a filter to its condition. Pure; bounded by the expression's length and depth."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from okta_hooks.system_log.hook_filters.conditions import (
    COMPARED,
    Condition,
    Constant,
    Contains,
    Either,
    Every,
    Literal,
    Named,
    Not,
    Operand,
    Same,
    Targets,
)
from okta_hooks.system_log.hook_filters.subject import OF_EVENTS, OF_TARGETS, subject
from okta_hooks.system_log.hook_filters.tokens import NotEvaluated, Token, tokens

DEEPEST = 24
"""Conditions within conditions at most."""

_CONSTANTS = {"true": Constant(value=True), "false": Constant(value=False)}


def filter_of(expression: str) -> Callable[[bytes], bool]:
    """What a filter says of an event's JSON: whether Okta delivers it. An event without an answer is left out.

    Raises:
        NotEvaluated: The expression has something that is not known here.
    """
    condition = parsed(expression)

    def lets_through(payload: bytes) -> bool:
        whole = subject(payload)
        return condition.holds(whole.fields, whole) is True

    return lets_through


def parsed(expression: str) -> Condition:
    """The condition that an expression means.

    Raises:
        NotEvaluated: It has something that is not known here.
    """
    parser = _Parser(tokens(expression))
    condition = parser.condition(OF_EVENTS, 1)
    parser.expect_end()
    return condition


class _Parser:
    """Reads tokens from left to right: a method for each level of precedence, each with the names known there."""

    def __init__(self, found: Sequence[Token]) -> None:
        self._tokens = found
        self._at = 0

    def condition(self, names: Sequence[str], depth: int) -> Condition:
        """Alternatives."""
        if depth > DEEPEST:
            raise NotEvaluated(f"it has more than {DEEPEST} conditions within one another")
        parts = [self._every(names, depth)]
        while self._taken("||"):
            parts.append(self._every(names, depth))
        return parts[0] if len(parts) == 1 else Either(tuple(parts))

    def expect_end(self) -> None:
        """Nothing follows."""
        if self._token.kind != "end":
            raise self._unknown("a sign between two conditions")

    def _every(self, names: Sequence[str], depth: int) -> Condition:
        parts = [self._negation(names, depth)]
        while self._taken("&&"):
            parts.append(self._negation(names, depth))
        return parts[0] if len(parts) == 1 else Every(tuple(parts))

    def _negation(self, names: Sequence[str], depth: int) -> Condition:
        is_turned = False
        while self._taken("!"):
            is_turned = not is_turned
        part = self._single(names, depth)
        return Not(part) if is_turned else part

    def _single(self, names: Sequence[str], depth: int) -> Condition:
        token = self._token
        if self._taken("("):
            inner = self.condition(names, depth + 1)
            self._expect(")")
            return inner
        if token.kind == "path" and token.value in _CONSTANTS:
            self._advance()
            return _CONSTANTS[token.value]
        if names is OF_EVENTS and token.kind == "path" and token.value in ("event.target", "event.target.size"):
            return self._targets(depth)
        return self._texts(names)

    def _targets(self, depth: int) -> Condition:
        chosen: Condition = Constant(value=True)
        if self._advance().value == "event.target":
            self._expect(".?[")
            chosen = self.condition(OF_TARGETS, depth + 1)
            self._expect("]")
            self._expect(".")
            if self._token.value != "size":
                raise self._unknown("size() after a selection")
            self._advance()
        self._expect("(")
        self._expect(")")
        if self._token.value not in COMPARED:
            raise self._unknown("a comparison of size() with a number")
        sign = self._advance().value
        if self._token.kind != "number":
            raise self._unknown("a number")
        return Targets(chosen, sign, int(self._advance().value))

    def _texts(self, names: Sequence[str]) -> Condition:
        owner, dot, method = self._token.value.rpartition(".")
        if dot and method == "contains" and self._token.kind == "path":
            return self._contains(self._field(owner, names))
        left = self._operand(names)
        if self._taken("=="):
            return Same(left, self._operand(names))
        if self._taken("!="):
            return Not(Same(left, self._operand(names)))
        raise self._unknown("eq or ne")

    def _contains(self, field: Named) -> Condition:
        self._advance()
        self._expect("(")
        if self._token.kind != "text":
            raise self._unknown("a text in contains()")
        part = self._advance().value
        self._expect(")")
        return Contains(field, part)

    def _operand(self, names: Sequence[str]) -> Operand:
        token = self._token
        if token.kind == "text":
            self._advance()
            return Literal(token.value)
        if token.kind != "path":
            raise self._unknown("a field or a text")
        if token.value == "null":
            self._advance()
            return Literal(None)
        field = self._field(token.value, names)
        self._advance()
        return field

    def _field(self, name: str, names: Sequence[str]) -> Named:
        if name not in names:
            raise NotEvaluated(f"{name} is no field that Okta documents for filters")
        return Named(name)

    @property
    def _token(self) -> Token:
        return self._tokens[self._at]

    def _advance(self) -> Token:
        """The next token; of the last there is always one more."""
        token = self._token
        self._at = min(self._at + 1, len(self._tokens) - 1)
        return token

    def _taken(self, sign: str) -> bool:
        is_there = self._token.kind == "sign" and self._token.value == sign
        if is_there:
            self._advance()
        return is_there

    def _expect(self, sign: str) -> None:
        if not self._taken(sign):
            raise self._unknown(sign)

    def _unknown(self, expected: str) -> NotEvaluated:
        token = self._token
        return NotEvaluated(f"{token} stands at position {token.position}, where only {expected} is evaluated here")
