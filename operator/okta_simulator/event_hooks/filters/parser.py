"""From the text of a filter to a condition on events.

Kinds are checked while reading, so that only one thing can fail later: something is asked of a field that the event
doesn't have. Such an event is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

from okta_simulator.event_hooks.filters import terms
from okta_simulator.event_hooks.filters.fields import FIELDS, METHODS, Kind, Method, visible
from okta_simulator.event_hooks.filters.terms import AskedOfNull, Term
from okta_simulator.event_hooks.filters.tokens import ExpressionError, Token, tokens
from okta_simulator.events.log_event import LogEvent

Condition = Callable[[LogEvent], bool]

DEEPEST = 24
"""Brackets within brackets, and steps after one another, at most."""

_LITERALS = {
    "true": terms.literal(Kind.TRUTH, value=True),
    "false": terms.literal(Kind.TRUTH, value=False),
    "null": terms.literal(Kind.NULL, None),
}
_COMPARABLE = (Kind.TEXT, Kind.NUMBER, Kind.TRUTH, Kind.NULL)


@lru_cache(maxsize=1024)
def condition(expression: str) -> Condition:
    """The condition that an expression stands for.

    Raises:
        ExpressionError: It can't be read, uses what filters don't have, or is not true or false in the end.
    """
    parser = _Parser(tokens(expression))
    whole = parser.expression(Kind.ROOT)
    parser.expect_end()
    if whole.kind is not Kind.TRUTH:
        raise ExpressionError(f"the expression is {whole.kind.value}, and a filter must evaluate to a Boolean")
    return lambda event: _met(whole, event)


def _met(whole: Term, event: LogEvent) -> bool:
    try:
        return whole.value(visible(event)) is True
    except AskedOfNull:
        return False


class _Parser:
    """Reads tokens from left to right, one method for each level of precedence.

    `scope` is the kind of the object whose fields a bare name means: the event's, or within `?[ ]` an element's.
    """

    def __init__(self, found: Sequence[Token]) -> None:
        self._tokens = found
        self._next = 0
        self._depth = 0

    def expression(self, scope: Kind) -> Term:
        """Alternatives."""
        self._depth += 1
        if self._depth > DEEPEST:
            raise ExpressionError(f"the expression nests deeper than {DEEPEST} levels")
        whole = self._chain(scope, "||", self._every, terms.any_of)
        self._depth -= 1
        return whole

    def expect_end(self) -> None:
        """Nothing follows."""
        if self._token.kind != "end":
            raise self._unexpected("an operator")

    def _every(self, scope: Kind) -> Term:
        return self._chain(scope, "&&", self._comparison, terms.all_of)

    def _chain(
        self, scope: Kind, sign: str, part: Callable[[Kind], Term], joined: Callable[[Sequence[Term]], Term]
    ) -> Term:
        first = part(scope)
        if self._token.operator != sign:
            return first
        parts = [self._truth(first)]
        while self._taken(sign):
            parts.append(self._truth(part(scope)))
        return joined(parts)

    def _comparison(self, scope: Kind) -> Term:
        left = self._negation(scope)
        sign = self._token.operator
        if sign not in {"==", "!=", ">", "<", ">=", "<="}:
            return left
        self._advance()
        right = self._negation(scope)
        if sign in {"==", "!="}:
            _require_comparable(left, right)
            same = terms.equal(left, right)
            return same if sign == "==" else terms.negated(same)
        if (left.kind, right.kind) != (Kind.NUMBER, Kind.NUMBER):
            raise ExpressionError(f"{sign} compares numbers, not {left.kind.value} and {right.kind.value}")
        return terms.ordered(left, sign, right)

    def _negation(self, scope: Kind) -> Term:
        signs = 0
        while self._taken("!"):
            signs += 1
        term = self._steps(scope)
        if signs == 0:
            return term
        return terms.negated(self._truth(term)) if signs % 2 else self._truth(term)

    def _steps(self, scope: Kind) -> Term:
        term = self._primary(scope)
        for _ in range(DEEPEST):
            if self._taken("."):
                term = self._member(term, scope)
            elif self._taken(".?["):
                term = terms.selected(term, self._truth(self._within(term)))
            elif self._taken(".!["):
                term = terms.projected(term, self._text(self._within(term)))
            else:
                return term
        raise ExpressionError(f"more than {DEEPEST} steps follow one another")

    def _within(self, elements: Term) -> Term:
        if elements.kind is not Kind.TARGETS:
            raise ExpressionError(f"only event.target has elements to choose from, not {elements.kind.value}")
        inner = self.expression(Kind.TARGET)
        self._expect("]")
        return inner

    def _member(self, owner: Term, scope: Kind) -> Term:
        name = self._name()
        if not self._taken("("):
            return terms.field_of(owner, name, _field_kind(owner.kind, name))
        arguments = self._arguments(scope)
        method = _method(owner.kind, name)
        if tuple(argument.kind for argument in arguments) != method.arguments:
            expected = ", ".join(kind.value for kind in method.arguments) or "nothing"
            raise ExpressionError(f"{name}() of {owner.kind.value} is asked with {expected}")
        return terms.answer(owner, method, arguments)

    def _arguments(self, scope: Kind) -> list[Term]:
        if self._taken(")"):
            return []
        arguments = [self.expression(scope)]
        while self._taken(","):
            arguments.append(self.expression(scope))
        self._expect(")")
        return arguments

    def _primary(self, scope: Kind) -> Term:
        token = self._token
        if self._taken("("):
            inner = self.expression(scope)
            self._expect(")")
            return inner
        if token.kind in {"sign", "end"} or token.operator:
            raise self._unexpected("a value")
        self._advance()
        if token.kind == "text":
            return terms.literal(Kind.TEXT, token.value)
        if token.kind == "number":
            return terms.literal(Kind.NUMBER, int(token.value))
        if token.value in _LITERALS:
            return _LITERALS[token.value]
        return terms.field(token.value, _field_kind(scope, token.value))

    @property
    def _token(self) -> Token:
        return self._tokens[self._next]

    def _advance(self) -> Token:
        token = self._token
        self._next += 1
        return token

    def _taken(self, sign: str) -> bool:
        if self._token.operator != sign:
            return False
        self._advance()
        return True

    def _expect(self, sign: str) -> None:
        if not self._taken(sign):
            raise self._unexpected(f"'{sign}'")

    def _name(self) -> str:
        if self._token.kind != "name":
            raise self._unexpected("a name")
        return self._advance().value

    def _truth(self, term: Term) -> Term:
        if term.kind is not Kind.TRUTH:
            raise ExpressionError(f"{term.kind.value} stands where a Boolean is needed")
        return term

    def _text(self, term: Term) -> Term:
        if term.kind is not Kind.TEXT:
            raise ExpressionError(f"{term.kind.value} stands where a text is needed")
        return term

    def _unexpected(self, expected: str) -> ExpressionError:
        token = self._token
        return ExpressionError(f"expected {expected} at position {token.position}, not {token.value}")


def _field_kind(owner: Kind, name: str) -> Kind:
    kind = FIELDS.get(owner, {}).get(name)
    if kind is None:
        raise ExpressionError(f"{owner.value} has no field {name} that filters support")
    return kind


def _method(owner: Kind, name: str) -> Method:
    method = METHODS.get(owner, {}).get(name)
    if method is None:
        raise ExpressionError(f"{owner.value} has no method {name}() that filters support")
    return method


def _require_comparable(left: Term, right: Term) -> None:
    kinds = {left.kind, right.kind}
    if Kind.NULL in kinds or (len(kinds) == 1 and left.kind in _COMPARABLE):
        return
    raise ExpressionError(f"{left.kind.value} can't equal {right.kind.value}")
