"""What the System Log keeps, and for how long."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import msgspec
import pytest

from okta_simulator.bad_input import BadInput
from okta_simulator.options import Log
from okta_simulator.state.file import StateFile
from unit.okta_simulator.system_log.written_log import EVENT, WrittenLog


def test_an_entry_is_found_by_its_uuid(written: WrittenLog) -> None:
    uuid = [written.write() for _ in range(100)][40]
    assert written.log.get(uuid) == msgspec.structs.replace(EVENT, uuid=uuid)


def test_a_uuid_that_was_never_written_is_not_found(written: WrittenLog) -> None:
    written.write()
    assert written.log.get("00000000-0000-4000-8000-000000000000") is None


def test_an_entry_that_is_past_retention_is_not_found(written: WrittenLog) -> None:
    uuid = written.write()
    written.pass_time(days=91)
    assert written.log.get(uuid) is None


def test_an_entry_that_is_not_yet_persisted_is_not_found() -> None:
    written = WrittenLog(Log(persistence_delay=timedelta(minutes=5)))
    assert written.log.get(written.write()) is None


def test_beyond_the_bound_the_oldest_entries_leave() -> None:
    written = WrittenLog(Log(most_entries=3))
    oldest = [written.write() for _ in range(5)][:2]
    assert [written.log.get(uuid) for uuid in oldest] == [None, None]


def test_entries_survive_in_a_state_file(tmp_path: Path) -> None:
    before = StateFile(tmp_path / "state")
    first = WrittenLog(recorder=before)
    uuids = [first.write() for _ in range(3)]
    before.close()
    after = StateFile(tmp_path / "state")
    second = WrittenLog(recorder=after)
    assert [msgspec.json.decode(second.log.text(at))["uuid"] for at in range(3)] == uuids
    after.close()


def test_entries_keep_their_position_over_a_restart_so_that_cursors_live_on(tmp_path: Path) -> None:
    options = Log(persistence_delay=timedelta(minutes=5))
    before = StateFile(tmp_path / "state")
    first = WrittenLog(options, recorder=before)
    for _ in range(20):
        first.write()
        first.pass_time(minutes=1)
    texts = [first.log.text(at) for at in range(first.log.end())]
    before.close()
    after = StateFile(tmp_path / "state")
    second = WrittenLog(options, recorder=after, clock=first.clock)
    assert [second.log.text(at) for at in range(second.log.end())] == texts
    after.close()


def test_a_line_that_was_not_finished_is_cut_off(tmp_path: Path) -> None:
    before = StateFile(tmp_path / "state")
    WrittenLog(recorder=before).write()
    before.close()
    with (tmp_path / "state.log").open("ab") as file:
        file.write(b'[1,2,{"uuid":')
    after = StateFile(tmp_path / "state")
    written = WrittenLog(recorder=after)
    written.write()
    after.close()
    assert len((tmp_path / "state.log").read_bytes().splitlines()) == 2


def test_a_line_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "state.log").write_text("what?\n")
    state = StateFile(tmp_path / "state")
    with pytest.raises(BadInput, match=r"state\.log, line 1, "):
        WrittenLog(recorder=state)
    state.close()
