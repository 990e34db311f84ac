"""Words and signs of an expression. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

LONGEST = 8192
"""Characters that are looked at; the CRD allows fewer."""

Kind = Literal["text", "number", "path", "sign", "end"]

_PATTERN = re.compile(
    r"\s*(?:"
    r"(?P<text>'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\")"
    r"|(?P<number>[0-9]{1,9}(?![0-9A-Za-z_]))"
    r"|(?P<path>[A-Za-z_][A-Za-z0-9_]*(?:\s*\.\s*[A-Za-z_][A-Za-z0-9_]*)*)"
    r"|(?P<sign>\.\?\[|\.|&&|\|\||==|!=|>=|<=|[><!()\]])"
    r"|(?P<end>\Z))"
)
_SIGNS = {"and": "&&", "or": "||", "not": "!", "eq": "==", "ne": "!=", "gt": ">", "lt": "<", "ge": ">=", "le": "<="}


class NotEvaluated(ValueError):
    """An expression that can't be evaluated here; the message says what stands in the way."""


@dataclass(frozen=True)
class Token:
    """A word or sign.

    Args:
        kind: What it is.
        value: A text without quotes, a path without spaces, a sign in its short spelling.
        position: Its first character in the expression, counted from 1.
    """

    kind: Kind
    value: str
    position: int

    def __str__(self) -> str:
        """As a sentence names it."""
        return self.value if self.kind != "end" else "the end"


def tokens(expression: str) -> Sequence[Token]:
    """The tokens of an expression, of which the last has the kind `end`.

    Raises:
        NotEvaluated: It is too long, or something in it is no word or sign.
    """
    if len(expression) > LONGEST:
        raise NotEvaluated(f"it has more than {LONGEST} characters")
    found, position = list[Token](), 0
    while not found or found[-1].kind != "end":
        match = _PATTERN.match(expression, position)
        if match is None:
            raise NotEvaluated(f"a sign that is not known here stands at position {position + 1}")
        found.append(_token(match))
        position = match.end()
    return found


def _token(match: re.Match[str]) -> Token:
    for kind in ("text", "number", "sign"):
        if match[kind] is not None:
            written = match[kind]
            value = written[1:-1].replace(written[0] * 2, written[0]) if kind == "text" else written
            return Token(kind, value, match.start(kind) + 1)
    if match["path"] is None:
        return Token("end", "", match.end() + 1)
    path, position = re.sub(r"\s", "", match["path"]), match.start("path") + 1
    sign = _SIGNS.get(path.lower())
    return Token("sign", sign, position) if sign else Token("path", path, position)
