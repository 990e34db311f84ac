"""Who did something, how severe it is and where it comes from is read from what any format wrote."""

from __future__ import annotations

import json

import msgspec
import pytest

from okta_hooks.formats import Arrival, FormatSettings, Origin, format_of
from okta_hooks.journal import ArrivalPath
from okta_hooks.sinks.payload import Known, known
from samples.sinks import RECEIVED_NS

EVENT = {
    "uuid": "u1",
    "eventType": "user.session.start",
    "published": "2026-01-31T12:00:00.000Z",
    "severity": "WARN",
    "actor": {"id": "00u1", "type": "User", "alternateId": "zoe@example.com"},
}
ORIGIN = Origin("https://acme.okta.com", "who1", "prod", {})


def written(format_type: str, **settings: object) -> bytes:
    chosen = msgspec.convert({"type": format_type, **settings}, type=FormatSettings)
    return format_of(chosen, ORIGIN).render(json.dumps(EVENT).encode(), Arrival(RECEIVED_NS, ArrivalPath.HOOK))


@pytest.mark.parametrize("format_type", ["okta", "cloudevents", "ecs", "ocsf"])
def test_reads_what_every_format_writes(format_type: str) -> None:
    assert known(written(format_type)) == Known("00u1", "WARN", "https://acme.okta.com")


@pytest.mark.parametrize("format_type", ["okta", "cloudevents", "ecs", "ocsf"])
def test_does_not_know_what_the_format_dropped(format_type: str) -> None:
    assert known(written(format_type, drop=["actor.id", "severity"])) == Known("", "", "https://acme.okta.com")


@pytest.mark.parametrize("payload", [b"", b"[]", b"no JSON", b'{"event":7}', b"\xff"])
def test_knows_nothing_of_what_is_unlike_an_event(payload: bytes) -> None:
    assert known(payload) == Known()
