"""Words and signs of an expression."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

LONGEST_EXPRESSION = 8_192
"""Characters of an expression at most (Okta documents no number)."""

TokenKind = Literal["text", "number", "name", "sign", "end"]

_WORDS = {"and": "&&", "or": "||", "not": "!", "eq": "==", "ne": "!=", "gt": ">", "lt": "<", "ge": ">=", "le": "<="}
_PATTERN = re.compile(
    r"(?P<space>\s+)"
    r"|(?P<text>'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\")"
    r"|(?P<number>[0-9]{1,15}(?![0-9A-Za-z_]))"
    r"|(?P<name>[A-Za-z_][A-Za-z0-9_]*)"
    r"|(?P<sign>\.\?\[|\.!\[|&&|\|\||==|!=|>=|<=|[><!().,\]])"
)


class ExpressionError(ValueError):
    """An expression that can't be a filter; the sentence says where and why."""


@dataclass(frozen=True)
class Token:
    """A word or sign.

    Args:
        kind: What it is.
        value: A text without its quotes, or what is written.
        position: Its first character in the expression, counted from 1.
    """

    kind: TokenKind
    value: str
    position: int

    @property
    def operator(self) -> str:
        """The sign that it is or, as a word such as `eq` or `AND`, stands for; else nothing."""
        if self.kind == "sign":
            return self.value
        return _WORDS.get(self.value.lower(), "") if self.kind == "name" else ""


def tokens(expression: str) -> list[Token]:
    """The tokens of an expression, ended by one of kind `end`.

    Raises:
        ExpressionError: It is too long, or has a character that the language doesn't know.
    """
    if len(expression) > LONGEST_EXPRESSION:
        raise ExpressionError(f"the expression has {len(expression)} characters; {LONGEST_EXPRESSION} are allowed")
    found: list[Token] = []
    position = 0
    while position < len(expression):
        match = _PATTERN.match(expression, position)
        if match is None:
            raise ExpressionError(f"unexpected character {expression[position]!r} at position {position + 1}")
        token = _token(match)
        if token is not None:
            found.append(token)
        position = match.end()
    return [*found, Token("end", "the end of the expression", len(expression) + 1)]


def _token(match: re.Match[str]) -> Token | None:
    written, position = match.group(), match.start() + 1
    match match.lastgroup:
        case "text":
            quote = written[0]
            return Token("text", written[1:-1].replace(quote * 2, quote), position)
        case "number":
            return Token("number", written, position)
        case "name":
            return Token("name", written, position)
        case "sign":
            return Token("sign", written, position)
        case _:
            return None
