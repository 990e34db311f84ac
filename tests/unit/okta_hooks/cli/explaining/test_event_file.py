"""Events in files, however somebody came by them."""

from __future__ import annotations

import pytest

from okta_hooks.bad_input import BadInput
from okta_hooks.cli.explaining.event_file import events_in

A, B = b'{"uuid":"a","eventType":"user.session.start"}', b'{"uuid":"b","eventType":"user.session.end"}'


@pytest.mark.parametrize(
    ("content", "found"),
    [
        pytest.param(A, [A], id="an event of the System Log"),
        pytest.param(b'{\n  "eventType": "x"\n}\n', [b'{\n  "eventType": "x"\n}'], id="an event on several lines"),
        pytest.param(b"[%s,%s]" % (A, B), [A, B], id="an answer of the System Log"),
        pytest.param(b'{"eventType":"e.o","data":{"events":[%s,%s]}}' % (A, B), [A, B], id="a delivery"),
        pytest.param(b'{"uuid":"a","eventType":"t","event":%s}\n' % A, [A], id="what `events -o json` prints"),
        pytest.param(A + b"\n" + B + b"\n", [A, B], id="a line each"),
    ],
)
def test_events_are_found_and_kept_as_they_are_written(content: bytes, found: list[bytes]) -> None:
    assert events_in("event.json", content) == found


@pytest.mark.parametrize(
    "content", [b"", b"{", b"not json\nat all", b"[]", b"{}", b"3", b'{"data":{}}', b"\xff\xfe", b"[" * 100_000]
)
def test_what_holds_no_event_is_refused_with_the_files_name(content: bytes) -> None:
    with pytest.raises(BadInput, match=r"event\.json"):
        events_in("event.json", content)
