"""The format `ecs`, held to the published schema and to how Elastic's integration for Okta fills it."""

from __future__ import annotations

import ipaddress
import json
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime

import pytest

from contract.okta_hooks.formats.ecs_schema import EcsSchema
from okta_hooks.formats.ecs.categories import TABLE, categories
from okta_hooks.formats.ecs.document import VERSION
from samples.formats import ARRIVAL, a_format
from samples.log_events import KNOWN, samples

Value = str | int | float | bool | list[str] | dict[str, float]

FORMAT = a_format(type="ecs")
OUR_OWN = "okta."
FITTING: Mapping[str, Callable[[Value], bool]] = {
    "keyword": lambda value: isinstance(value, str),
    "match_only_text": lambda value: isinstance(value, str),
    "wildcard": lambda value: isinstance(value, str),
    "constant_keyword": lambda value: isinstance(value, str),
    "long": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "ip": lambda value: isinstance(value, str) and bool(ipaddress.ip_address(value)),
    "date": lambda value: isinstance(value, str) and datetime.fromisoformat(value).tzinfo is not None,
    "geo_point": lambda value: isinstance(value, dict) and value.keys() == {"lat", "lon"},
}


def flat(value: object, path: str = "") -> Iterator[tuple[str, Value]]:
    """The fields of a document that are ECS's, by their dotted names; a point on Earth is one value."""
    if isinstance(value, dict) and not path.endswith("location"):
        for name, inner in value.items():
            yield from flat(inner, f"{path}.{name}" if path else name)
    elif not path.startswith((OUR_OWN, "labels.")):
        assert isinstance(value, (str, int, float, bool, list, dict))
        yield path, value


def complaints(document: object, schema: EcsSchema) -> Iterator[str]:
    """How a document breaks the schema."""
    for name, value in flat(document):
        field = schema.fields.get(name)
        if field is None:
            yield f"{name} is not in the schema"
            continue
        values = value if isinstance(value, list) else [value]
        if field.is_list != isinstance(value, list):
            yield f"{name} is {value}, and its normalisation is {field.normalize}"
        yield from (f"{name} is {one}, which is no {field.type}" for one in values if not FITTING[field.type](one))
        allowed = {one.name for one in field.allowed_values}
        yield from (f"{name} is {one}, which is not allowed" for one in values if allowed and one not in allowed)


@pytest.mark.parametrize("event_type", KNOWN)
def test_every_known_type_keeps_to_the_schema(event_type: str, ecs: EcsSchema) -> None:
    documents = [json.loads(FORMAT.render(sample, ARRIVAL)) for sample in samples()[event_type]]
    assert [complaint for document in documents for complaint in complaints(document, ecs)] == []


@pytest.mark.parametrize("event_type", KNOWN)
def test_every_type_of_event_goes_with_one_of_its_categories(event_type: str, ecs: EcsSchema) -> None:
    kinds = categories(event_type)
    allowed = {one.name: set(one.expected_event_types) for one in ecs.fields["event.category"].allowed_values}
    expected = set[str]().union(*(allowed[category] for category in kinds.category))
    assert set(kinds.type) <= expected


def test_the_version_is_that_of_the_schema(ecs: EcsSchema) -> None:
    assert ecs.version == VERSION


@pytest.mark.parametrize("pattern", TABLE)
def test_every_row_of_the_table_is_for_some_known_type(pattern: str) -> None:
    beginning = pattern.removesuffix("*")
    assert [name for name in KNOWN if name == pattern or (beginning != pattern and name.startswith(beginning))]
