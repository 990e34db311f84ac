"""The format `cloudevents`, read by the CloudEvents SDK."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime

import pytest
from cloudevents.core.base import BaseCloudEvent
from cloudevents.core.formats.json import JSONFormat
from cloudevents.core.v1.event import CloudEvent

from okta_hooks.formats import Origin
from samples.formats import ARRIVAL, a_format, a_format_of
from samples.log_events import ELIGIBLE, samples

FORMAT = a_format(type="cloudevents")
SIGN_IN = samples()["user.session.start"][0]


def read(payload: bytes) -> BaseCloudEvent:
    return JSONFormat().read(CloudEvent, payload)


@pytest.mark.parametrize("event_type", ELIGIBLE)
def test_the_sdk_reads_every_eligible_type(event_type: str) -> None:
    for sample in samples()[event_type]:
        event = read(FORMAT.render(sample, ARRIVAL))
        okta = json.loads(sample)
        assert event.get_id() == okta["uuid"]
        assert event.get_type() == f"com.okta.{event_type}"
        assert event.get_time() == datetime.fromisoformat(okta["published"])
        assert event.get_data() == okta


def test_the_source_is_the_hook_as_okta_names_it() -> None:
    assert read(FORMAT.render(SIGN_IN, ARRIVAL)).get_source() == "https://acme.okta.com/api/v1/eventHooks/who1"


def test_the_source_is_the_organisation_while_there_is_no_hook() -> None:
    unhooked = a_format_of(Origin("https://acme.okta.com", "", "", {}), type="cloudevents")
    event = read(unhooked.render(SIGN_IN, ARRIVAL))
    assert event.get_source() == "https://acme.okta.com"
    assert not {"hookid", "cluster", "labels"} & event.get_attributes().keys()


def test_what_every_format_carries_is_in_extension_attributes() -> None:
    event = read(FORMAT.render(SIGN_IN, ARRIVAL))
    carried = {
        "oktaorg": "https://acme.okta.com",
        "hookid": "who1",
        "cluster": "prod",
        "receivedtime": "2026-01-31T12:00:01.000Z",
        "arrivalpath": "hook",
    }
    assert {name: event.get_extension(name) for name in carried} == carried
    assert json.loads(event.get_extension("labels")) == {"team": "identity", "example.com/tier": "1"}


def test_names_of_attributes_are_as_the_specification_wants() -> None:
    names = json.loads(FORMAT.render(SIGN_IN, ARRIVAL)).keys()
    assert [name for name in names if not re.fullmatch("[a-z0-9]{1,20}", name)] == []


def test_the_subject_is_the_user_that_something_was_done_to_wherever_okta_lists_them() -> None:
    sample = (
        b'{"uuid":"u","actor":{"id":"00u1"},"target":[{"id":"00g1","type":"UserGroup"},{"id":"00u2","type":"User"}]}'
    )
    assert read(FORMAT.render(sample, ARRIVAL)).get_subject() == "00u2"


def test_the_subject_is_who_acted_where_there_is_no_target() -> None:
    assert read(FORMAT.render(b'{"uuid":"u","actor":{"id":"00u1"}}', ARRIVAL)).get_subject() == "00u1"


def test_the_time_is_left_out_where_okta_gives_none() -> None:
    assert "time" not in json.loads(FORMAT.render(b'{"uuid":"u","published":"yesterday"}', ARRIVAL))


def test_a_time_without_a_zone_is_utc() -> None:
    event = read(FORMAT.render(b'{"uuid":"u","published":"2026-01-31T12:00:00.5"}', ARRIVAL))
    assert event.get_time() == datetime(2026, 1, 31, 12, 0, 0, 500_000, tzinfo=UTC)
