"""What commands print."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import msgspec
import pytest
import yaml

from okta_hooks.cli.output import Column, printer, written


class Thing(msgspec.Struct, rename="camel"):
    """Something to print."""

    its_name: str
    count: int = 0
    event: msgspec.Raw = msgspec.Raw(b"{}")


COLUMNS = (
    Column[Thing]("NAME", lambda thing: thing.its_name, 8),
    Column[Thing]("COUNT", lambda thing: str(thing.count)),
)
THINGS = (Thing("siem", 3), Thing("archive-of-all", 12))


def printed(form: str, capsys: pytest.CaptureFixture[str], *things: Thing) -> str:
    show = printer(form, COLUMNS)
    for thing in things:
        show(thing)
    return capsys.readouterr().out


def test_a_table_has_its_titles_once_and_a_line_a_thing(capsys: pytest.CaptureFixture[str]) -> None:
    assert printed("table", capsys, *THINGS) == "NAME      COUNT\nsiem      3\narchive-of-all  12\n"


def test_a_table_of_nothing_is_empty(capsys: pytest.CaptureFixture[str]) -> None:
    assert printed("table", capsys) == ""


def test_a_cell_cannot_move_the_cursor_or_end_the_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert printed("table", capsys, Thing("a\x1b[2Jb\nc")).splitlines()[1:] == ["a\ufffd[2Jb\ufffdc  0"]


def test_json_is_an_object_a_line_even_when_an_event_has_several_lines(capsys: pytest.CaptureFixture[str]) -> None:
    lines = printed("json", capsys, Thing("siem", 3, msgspec.Raw(b'{\n"a": 1}')), THINGS[1]).splitlines()
    assert [json.loads(line)["itsName"] for line in lines] == ["siem", "archive-of-all"]


def test_yaml_is_a_document_for_each(capsys: pytest.CaptureFixture[str]) -> None:
    documents = list(yaml.safe_load_all(printed("yaml", capsys, *THINGS)))
    assert [document["count"] for document in documents] == [3, 12]


def test_a_time_is_written_in_utc_to_the_second() -> None:
    assert written(datetime(2026, 1, 31, 12, 0, 0, 999, UTC)) == "2026-01-31T12:00:00Z"


def test_a_time_that_is_not_known_is_a_dash() -> None:
    assert written(None) == "-"
