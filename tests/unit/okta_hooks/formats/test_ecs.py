"""What the format `ecs` makes of an event."""

from __future__ import annotations

import json

import pytest

from okta_hooks.formats import Origin
from samples.formats import ARRIVAL, a_format, a_format_of
from samples.log_events import samples

FORMAT = a_format(type="ecs")
SIGN_IN = json.loads(samples()["user.session.start"][0])


def document(**changes: object) -> dict[str, dict[str, object]]:
    """The document of a sign-in with some fields changed."""
    written: dict[str, dict[str, object]] = json.loads(FORMAT.render(json.dumps(SIGN_IN | changes).encode(), ARRIVAL))
    return written


def test_a_sign_in_is_an_authentication_that_starts_a_session() -> None:
    event = document()["event"]
    assert event["dataset"] == "okta.system"
    assert event["action"] == "user.session.start"
    assert (event["category"], event["type"]) == (["authentication", "session"], ["start"])


@pytest.mark.parametrize(
    ("result", "outcome"),
    [("SUCCESS", "success"), ("ALLOW", "success"), ("FAILURE", "failure"), ("DENY", "failure"), ("SKIPPED", "unknown")],
)
def test_the_outcome_is_one_of_the_three_that_ecs_knows(result: str, outcome: str) -> None:
    assert document(outcome={"result": result})["event"]["outcome"] == outcome


def test_who_acted_is_the_user_and_whom_it_was_done_to_the_target() -> None:
    target = {"type": "User", "id": "00u2", "alternateId": "bob@example.com", "displayName": "Bob"}
    user = document(target=[target])["user"]
    assert user["id"] == SIGN_IN["actor"]["id"]
    assert user["email"] == SIGN_IN["actor"]["alternateId"]
    assert user["target"] == {"id": "00u2", "name": "bob", "full_name": "Bob", "email": "bob@example.com"}


def test_the_addresses_of_proxies_can_be_searched_for() -> None:
    client = {"ipAddress": "192.0.2.1", "ipChain": [{"ip": "192.0.2.1"}, {"ip": "198.51.100.7"}, {"ip": "unknown"}]}
    written = document(client=client, request=None)
    assert written["related"]["ip"] == ["192.0.2.1", "198.51.100.7"]
    assert written["source"]["ip"] == "192.0.2.1"


def test_what_is_no_address_is_not_among_the_addresses() -> None:
    written = document(client={"ipAddress": "hmac-sha256:00"}, request=None)
    assert written["source"]["address"] == "hmac-sha256:00"
    assert "ip" not in written["source"]
    assert "client" not in written["okta"] or written["okta"]["client"] == {}


def test_what_elastic_has_no_place_for_is_kept() -> None:
    assert document(legacyEventType="core.x", novelty={"a": 1})["okta"]["unmapped"] == {
        "device": SIGN_IN["device"],
        "legacyEventType": "core.x",
        "novelty": {"a": 1},
    }


def test_a_dot_in_the_name_of_a_label_makes_no_object() -> None:
    written = a_format_of(Origin("https://acme.okta.com", "", "", {"a.b": "c"}), type="ecs").render(b"{}", ARRIVAL)
    assert json.loads(written)["labels"] == {"a_b": "c"}


def test_an_event_without_a_time_has_that_of_its_reception() -> None:
    assert json.loads(FORMAT.render(b"{}", ARRIVAL))["@timestamp"] == "2026-01-31T12:00:01.000Z"
