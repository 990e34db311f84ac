"""Events that are not as Okta describes them: a format writes what it can, or says why it can't, and never fails."""

from __future__ import annotations

import json
from collections.abc import Mapping

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from okta_hooks.formats import Format, Unreadable
from okta_hooks.formats.log_event import LogEvent
from samples.formats import ARRIVAL, a_format
from samples.log_events import KNOWN, samples

Json = str | int | float | bool | None | list["Json"] | dict[str, "Json"]

TYPES = ("okta", "cloudevents", "ecs", "ocsf")
FORMATS: Mapping[str, Format] = {
    **{name: a_format(type=name) for name in TYPES},
    **{f"{name} without some fields": a_format(type=name, drop=["client.ipAddress", "target.id"]) for name in TYPES},
}
ODD: st.SearchStrategy[Json] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text()
    | st.sampled_from(["", "null", "2026-01-31T12:00:00Z", "192.0.2.1", "::1%eth0", "x" * 70_000, 10**400]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
FIELDS = [field.encode_name for field in msgspec.structs.fields(LogEvent)]
INNER = ["id", "type", "alternateId", "displayName", "ipAddress", "ipChain", "userAgent", "geographicalContext"]
INNER += ["geolocation", "lat", "result", "reason", "externalSessionId", "asNumber", "risk", "level", "debugData"]


@st.composite
def odd_events(draw: st.DrawFn) -> bytes:
    """A real event with something else in the place of some fields."""
    event: dict[str, Json] = json.loads(samples()[draw(st.sampled_from(KNOWN))][0])
    for name in draw(st.lists(st.sampled_from(FIELDS), max_size=4)):
        part = event.get(name)
        if isinstance(part, dict) and draw(st.booleans()):
            part[draw(st.sampled_from(INNER))] = draw(ODD)
        else:
            event[name] = draw(ODD)
    return json.dumps(event).encode()


@pytest.mark.parametrize("name", FORMATS)
@given(event=odd_events())
def test_a_field_of_a_wrong_kind_costs_only_itself(name: str, event: bytes) -> None:
    try:
        written = FORMATS[name].render(event, ARRIVAL)
    except Unreadable:
        # a CloudEvent needs an id; some numbers and some halves of characters are no JSON that can be read
        return
    json.loads(written)
    assert b"\n" not in written


@pytest.mark.parametrize("name", FORMATS)
@given(event=st.binary(max_size=200) | st.text(max_size=200).map(str.encode) | ODD.map(json.dumps).map(str.encode))
def test_what_is_no_event_at_all_is_unreadable_at_worst(name: str, event: bytes) -> None:
    try:
        FORMATS[name].render(event, ARRIVAL)
    except Unreadable:
        return


@pytest.mark.parametrize("name", ["ecs", "ocsf"])
@pytest.mark.parametrize("field", FIELDS)
def test_the_rest_is_mapped_and_the_original_kept(name: str, field: str) -> None:
    event = json.loads(samples()["user.session.start"][0]) | {field: [[7]]}
    written = json.loads(FORMATS[name].render(json.dumps(event).encode(), ARRIVAL))
    kept = json.loads(written["event"]["original"]) if name == "ecs" else written["unmapped"]
    assert kept[field] == [[7]]
    assert field == "displayMessage" or written["message"] == "User signed in"


def test_one_bad_field_within_an_object_costs_none_of_the_others() -> None:
    event = json.loads(samples()["user.session.start"][0])
    event["client"]["userAgent"]["os"] = 7
    event["target"] += [None, "x", {"id": 5, "displayName": "Wiki", "type": "AppInstance"}]
    written = json.loads(FORMATS["ecs"].render(json.dumps(event).encode(), ARRIVAL))
    assert written["source"]["address"] == event["client"]["ipAddress"]
    assert written["okta"]["target"][-1] == {"type": "AppInstance", "display_name": "Wiki"}


@pytest.mark.parametrize("name", ["cloudevents", "ecs", "ocsf"])
@pytest.mark.parametrize(
    ("event", "reason"),
    [
        (b'{"uuid":', "not JSON"),
        (b"[]", "not JSON: Expected `object`"),
        (b'{"uuid":"u","x":"\xff"}', "not UTF-8"),
        (b'{"uuid":"u","x":' + b"[" * 100_000, "nested too deep"),
    ],
)
def test_says_why_an_event_can_not_be_written(name: str, event: bytes, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        FORMATS[name].render(event, ARRIVAL)
