"""A SQLite file that is synced, held, and set aside when it is damaged."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from okta_hooks.dispatch.database import Database, DatabaseFailed, open_database

SCHEMA = "CREATE TABLE IF NOT EXISTS things (name TEXT PRIMARY KEY);"


async def names(database: Database) -> list[str]:
    return await database.transact(lambda db: [row[0] for row in db.execute("SELECT name FROM things ORDER BY name")])


async def add(database: Database, name: str) -> None:
    await database.transact(lambda db: db.execute("INSERT INTO things VALUES (?)", (name,)).rowcount)


async def test_what_was_written_is_there_when_it_is_opened_again(tmp_path: Path) -> None:
    async with open_database(tmp_path / "a.db", SCHEMA, version=1) as database:
        await add(database, "one")
    async with open_database(tmp_path / "a.db", SCHEMA, version=1) as database:
        assert await names(database) == ["one"]
        assert database.set_aside is None


async def test_what_fails_leaves_nothing_of_itself(tmp_path: Path) -> None:
    def work(db: sqlite3.Connection) -> None:
        db.execute("INSERT INTO things VALUES ('one')")
        raise ValueError("no")

    async with open_database(tmp_path / "a.db", SCHEMA, version=1) as database:
        with pytest.raises(ValueError, match="no"):
            await database.transact(work)
        assert await names(database) == []


async def test_syncs_every_transaction(tmp_path: Path) -> None:
    async with open_database(tmp_path / "a.db", SCHEMA, version=1) as database:
        full = 2
        assert await database.transact(lambda db: db.execute("PRAGMA synchronous").fetchone()[0]) == full


async def test_a_full_volume_is_named_and_what_was_there_stays(tmp_path: Path) -> None:
    async with open_database(tmp_path / "a.db", SCHEMA, version=1) as database:
        await add(database, "one")
        # As many pages as there are: what SQLite then says is what it says of a volume without room.
        await database.transact(lambda db: db.execute("PRAGMA max_page_count = 1").fetchone())
        with pytest.raises(DatabaseFailed, match="see whether its volume is full or damaged"):
            await add(database, "x" * 100_000)
        assert await names(database) == ["one"]


@pytest.mark.parametrize("damage", [b"not a database at all" * 1000, b"SQLite format 3\0" + b"\xff" * 8000])
async def test_a_damaged_file_is_set_aside_whole_and_a_new_one_begun(tmp_path: Path, damage: bytes) -> None:
    (tmp_path / "a.db").write_bytes(damage)
    async with open_database(tmp_path / "a.db", SCHEMA, version=1) as database:
        assert database.set_aside is not None
        assert database.set_aside.read_bytes() == damage
        assert await names(database) == []


async def test_damage_in_the_middle_of_a_file_is_found_when_it_is_opened(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    async with open_database(path, SCHEMA, version=1) as database:
        many = [(f"thing-{number:0200}",) for number in range(500)]
        await database.transact(lambda db: db.executemany("INSERT INTO things VALUES (?)", many).rowcount)
    data = bytearray(path.read_bytes())
    data[20_000:24_000] = b"\xa5" * 4000
    path.write_bytes(data)
    async with open_database(path, SCHEMA, version=1) as database:
        assert database.set_aside is not None


async def test_a_later_release_s_file_is_refused_and_left_alone(tmp_path: Path) -> None:
    async with open_database(tmp_path / "a.db", SCHEMA, version=7):
        pass
    with pytest.raises(DatabaseFailed, match="version 7 and this release knows 1: use the newer release"):
        async with open_database(tmp_path / "a.db", SCHEMA, version=1):
            pass


async def test_no_other_process_gets_at_it(tmp_path: Path) -> None:
    program = "import sqlite3, sys; sqlite3.connect(sys.argv[1], timeout=0).execute('SELECT * FROM things')"
    async with open_database(tmp_path / "a.db", SCHEMA, version=1):
        other = subprocess.run(  # noqa: ASYNC221 -- nothing else has to go on meanwhile
            [sys.executable, "-c", program, str(tmp_path / "a.db")], capture_output=True, text=True, check=False
        )
    assert "database is locked" in other.stderr


async def test_a_folder_that_can_not_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(DatabaseFailed, match=r"missing/a\.db can't be opened"):
        async with open_database(tmp_path / "missing" / "a.db", SCHEMA, version=1):
            pass
