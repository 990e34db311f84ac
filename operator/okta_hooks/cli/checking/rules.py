"""The rules that the CRDs have, above all those in CEL, tried on an object as an API server would.

Kubernetes has functions of its own beyond CEL's; a rule that used one could not be compiled here, and a test says that
there is none. Rules about changes (`oldSelf`) need the object before, and are left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

from pydantic import JsonValue

from okta_hooks.api.crd import definition
from okta_hooks.api.resource import Kind

_CONFIGURATION = "extensions: [{name: strings}]\n"
_OF_CHANGES = "oldSelf"
_RULES = "x-kubernetes-validations"


class _Value(Protocol):
    def value(self) -> object: ...


class _Compiled(Protocol):
    def eval(self, *, data: Mapping[str, object]) -> _Value: ...


class _Environment(Protocol):
    def compile(self, text: str) -> _Compiled: ...


class Rules:
    """The rules of a kind.

    Args:
        kind: Which.
    """

    def __init__(self, kind: Kind) -> None:
        from cel_expr_python import cel  # type: ignore[import-untyped]  # noqa: PLC0415 -- as in okta_hooks.routing

        self._schema = _schema(kind)
        self._cel: _Environment = cel.NewEnv(
            config=cel.NewEnvConfigFromYaml(_CONFIGURATION), variables={"self": cel.Type.DYN}
        )

    def broken_by(self, written: JsonValue) -> Iterator[tuple[str, str]]:
        """For each rule that an object breaks, the field that it is about and its message."""
        yield from self._tried(self._schema, written, "")

    def compiled(self) -> int:
        """How many rules there are; each can be compiled.

        Raises:
            RuntimeError: One of them can not.
        """
        texts = [str(rule["rule"]) for rule in _all_rules(self._schema)]
        for text in texts:
            self._cel.compile(text)
        return len(texts)

    def _tried(self, schema: JsonValue, value: JsonValue, path: str) -> Iterator[tuple[str, str]]:
        if not isinstance(schema, dict):
            return
        for rule in _rules(schema):
            if self._evaluated(str(rule["rule"]), value) is not True:  # an error of the rule refuses, too
                yield path, self._message(rule, value)
        yield from ((path, sentence) for sentence in _of_structure(schema, value))
        for name, inner, part in _parts(schema, value):
            yield from self._tried(inner, part, f"{path}.{name}".removeprefix("."))

    def _message(self, rule: Mapping[str, JsonValue], value: JsonValue) -> str:
        written = rule.get("messageExpression")
        said = self._evaluated(str(written), value) if written is not None else rule.get("message")
        return str(said)

    def _evaluated(self, text: str, value: JsonValue) -> object:
        return self._cel.compile(text).eval(data={"self": value}).value()


def _schema(kind: Kind) -> JsonValue:
    found: JsonValue = definition(kind)
    for step in ("spec", "versions", 0, "schema", "openAPIV3Schema"):
        found = found[step]  # type: ignore[index]  # as the generator has written it
    return found


def _rules(schema: Mapping[str, JsonValue]) -> Sequence[Mapping[str, JsonValue]]:
    written = schema.get(_RULES)
    rules = [rule for rule in written if isinstance(rule, dict)] if isinstance(written, list) else []
    return [rule for rule in rules if _OF_CHANGES not in str(rule["rule"])]


def _all_rules(schema: JsonValue) -> Iterator[Mapping[str, JsonValue]]:
    if isinstance(schema, dict):
        yield from _rules(schema)
    inner = schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ()
    for each in inner:
        yield from _all_rules(each)


def _of_structure(schema: Mapping[str, JsonValue], value: JsonValue) -> Iterator[str]:
    """What the models do not know of a schema: that elements are there once, and which numbers there are."""
    allowed = schema.get("enum")
    if isinstance(allowed, list) and value not in allowed:
        yield f"write one of {', '.join(map(str, allowed))}"
    if isinstance(value, list) and (twice := _first_twice(schema, value)):
        yield f"{twice} is there twice: write it once"


def _first_twice(schema: Mapping[str, JsonValue], value: list[JsonValue]) -> str:
    """The first element of a set, or key of a map in form of a list, that was there before; empty for none."""
    keys = schema.get("x-kubernetes-list-map-keys")
    seen = set[str]()
    for each in value if schema.get("x-kubernetes-list-type") in ("set", "map") else ():
        known_by = (
            [str(each.get(str(key))) for key in keys]
            if isinstance(keys, list) and isinstance(each, dict)
            else [str(each)]
        )
        name = ", ".join(known_by)
        if name in seen:
            return name
        seen.add(name)
    return ""


def _parts(schema: Mapping[str, JsonValue], value: JsonValue) -> Iterator[tuple[str, JsonValue, JsonValue]]:
    """The name, the schema and the value of each field, entry or element that there is."""
    if isinstance(value, dict):
        properties = schema.get("properties")
        known = properties if isinstance(properties, dict) else {}
        for name, part in value.items():
            yield name, known.get(name, schema.get("additionalProperties")), part
    elif isinstance(value, list):
        for number, part in enumerate(value):
            yield str(number), schema.get("items"), part
