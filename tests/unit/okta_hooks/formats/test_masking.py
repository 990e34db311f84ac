"""Fields that are left out, and those that are pseudonymised."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from okta_hooks.formats import Unreadable
from okta_hooks.formats.pseudonyms import pseudonym
from samples.formats import ARRIVAL, a_format
from samples.log_events import samples

KEY = b"0123456789abcdef"
FORMATS = ["okta", "cloudevents", "ecs", "ocsf"]


@pytest.fixture
def key_file(tmp_path: Path) -> str:
    (file := tmp_path / "key").write_bytes(KEY)
    return str(file)


def masked(event: bytes, **settings: object) -> bytes:
    written = a_format(**settings).render(event, ARRIVAL)
    return written[written.index(b'"event":') + len(b'"event":') : -1]


def hidden(value: str) -> str:
    return pseudonym(value, KEY)


def test_a_field_is_left_out_and_all_else_stays_byte_by_byte() -> None:
    event = b'{"client":{"ipAddress":"192.0.2.1","zone":"HQ"},"n": 12345678901234567890123.0,"uuid":"u"}'
    assert masked(event, drop=["client.ipAddress"]) == (
        b'{"client":{"zone":"HQ"},"n":12345678901234567890123.0,"uuid":"u"}'
    )


def test_a_field_is_left_out_of_each_element_of_a_list() -> None:
    event = b'{"target":[{"id":"a","alternateId":"x"},{"alternateId":"y"},null,3]}'
    assert masked(event, drop=["target.alternateId"]) == b'{"target":[{"id":"a"},{},null,3]}'


def test_lists_within_lists_hide_nothing() -> None:
    assert masked(b'{"target":[[{"id":"a"}]]}', drop=["target.id"]) == b'{"target":[[{}]]}'


def test_a_name_that_is_written_with_escapes_is_the_same_name() -> None:
    assert masked(b'{"\\u0061ctor":{"id":1}}', drop=["actor.id"]) == b'{"actor":{}}'


def test_a_field_that_is_there_twice_is_left_out_twice() -> None:
    assert masked(b'{"actor":1,"uuid":"u","actor":2}', drop=["actor"]) == b'{"uuid":"u"}'


def test_fields_that_are_not_there_are_no_matter() -> None:
    assert masked(b'{"actor":"x","client":null}', drop=["actor.id", "client.id", "other.id"]) == (
        b'{"actor":"x","client":null}'
    )


def test_the_same_user_keeps_the_same_pseudonym_wherever_they_are(key_file: str) -> None:
    event = b'{"actor":{"alternateId":"a@b.com"},"target":[{"alternateId":"a@b.com"},{"alternateId":"c@d.com"}]}'
    settings = {"pseudonymise": ["actor.alternateId", "target.alternateId"], "pseudonymKeyFile": key_file}
    assert json.loads(masked(event, **settings)) == {
        "actor": {"alternateId": hidden("a@b.com")},
        "target": [{"alternateId": hidden("a@b.com")}, {"alternateId": hidden("c@d.com")}],
    }


def test_of_an_object_all_that_is_in_it_is_pseudonymised(key_file: str) -> None:
    event = b'{"actor":{"id":"a","n":5,"is":true,"nothing":null,"list":["a",{"b":"c"}]}}'
    assert json.loads(masked(event, pseudonymise=["actor"], pseudonymKeyFile=key_file)) == {
        "actor": {
            "id": hidden("a"),
            "n": hidden("5"),
            "is": hidden("true"),
            "nothing": None,
            "list": [hidden("a"), {"b": hidden("c")}],
        }
    }


def test_what_is_dropped_within_a_pseudonymised_object_is_not_there_at_all(key_file: str) -> None:
    event = b'{"actor":{"id":"a","displayName":"A"}}'
    settings = {"drop": ["actor.displayName"], "pseudonymise": ["actor"], "pseudonymKeyFile": key_file}
    assert json.loads(masked(event, **settings)) == {"actor": {"id": hidden("a")}}


@pytest.mark.parametrize("format_type", FORMATS)
def test_no_format_shows_what_is_dropped_in_any_other_place(format_type: str) -> None:
    sample = samples()["user.session.start"][0]
    okta = json.loads(sample)
    addresses = ["client.ipAddress", "client.ipChain", "request"]
    people = ["actor", "displayMessage"]
    written = a_format(type=format_type, drop=[*addresses, *people]).render(sample, ARRIVAL)
    gone = [okta["client"]["ipAddress"], okta["displayMessage"], *(value for value in okta["actor"].values() if value)]
    shown = [value for value in gone if value != "User" and json.dumps(value).encode()[1:-1] in written]
    assert shown == []


@pytest.mark.parametrize("format_type", FORMATS)
def test_no_format_shows_what_is_pseudonymised_in_any_other_place(format_type: str, key_file: str) -> None:
    sample = samples()["user.session.start"][0]
    okta = json.loads(sample)
    settings = {"pseudonymise": ["actor", "client", "request"], "pseudonymKeyFile": key_file}
    written = a_format(type=format_type, **settings).render(sample, ARRIVAL)
    gone = [
        okta["client"]["ipAddress"],
        okta["actor"]["alternateId"],
        okta["actor"]["id"],
        okta["actor"]["displayName"],
    ]
    assert [value for value in gone if value.encode() in written] == []
    assert hidden(okta["actor"]["id"]).encode() in written


@pytest.mark.parametrize("event", [b"{", b'{"actor":', b'{"actor":{"id":"\\ud800"}}', b'{"actor":' + b"[" * 100_000])
def test_what_is_not_json_can_not_be_written(event: bytes) -> None:
    with pytest.raises(Unreadable):
        masked(event, drop=["actor.id"])
