"""The format `ocsf`, held to the published schema of OCSF 1.8."""

from __future__ import annotations

import json
from functools import cache

import pytest
from jsonschema import Draft202012Validator
from ocsf_json_schema import OcsfJsonSchemaEmbedded, get_ocsf_schema  # type: ignore[import-untyped]

from okta_hooks.formats.ocsf.classes import TABLE
from okta_hooks.formats.ocsf.objects import VERSION
from samples.formats import ARRIVAL, a_format
from samples.log_events import KNOWN, samples

FORMAT = a_format(type="ocsf")
EVERYTHING = json.dumps(
    {
        "uuid": "u",
        "published": "2026-01-31T12:00:00.000Z",
        "severity": "ERROR",
        "actor": {
            "id": "00u1",
            "type": "AiAgent",
            "alternateId": "not an address",
            "displayName": "A",
            "detailEntry": {},
        },
        "client": {
            "ipAddress": "hmac-sha256:00",
            "device": "Toaster",
            "zone": "HQ",
            "geographicalContext": {"city": "B"},
        },
        "securityContext": {"asNumber": 1, "isp": "I", "domain": "d", "risk": {"level": "HIGH", "reasons": ["r"]}},
        "authenticationContext": {"externalSessionId": "102"},
        "outcome": {"result": "ABANDONED", "reason": "r"},
        "target": [{"type": "User"}, {"id": "t", "type": "Thing"}],
    }
)


SCHEMA = OcsfJsonSchemaEmbedded(get_ocsf_schema(version=VERSION))


@cache
def validator(class_uid: int) -> Draft202012Validator:
    name = SCHEMA.lookup_class_name_from_uid(class_uid)
    return Draft202012Validator(SCHEMA.get_class_schema(class_name=name, profiles=[]))


def complaints(sample: bytes) -> list[str]:
    """How what becomes of an event breaks the schema of its class."""
    written = json.loads(FORMAT.render(sample, ARRIVAL))
    errors = validator(written["class_uid"]).iter_errors(written)
    return [f"{written['class_uid']} {error.json_path}: {error.message}" for error in errors]


@pytest.mark.parametrize("event_type", KNOWN)
def test_every_known_type_keeps_to_the_schema_of_its_class(event_type: str) -> None:
    assert [complaint for sample in samples()[event_type] for complaint in complaints(sample)] == []


@pytest.mark.parametrize("event_type", KNOWN)
def test_an_event_with_nothing_but_its_type_keeps_to_the_schema_too(event_type: str) -> None:
    assert complaints(b'{"uuid":"u","eventType":"%b"}' % event_type.encode()) == []


@pytest.mark.parametrize("event_type", KNOWN)
def test_an_event_with_values_that_okta_does_not_name_keeps_to_the_schema_too(event_type: str) -> None:
    assert complaints(json.dumps({**json.loads(EVERYTHING), "eventType": event_type}).encode()) == []


@pytest.mark.parametrize("pattern", TABLE)
def test_every_row_of_the_table_is_for_some_known_type(pattern: str) -> None:
    beginning = pattern.removesuffix("*")
    assert [name for name in KNOWN if name == pattern or (beginning != pattern and name.startswith(beginning))]
