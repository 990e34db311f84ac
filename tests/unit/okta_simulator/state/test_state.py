"""What an organisation remembers, in memory and in a file."""

from __future__ import annotations

import os
import resource
import signal
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import FileIO
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from okta_simulator.bad_input import BadInput
from okta_simulator.state.appending import append_line
from okta_simulator.state.collection import Collection
from okta_simulator.state.file import StateFile
from okta_simulator.state.recorder import Change, Memory


class Hook(msgspec.Struct, frozen=True):
    """A record as services keep them."""

    name: str
    size: int = 0


class Zone(msgspec.Struct, frozen=True):
    """A record of another shape."""

    gateways: list[str]


Steps = list[tuple[str, str, Hook | None]]

IDS = st.sampled_from(["a", "b", "c"])
HOOKS = st.builds(Hook, name=st.text(), size=st.integers(-(2**53), 2**53))
STEPS = st.lists(st.tuples(st.sampled_from(["hook", "zone"]), IDS, st.none() | HOOKS), max_size=30)


@contextmanager
def an_empty_folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


@contextmanager
def files_no_larger_than(size: int) -> Iterator[None]:
    """A write beyond so many bytes of a file is taken in part only, as by a full disk."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)


def carried_out(path: Path, steps: Steps) -> dict[str, list[Hook]]:
    """What the collections hold after a life in which records were put, or taken away where there is none given."""
    file = StateFile(path)
    collections = {kind: Collection(kind, Hook, file) for kind in ("hook", "zone")}
    for kind, record_id, record in steps:
        if record is not None:
            collections[kind].put(record_id, record)
        elif collections[kind].get(record_id) is not None:
            collections[kind].remove(record_id)
    file.close()
    return {kind: list(collection) for kind, collection in collections.items()}


def read_back(path: Path) -> dict[str, list[Hook]]:
    return carried_out(path, [])


@given(STEPS)
def test_what_is_read_back_is_what_was_kept(steps: Steps) -> None:
    with an_empty_folder() as folder:
        kept = carried_out(folder / "state", steps)
        assert read_back(folder / "state") == kept


@given(STEPS, STEPS)
def test_a_second_life_goes_on_where_the_first_ended(first: Steps, second: Steps) -> None:
    with an_empty_folder() as folder:
        carried_out(folder / "lives", first)
        carried_out(folder / "lives", second)
        assert read_back(folder / "lives") == carried_out(folder / "one", first + second)


@given(STEPS, HOOKS, st.data())
def test_a_torn_last_line_loses_that_change_and_no_other(steps: Steps, last: Hook, data: st.DataObject) -> None:
    with an_empty_folder() as folder:
        path = folder / "state"
        kept = carried_out(path, steps)
        whole = path.stat().st_size
        carried_out(path, [("hook", "torn", last)])
        compacted = path.read_bytes()
        line = next(line for line in compacted.splitlines(keepends=True) if b'"torn"' in line)
        torn = compacted.replace(line, b"") + line[: data.draw(st.integers(0, len(line) - 2))]
        path.write_bytes(torn)
        assert read_back(path) == kept
        assert path.stat().st_size <= whole


def test_starting_rewrites_the_file_without_what_has_been_replaced(tmp_path: Path) -> None:
    path = tmp_path / "state"
    carried_out(path, [("hook", "a", Hook("old")), ("hook", "a", Hook("new")), ("hook", "b", Hook("gone"))])
    carried_out(path, [("hook", "b", None)])
    StateFile(path).close()
    assert path.read_bytes().count(b"\n") == 1


def test_records_come_in_the_order_of_their_creation_also_after_a_change(tmp_path: Path) -> None:
    steps: Steps = [("hook", "a", Hook("1")), ("hook", "b", Hook("2")), ("hook", "a", Hook("changed"))]
    kept = carried_out(tmp_path / "state", steps)
    assert [hook.name for hook in kept["hook"]] == ["changed", "2"]
    assert read_back(tmp_path / "state") == kept


def test_a_broken_line_is_named(tmp_path: Path) -> None:
    path = tmp_path / "state"
    path.write_bytes(b'{"kind":"hook","id":"a","record":{}}\nnonsense\n{"kind":"hook","id":"b","record":{}}\n')
    with pytest.raises(BadInput, match=r"state, line 2, is not a change of an organisation"):
        StateFile(path)
    assert b"nonsense" in path.read_bytes()


@pytest.mark.parametrize("line", [b"\xff\xfe\n\n", b"[" * 100_000 + b"\n\n", b"[]\n\n"])
def test_whatever_a_line_holds_the_answer_is_a_sentence(tmp_path: Path, line: bytes) -> None:
    path = tmp_path / "state"
    path.write_bytes(line)
    with pytest.raises(BadInput, match="line 1"):
        StateFile(path)


def test_a_record_of_another_version_is_named(tmp_path: Path) -> None:
    carried_out(tmp_path / "state", [("hook", "a", Hook("name"))])
    file = StateFile(tmp_path / "state")
    with pytest.raises(BadInput, match="hook a is not of this version's shape"):
        Collection("hook", Zone, file)
    file.close()


def test_somebody_elses_file_is_not_taken_for_a_torn_line(tmp_path: Path) -> None:
    (tmp_path / "token").write_bytes(b"00secret")
    with pytest.raises(BadInput, match="line 1, is not a change of an organisation"):
        StateFile(tmp_path / "token")
    assert (tmp_path / "token").read_bytes() == b"00secret"


def test_a_pipe_is_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(BadInput, match="something else than a file"):
        StateFile(tmp_path / "pipe")
    assert (tmp_path / "pipe").is_fifo()


def test_what_a_full_disk_took_of_a_line_is_taken_back(tmp_path: Path) -> None:
    path = tmp_path / "lines"
    with FileIO(path, "a+b") as file, files_no_larger_than(10):
        append_line(file, path, b"whole\n")
        with pytest.raises(BadInput, match="lines cannot be written any more"):
            append_line(file, path, b"too long\n")
    assert path.read_bytes() == b"whole\n"


def test_two_organisations_never_share_a_file(tmp_path: Path) -> None:
    first = StateFile(tmp_path / "state")
    with pytest.raises(BadInput, match="in use by another organisation"):
        StateFile(tmp_path / "state")
    first.close()
    StateFile(tmp_path / "state").close()


def test_a_file_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"missing/state cannot be used \(No such file or directory\)"):
        StateFile(tmp_path / "missing" / "state")


def test_a_change_that_was_not_kept_is_not_remembered() -> None:
    class FullDisk(Memory):
        def record(self, change: object) -> None:
            raise OSError(f"no space for {change}")

    collection = Collection("hook", Hook, FullDisk())
    with pytest.raises(OSError, match="no space"):
        collection.put("a", Hook("name"))
    assert collection.get("a") is None


def test_a_record_whose_removal_was_not_kept_is_still_there() -> None:
    class FullDisk(Memory):
        def record(self, change: Change) -> None:
            if bytes(change.record) == b"null":
                raise OSError(f"no space for {change}")

    collection = Collection("hook", Hook, FullDisk())
    collection.put("a", Hook("name"))
    with pytest.raises(OSError, match="no space"):
        collection.remove("a")
    assert collection.get("a") == Hook("name")


def test_a_change_during_an_iteration_disturbs_nobody() -> None:
    collection = Collection("hook", Hook, Memory())
    for name in "abc":
        collection.put(name, Hook(name))
    for hook in collection:
        collection.remove(hook.name)
    assert len(collection) == 0


def test_taking_away_what_is_not_there_is_an_error() -> None:
    with pytest.raises(KeyError):
        Collection("hook", Hook, Memory()).remove("a")
