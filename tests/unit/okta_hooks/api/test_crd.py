"""The CRDs that the models yield."""

import re
from collections.abc import Iterator

import pytest
from pydantic import JsonValue, TypeAdapter

from okta_hooks.api import crd
from okta_hooks.api.resource import KINDS, OKTA_EVENT_HOOK, Kind
from okta_hooks.api.values import Duration, Quantity

DURATION = TypeAdapter(Duration).json_schema()["pattern"]
QUANTITY = TypeAdapter(Quantity).json_schema()["pattern"]
SAID_BY_KUBERNETES = {".status.conditions[].status"}
"""Words that Kubernetes itself explains."""


def fields(schema: JsonValue, path: str = "") -> Iterator[tuple[str, dict[str, JsonValue]]]:
    """Every field of a schema with its path."""
    if not isinstance(schema, dict):
        return
    properties = schema.get("properties")
    for name, field in (properties if isinstance(properties, dict) else {}).items():
        assert isinstance(field, dict)
        yield f"{path}.{name}", field
        yield from fields(field, f"{path}.{name}")
    yield from fields(schema.get("items"), path + "[]")


def every_field(kind: Kind) -> list[tuple[str, dict[str, JsonValue]]]:
    return [*fields(crd.structural(kind.spec), ".spec"), *fields(crd.structural(kind.status), ".status")]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.kind)
class TestEachKind:
    def test_every_field_is_described(self, kind: Kind) -> None:
        assert [path for path, field in every_field(kind) if not field.get("description")] == []

    def test_an_optional_field_of_the_spec_says_its_default(self, kind: Kind) -> None:
        silent = [path for path, field in optional(crd.structural(kind.spec)) if "Default:" not in said(field)]
        assert silent == []

    def test_a_length_of_time_and_a_size_show_how_they_are_written(self, kind: Kind) -> None:
        units = {DURATION: re.compile(r"\b\d+(ms|s|m|h)\b"), QUANTITY: re.compile(r"\b\d+(m|Mi|Gi)\b")}
        without = [
            path
            for path, field in every_field(kind)
            if (unit := units.get(pattern_of(field))) is not None and not unit.search(said(field))
        ]
        assert without == []

    def test_a_choice_says_what_each_of_its_words_means(self, kind: Kind) -> None:
        unsaid = [
            (path, word)
            for path, field in every_field(kind)
            for word in words_of(field)
            if word not in said(field) and path not in SAID_BY_KUBERNETES
        ]
        assert unsaid == []

    def test_a_union_names_what_it_is_one_of(self, kind: Kind) -> None:
        unnamed = [
            (path, member)
            for path, field in every_field(kind)
            for member in members_of(field)
            if member not in said(field)
        ]
        assert unnamed == []

    def test_text_and_lists_of_the_spec_are_bounded_so_that_rules_have_a_bounded_cost(self, kind: Kind) -> None:
        unbounded = [path for path, field in every_field(kind) if path.startswith(".spec") and not bounded(field)]
        assert unbounded == []

    def test_nothing_is_filled_into_the_spec(self, kind: Kind) -> None:
        assert [path for path, field in every_field(kind) if "default" in field] == []

    def test_a_fresh_object_has_a_ready_condition(self, kind: Kind) -> None:
        assert "Ready" in crd.rendered(kind).split("default:")[-1]


def optional(schema: JsonValue, path: str = ".spec") -> Iterator[tuple[str, dict[str, JsonValue]]]:
    """Fields that may be left out; of a union, which has one of its fields, none is."""
    if not isinstance(schema, dict):
        return
    properties, required = schema.get("properties"), schema.get("required")
    rules = str(schema.get("x-kubernetes-validations", ""))
    for name, field in (properties if isinstance(properties, dict) else {}).items():
        assert isinstance(field, dict)
        is_required = isinstance(required, list) and name in required
        if not is_required and not ("give exactly one of" in rules and f"has(self.{name})" in rules):
            yield f"{path}.{name}", field
        yield from optional(field, f"{path}.{name}")
    yield from optional(schema.get("items"), path + "[]")


def members_of(field: dict[str, JsonValue]) -> list[str]:
    """The fields of a union; none of what is no union."""
    found = re.search(r"give exactly one of ([^']+)", str(field.get("x-kubernetes-validations", "")))
    return re.split(r", | or ", found.group(1)) if found is not None else []


def said(field: dict[str, JsonValue]) -> str:
    return str(field["description"])


def pattern_of(field: dict[str, JsonValue]) -> str:
    """What a field's text, or each text of its map, looks like."""
    values = field.get("additionalProperties")
    return str((values if isinstance(values, dict) else field).get("pattern", ""))


def words_of(field: dict[str, JsonValue]) -> list[str]:
    words = field.get("enum", [])
    assert isinstance(words, list)
    return [str(word) for word in words]


def bounded(field: dict[str, JsonValue]) -> bool:
    if field["type"] == "string":
        return "maxLength" in field or "enum" in field
    if field["type"] == "array":
        return "maxItems" in field
    return "additionalProperties" not in field or "maxProperties" in field


def test_a_field_of_several_types_cannot_be_said_in_a_crd() -> None:
    with pytest.raises(TypeError, match="several types"):
        crd._without_null({"anyOf": [{"type": "string"}, {"type": "integer"}]})


def test_the_hook_is_found_by_its_short_name_and_category() -> None:
    text = crd.rendered(OKTA_EVENT_HOOK)
    assert "- oeh" in text
    assert "categories:\n    - okta" in text
