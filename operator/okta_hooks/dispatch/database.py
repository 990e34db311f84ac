"""A SQLite file, used by one thread of one process, each use a transaction that is synced before it returns.

A file that is damaged is set aside under another name and a new one begun: what was in it is either made again from the
journal, or its loss means that events are delivered again and none is missed.
"""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")

_PREPARE = """
PRAGMA page_size = 1024;
PRAGMA locking_mode = EXCLUSIVE;
PRAGMA journal_mode = WAL;
PRAGMA wal_autocheckpoint = 16000;
PRAGMA synchronous = FULL;
PRAGMA cache_size = -4096;
"""
"""Keys come at random, so that each event touches a page of its own, and a page is written whole: with small pages, and
a write-ahead log of 16 MB that holds most of them several times before it is emptied, half as much goes to the disk,
which the receiver syncs on."""
_COMPANIONS = ("", "-wal", "-shm")
_DAMAGE = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}


class DatabaseFailed(Exception):
    """A file can't be read or written. The message is a sentence for the person who runs the dispatcher."""


class _Damaged(Exception):
    """What is in a file can't be trusted."""


class Database:
    """An open file.

    Args:
        path: Its name.
        connection: The connection, used in the thread alone.
        thread: The thread.
        set_aside: Where a damaged predecessor was left; None when there was none.
    """

    def __init__(
        self, path: Path, connection: sqlite3.Connection, thread: ThreadPoolExecutor, set_aside: Path | None
    ) -> None:
        self._path = path
        self._connection = connection
        self._thread = thread
        self.set_aside = set_aside

    async def transact(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Do work in a transaction, and return once it is on stable storage.

        A caller that is cancelled meanwhile does not know whether it was done; it is done whole or not at all.

        Raises:
            DatabaseFailed: It was not done.
        """
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._transact, work)

    def _transact(self, work: Callable[[sqlite3.Connection], T]) -> T:
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                result = work(self._connection)
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")
        except sqlite3.Error as error:
            raise DatabaseFailed(
                f"{self._path} can't be used ({error}): see whether its volume is full or damaged; a new start sets a "
                "damaged file aside"
            ) from error
        return result


@asynccontextmanager
async def open_database(path: Path, schema: str, *, version: int) -> AsyncIterator[Database]:
    """Open a file, and make it if there is none.

    Args:
        path: Its name.
        schema: The statements that make its tables; may be run again.
        version: The version of the schema.

    Raises:
        DatabaseFailed: A later release wrote it, or its folder can't be written.
    """
    loop = asyncio.get_running_loop()
    with ThreadPoolExecutor(1, thread_name_prefix=path.stem) as thread:
        connection, set_aside = await loop.run_in_executor(thread, _open_or_begin_anew, path, schema, version)
        try:
            yield Database(path, connection, thread, set_aside)
        finally:
            thread.submit(connection.close).result()


def _open_or_begin_anew(path: Path, schema: str, version: int) -> tuple[sqlite3.Connection, Path | None]:
    try:
        try:
            return _open(path, schema, version), None
        except _Damaged:
            aside = _set_aside(path)
            return _open(path, schema, version), aside
    except (sqlite3.Error, OSError) as error:
        raise DatabaseFailed(
            f"{path} can't be opened ({error}): see whether its volume is full or can't be written, or whether another "
            "process uses the file"
        ) from error


def _open(path: Path, schema: str, version: int) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    try:
        _check(connection)
        _migrate(path, connection, schema, version)
    except sqlite3.DatabaseError as error:
        connection.close()
        if error.sqlite_errorcode & 0xFF in _DAMAGE:
            raise _Damaged(str(error)) from error
        raise
    except BaseException:
        connection.close()
        raise
    return connection


def _check(connection: sqlite3.Connection) -> None:
    connection.executescript(_PREPARE)
    with closing(connection.execute("PRAGMA quick_check(1)")) as answer:
        finding = answer.fetchone()[0]
    if finding != "ok":
        raise _Damaged(finding)


def _migrate(path: Path, connection: sqlite3.Connection, schema: str, version: int) -> None:
    found = connection.execute("PRAGMA user_version").fetchone()[0]
    if found > version:
        raise DatabaseFailed(f"{path} has version {found} and this release knows {version}: use the newer release")
    connection.executescript(f"BEGIN; {schema} PRAGMA user_version = {version:d}; COMMIT;")


def _set_aside(path: Path) -> Path:
    aside = path.with_name(f"{path.name}.damaged-{time.time_ns() // 1_000_000}")
    for companion in _COMPANIONS:
        part = path.with_name(path.name + companion)
        if part.exists():
            part.rename(aside.with_name(aside.name + companion))
    return aside
