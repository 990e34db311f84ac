"""Fields that Okta's document does not name: its schemas are open, so that no validator minds them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from contract.okta_simulator.openapi.document import Json, JsonObject
from contract.okta_simulator.openapi.operations import Operations, members


class Completeness:
    """Finds fields without a description.

    Args:
        operations: Resolves references.
    """

    def __init__(self, operations: Operations) -> None:
        self._operations = operations

    def unknown(self, schema: JsonObject, value: Json, place: str = "") -> Iterator[str]:
        """Where fields are that a schema does not name, such as `/events/colour`; indices of lists are written `*`."""
        yield from self._unknown([schema], value, place)

    def _unknown(self, schemas: Sequence[JsonObject], value: Json, place: str) -> Iterator[str]:
        parts = [part for schema in schemas for part in self._parts(schema, value)]
        if isinstance(value, list):
            items = [members(part["items"]) for part in parts if "items" in part]
            for element in value:
                yield from self._unknown(items, element, f"{place}/*")
        elif isinstance(value, dict):
            for name, content in value.items():
                described = [
                    members(part["properties"])[name] for part in parts if name in members(part.get("properties"))
                ]
                if described or _is_open(parts):
                    further = described or [part.get("additionalProperties") for part in parts]
                    yield from self._unknown([members(one) for one in further], content, f"{place}/{name}")
                else:
                    yield f"{place}/{name}"

    def _parts(self, schema: JsonObject, value: Json) -> Iterator[JsonObject]:
        """The schemas that a schema is made of, as far as they are about a value."""
        if isinstance(reference := schema.get("$ref"), str):
            yield from self._parts(self._operations.resolved(reference.removeprefix("#"))[1], value)
            return
        yield schema
        for part in (*_listed(schema, "allOf"), *self._chosen(schema, value)):
            yield from self._parts(part, value)

    def _chosen(self, schema: JsonObject, value: Json) -> Sequence[JsonObject]:
        """Of several shapes the one that the value's own word for its type chooses, or all of them."""
        discriminator = members(schema.get("discriminator"))
        if "oneOf" in schema and discriminator:
            word = members(value).get(str(discriminator["propertyName"]))
            return [{"$ref": members(discriminator["mapping"])[str(word)]}]
        return (*_listed(schema, "oneOf"), *_listed(schema, "anyOf"))


def _listed(schema: JsonObject, combination: str) -> Sequence[JsonObject]:
    parts = schema.get(combination)
    return [members(part) for part in parts] if isinstance(parts, list) else ()


def _is_open(parts: Sequence[JsonObject]) -> bool:
    """Whether the schemas leave names to whoever writes: they say so, or name nothing at all."""
    return any(part.get("additionalProperties") for part in parts) or not any("properties" in part for part in parts)
