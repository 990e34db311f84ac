"""Subjects: one for each event, whatever its uuid is made of."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from okta_hooks.journal import Record
from okta_hooks.journal.jetstream.subjects import all_subjects, subject_of, subject_of_other_content


@given(uuid=st.text(max_size=128), event=st.binary(max_size=20))
def test_every_record_has_a_subject_that_the_stream_takes(uuid: str, event: bytes) -> None:
    record = Record(uuid, event, 1)
    assert all_subjects("s") == "okta.s.>"
    for subject in (subject_of("s", record), subject_of_other_content("s", record)):
        assert re.fullmatch(r"okta\.s(\.[a-z0-9]+)+", subject)


@given(one=st.text(min_size=1, max_size=10), other=st.text(min_size=1, max_size=10))
def test_two_events_have_one_subject_when_they_have_one_uuid(one: str, other: str) -> None:
    subjects = [subject_of("s", Record(uuid, b"{}", 1)) for uuid in (one, other)]
    assert (subjects[0] == subjects[1]) == (one == other)


def test_what_has_no_uuid_is_known_by_its_content() -> None:
    one, same, other = (subject_of("s", Record("", event, when)) for event, when in ((b"a", 1), (b"a", 2), (b"b", 1)))
    assert one == same != other
