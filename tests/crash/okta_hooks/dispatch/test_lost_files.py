"""What sinks see when the dispatcher's own files are gone or damaged: docs/dispatcher.md, line by line."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path

from dispatching.process import DispatcherFolder
from okta_hooks.journal import BEGINNING, LogReader, PassedFile, Position, Record

COUNT = 300
GARBAGE = b"\xa5" * 50_000


def remove(own: Path, name: str) -> None:
    for path in own.glob(f"{name}*"):
        path.unlink()


def records(count: int, *, first: int = 0) -> list[Record]:
    return [Record(str(number), b'{"uuid":"%d"}' % number, number) for number in range(first, first + count)]


def numbers(count: int, *, first: int = 0) -> list[str]:
    return [str(number) for number in range(first, first + count)]


async def second_run(folder: DispatcherFolder, between: Callable[[Path], Awaitable[None]], *, lines: int) -> list[str]:
    """Let a dispatcher put everything out, do something to its files, and let another go on.

    Returns:
        What the second one put out, of which so many lines were waited for. Ten events were new, and ten repeated.
    """
    async with folder.journal() as journal:
        await journal.append(records(COUNT))
        with folder.running() as dispatcher:
            await dispatcher.lines(COUNT)
            assert dispatcher.terminate() == 0
        await between(folder.own)
        await journal.append([*records(10), *records(10, first=COUNT)])
        with folder.running() as dispatcher:
            await dispatcher.lines(lines)
            assert dispatcher.terminate() == 0
    return folder.outputs()[1]


async def place_of(number: int, folder: DispatcherFolder) -> Position:
    """Where a record is in the journal."""
    batch = await LogReader(folder.folder / "journal").read(BEGINNING, max_records=number + 1, max_bytes=1 << 20)
    return batch.entries[number].at


async def test_without_its_index_no_event_is_missed_or_repeated(tmp_path: Path) -> None:
    async def lose_index(own: Path) -> None:
        remove(own, "index.db")

    assert await second_run(DispatcherFolder(tmp_path), lose_index, lines=10) == numbers(10, first=COUNT)


async def test_with_a_damaged_index_the_same_and_the_file_is_kept(tmp_path: Path) -> None:
    folder = DispatcherFolder(tmp_path)

    async def damage_index(own: Path) -> None:
        (own / "index.db").write_bytes(GARBAGE)

    assert await second_run(folder, damage_index, lines=10) == numbers(10, first=COUNT)
    assert [path.read_bytes() for path in folder.own.glob("index.db.damaged-*")] == [GARBAGE]


async def test_without_its_ledger_sinks_begin_again_where_all_had_passed(tmp_path: Path) -> None:
    folder = DispatcherFolder(tmp_path)

    async def lose_cursors(own: Path) -> None:
        remove(own, "ledger.db")
        await PassedFile(own / "passed").release(await place_of(COUNT - 20, folder))

    assert await second_run(folder, lose_cursors, lines=30) == numbers(30, first=COUNT - 20)


async def test_with_a_damaged_ledger_the_same_and_the_file_is_kept(tmp_path: Path) -> None:
    folder = DispatcherFolder(tmp_path)

    async def damage_cursors(own: Path) -> None:
        (own / "ledger.db").write_bytes(GARBAGE)
        await PassedFile(own / "passed").release(await place_of(COUNT - 20, folder))

    assert await second_run(folder, damage_cursors, lines=30) == numbers(30, first=COUNT - 20)
    assert [path.read_bytes() for path in folder.own.glob("ledger.db.damaged-*")] == [GARBAGE]


async def test_without_any_of_its_files_sinks_get_the_whole_journal_again(tmp_path: Path) -> None:
    async def lose_everything(own: Path) -> None:
        remove(own, "")

    after = await second_run(DispatcherFolder(tmp_path), lose_everything, lines=COUNT + 10)
    assert after == numbers(COUNT + 10)
