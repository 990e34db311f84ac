"""The CRDs that the models yield."""

from collections.abc import Iterator

import pytest
from pydantic import JsonValue

from okta_hooks.api import crd
from okta_hooks.api.resource import KINDS, OKTA_EVENT_HOOK, Kind


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
        optional = [
            (path, field)
            for path, field in every_field(kind)
            if path.startswith(".spec.") and path.count(".") == 2 and not is_required(kind, path)
        ]
        assert [path for path, field in optional if "Default:" not in str(field["description"])] == []

    def test_text_and_lists_of_the_spec_are_bounded_so_that_rules_have_a_bounded_cost(self, kind: Kind) -> None:
        unbounded = [path for path, field in every_field(kind) if path.startswith(".spec") and not bounded(field)]
        assert unbounded == []

    def test_nothing_is_filled_into_the_spec(self, kind: Kind) -> None:
        assert [path for path, field in every_field(kind) if "default" in field] == []

    def test_a_fresh_object_has_a_ready_condition(self, kind: Kind) -> None:
        assert "Ready" in crd.rendered(kind).split("default:")[-1]


def is_required(kind: Kind, path: str) -> bool:
    required = crd.structural(kind.spec).get("required", [])
    assert isinstance(required, list)
    return path.removeprefix(".spec.") in required


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
