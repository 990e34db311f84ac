"""An event as a message of RFC 5424, in the frame of RFC 5425."""

from __future__ import annotations

import pytest

from okta_hooks.sinks import Outgoing
from okta_hooks.sinks.syslog.message import Header, framed, size
from samples.sinks import RECEIVED_NS, outgoing

HEADER = Header("authpriv", None, "okta-event-hooks", "okta@32473")


def message(event: Outgoing, header: Header = HEADER) -> str:
    return framed(event, header).partition(b" ")[2].decode()


def test_is_behind_its_length_in_bytes() -> None:
    frame = framed(outgoing("u", '{"name":"Zoë ☃"}'.encode()), HEADER)
    length, _, text = frame.partition(b" ")
    assert int(length) == len(text) == size(frame)


def test_has_every_field_of_the_header() -> None:
    payload = b'{"org":"https://acme.okta.com","event":{"severity":"INFO"}}'
    assert message(outgoing("u1", payload)) == (
        "<86>1 2026-01-31T11:59:59.000000Z acme.okta.com okta-event-hooks - user.session.start"
        ' [okta@32473 uuid="u1" eventType="user.session.start" org="https://acme.okta.com"] ' + payload.decode()
    )


@pytest.mark.parametrize(
    ("severity", "number"), [("DEBUG", 7), ("INFO", 6), ("WARN", 4), ("ERROR", 3), ("NEW", 6), ("", 6)]
)
def test_has_the_severity_of_the_event(severity: str, number: int) -> None:
    payload = f'{{"event":{{"severity":"{severity}"}}}}'.encode()
    assert message(outgoing("u", payload), Header("local7", "h", "a", "s@1")).startswith(f"<{23 * 8 + number}>1 ")


def test_has_the_time_of_receiving_where_that_of_publishing_can_not_be_told() -> None:
    assert " 2026-01-31T12:00:00.000000Z " in message(Outgoing("u", b"{}", "t", None, RECEIVED_NS))


def test_escapes_what_structured_data_does_not_hold() -> None:
    assert r'uuid="a\"b\\c\]d"' in message(outgoing('a"b\\c]d', b"{}"))


def test_has_a_dash_where_nothing_is_known_and_cuts_what_is_too_long() -> None:
    fields = message(Outgoing("u", b"{}", "", None, RECEIVED_NS)).split(" ")
    assert (fields[2], fields[5]) == ("-", "-")
    assert message(Outgoing("u", b"{}", "x" * 40, None, RECEIVED_NS)).split(" ")[5] == "x" * 32


def test_has_no_more_header_fields_for_a_type_with_spaces_or_other_letters() -> None:
    assert message(Outgoing("u", b"{}", "a b\nü", None, RECEIVED_NS)).split(" ")[5] == "ab"
