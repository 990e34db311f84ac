"""Events that somebody gives in a file."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from okta_simulator.bad_input import BadInput
from okta_simulator.events.from_file import read_events
from unit.okta_simulator.events.company_events import CompanyEvents

DEEP = "[" * 100_000
"""JSON nested more deeply than anybody reads it."""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "events.json"


def test_events_come_one_a_line(company: CompanyEvents, file: Path) -> None:
    events = list(company.generator.everyday(20))
    file.write_bytes(b"".join(msgspec.json.encode(event) + b"\n" for event in events) + b"\n")
    assert read_events(file) == events


def test_events_come_in_one_array(company: CompanyEvents, file: Path) -> None:
    events = list(company.generator.everyday(20))
    file.write_bytes(msgspec.json.format(msgspec.json.encode(events)))
    assert read_events(file) == events


def test_an_empty_file_has_no_events(file: Path) -> None:
    file.write_text("\n")
    assert read_events(file) == []


def test_a_file_that_is_not_there_is_named(file: Path) -> None:
    with pytest.raises(BadInput, match=r"events\.json cannot be read \(No such file or directory\)"):
        read_events(file)


@pytest.mark.parametrize("text", ['{"uuid": 1}', "what?", "{}", "\x00", '{"a":' + DEEP])
def test_a_line_that_is_no_event_is_named(company: CompanyEvents, file: Path, text: str) -> None:
    (event,) = company.generator.everyday(1)
    file.write_bytes(msgspec.json.encode(event) + b"\n" + text.encode() + b"\n")
    with pytest.raises(BadInput, match=r"events\.json, line 2, is not a System Log event"):
        read_events(file)


def test_an_element_of_an_array_that_is_no_event_is_named_by_its_line(company: CompanyEvents, file: Path) -> None:
    (event,) = company.generator.everyday(1)
    good = msgspec.json.format(msgspec.json.encode(event))
    file.write_bytes(b"[\n" + good + b",\n{}\n]")
    line = good.count(b"\n") + 3
    with pytest.raises(BadInput, match=rf"events\.json, line {line}, is not a System Log event"):
        read_events(file)


@pytest.mark.parametrize("text", [b"[1, 2", b"[\xff]", b"[", DEEP.encode()])
def test_an_array_that_is_broken_is_refused(file: Path, text: bytes) -> None:
    file.write_bytes(text)
    with pytest.raises(BadInput, match=r"events\.json"):
        read_events(file)
