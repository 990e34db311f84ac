"""`when` of a route: a condition in CEL over `event`, which is the event as Okta sent it.

This module alone knows the library (cel-expr-python), whose interface may still move. The library bounds how many steps
loops may take and how deep an expression may be, but not how much memory its values take: `+` in a loop has doubled a
text to gigabytes within these bounds. So a condition compares what an event holds, and can build nothing of it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Protocol

_WHERE = re.compile(r"<input>:(\d+):(\d+): (.*)")
_VOCABULARY = """
stdlib:
  exclude_macros: [map, filter, exists_one]  # the last two are made of `+`
  exclude_functions: [{name: _+_}, {name: string}, {name: bytes}]
"""
_NOISE = re.compile(r"^INVALID_ARGUMENT: |^NOT_FOUND: |^INTERNAL: | \(in container ''\)| \[[A-Z_]+\]$")


class WrongExpression(ValueError):
    """An expression can't be used. The message says where and why, as a part of a sentence."""


class NotEvaluated(Exception):
    """An expression has no answer for an event: a field is missing, say. The message says why."""


class _Type(Protocol):
    def name(self) -> str: ...


class _Value(Protocol):
    def type(self) -> _Type: ...
    def value(self) -> object: ...


class _Compiled(Protocol):
    def eval(self, *, data: Mapping[str, object]) -> _Value: ...
    def return_type(self) -> _Type: ...


class Expression:
    """A compiled expression.

    Args:
        text: How it is written.

    Raises:
        WrongExpression: It is no CEL, names what there is not, or gives something else than a bool.
    """

    def __init__(self, text: str) -> None:
        # Imported here: most routes go by type alone, and shall not pay 13 MiB for it.
        from cel_expr_python import cel  # type: ignore[import-untyped]  # noqa: PLC0415

        self._bool: _Type = cel.Type.BOOL
        environment = cel.NewEnv(
            config=cel.NewEnvConfigFromYaml(_VOCABULARY),
            variables={"event": cel.Type.Map(cel.Type.STRING, cel.Type.DYN)},
        )
        try:
            self._compiled: _Compiled = environment.compile(text)
        except RuntimeError as error:
            raise WrongExpression(_place_and_reason(str(error))) from error
        given = self._compiled.return_type()
        if given != self._bool:
            raise WrongExpression(f"it gives {_kind(given)} and no bool: compare it, as in `event.severity == 'WARN'`")

    def holds(self, event: object) -> bool:
        """Whether it holds of an event.

        Raises:
            NotEvaluated: That can't be told.
        """
        if not isinstance(event, dict):
            raise NotEvaluated("the event is not a JSON object")
        try:
            result = self._compiled.eval(data={"event": event})
        except Exception as error:  # it would cost too much, or a value is out of range; the library does not say more
            raise NotEvaluated(_NOISE.sub("", str(error))) from error
        if result.type() != self._bool:  # an error is a value of its own type
            raise NotEvaluated(_NOISE.sub("", str(result.value())))
        return bool(result.value())


def _place_and_reason(message: str) -> str:
    """The library's first finding: `line 1, column 5: undeclared reference to 'evnt'`."""
    if found := _WHERE.search(message):
        line, column, reason = found.groups()
        return f"line {line}, column {column}: {_NOISE.sub('', reason)}"
    return _NOISE.sub("", message)


def _kind(given: _Type) -> str:
    return "whatever the event holds there" if given.name() == "DYN" else f"a {given.name().lower()}"
