"""What the receiver's side does when its disk is full, fails, or may not be written."""

from __future__ import annotations

import asyncio
import errno
import resource
from collections.abc import Awaitable, Iterator
from pathlib import Path

import pytest

from okta_hooks.journal import JournalError, JournalFailed, JournalFull, LogAppender, LogLimits, LogReader, PassedFile
from okta_hooks.journal.log.frame import crc32c
from samples.journal import numbered, read_all, several
from unit.okta_hooks.journal.log.faulty_disk import FaultyDisk
from unit.okta_hooks.journal.log.written_logs import NOON_MS

MEGABYTE = 1 << 20


async def outcome_of(appending: Awaitable[object]) -> type[Exception] | None:
    """The kind of refusal that an append met, if it met one."""
    try:
        await appending
    except JournalError as error:
        return type(error)
    return None


@pytest.fixture
def disk() -> FaultyDisk:
    return FaultyDisk()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "log"


def appender(folder: Path, disk: FaultyDisk, limits: LogLimits | None = None) -> LogAppender:
    return LogAppender(folder, passed=PassedFile(folder.with_name("passed")), disk=disk, limits=limits)


def segments_not_finished(folder: Path) -> list[Path]:
    return list(folder.glob("*.new"))


@pytest.fixture
def files_of_three_megabytes() -> Iterator[None]:
    """A kernel that lets no file of this process grow further."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (3 * MEGABYTE, hard))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


class TestFullDisk:
    async def test_refuses_what_does_not_fit(self, folder: Path, disk: FaultyDisk) -> None:
        async with appender(folder, disk) as journal:
            disk.failing["write"] = errno.ENOSPC
            with pytest.raises(JournalFull, match=r"there is no room to write .*: enlarge the volume"):
                await journal.append(several(3))

    async def test_keeps_nothing_of_what_it_refused(self, folder: Path, disk: FaultyDisk) -> None:
        async with appender(folder, disk) as journal:
            await journal.append(several(2))
            disk.failing["write"] = errno.ENOSPC
            with pytest.raises(JournalFull):
                await journal.append([numbered(50)])
        disk.failing.clear()
        async with appender(folder, disk):
            assert (await read_all(LogReader(folder))).records == several(2)

    async def test_keeps_records_again_when_there_is_room_again(self, folder: Path, disk: FaultyDisk) -> None:
        async with appender(folder, disk) as journal:
            disk.failing["write"] = errno.ENOSPC
            with pytest.raises(JournalFull):
                await journal.append([numbered(50)])
            disk.failing.clear()
            await journal.append(several(2))
        assert (await read_all(LogReader(folder))).records == several(2)

    async def test_says_so_until_there_is_room(self, folder: Path, disk: FaultyDisk) -> None:
        async with appender(folder, disk) as journal:
            disk.failing["write"], disk.free = errno.ENOSPC, 10
            with pytest.raises(JournalFull):
                await journal.append(several(3))
            assert isinstance(journal.usage().refusal, JournalFull)
            disk.free = MEGABYTE
            assert journal.usage().refusal is None

    async def test_goes_on_in_the_old_segment_when_there_is_no_room_for_a_new_one(
        self, folder: Path, disk: FaultyDisk
    ) -> None:
        async with appender(folder, disk, LogLimits(segment_bytes=100)) as journal:
            await journal.append([numbered(0, size=200)])
            disk.failing["create"] = errno.ENOSPC
            with pytest.raises(JournalFull):
                await journal.append([numbered(1)])
            disk.failing.clear()
            await journal.append([numbered(2)])
        assert (await read_all(LogReader(folder))).records == [numbered(0, size=200), numbered(2)]

    async def test_leaves_no_unfinished_segment_when_there_is_no_room_for_one(
        self, folder: Path, disk: FaultyDisk
    ) -> None:
        async with appender(folder, disk, LogLimits(segment_bytes=100)) as journal:
            await journal.append([numbered(0, size=200)])
            disk.failing["write"] = errno.ENOSPC
            with pytest.raises(JournalFull):
                await journal.append([numbered(1)])
            assert segments_not_finished(folder) == []

    @pytest.mark.usefixtures("files_of_three_megabytes")
    async def test_the_kernel_s_own_refusal_loses_nothing(self, folder: Path) -> None:
        async with LogAppender(folder, passed=PassedFile(folder / "passed")) as journal:
            outcomes = [await outcome_of(journal.append([numbered(n, size=100_000)])) for n in range(50)]
        assert set(outcomes) == {None, JournalFull}
        kept = [number for number, outcome in enumerate(outcomes) if outcome is None]
        assert [record.received_ns for record in (await read_all(LogReader(folder))).records] == kept


class TestFailingDisk:
    async def test_acknowledges_nothing_after_a_failed_sync_though_the_next_would_succeed(
        self, folder: Path, disk: FaultyDisk
    ) -> None:
        async with appender(folder, disk) as journal:
            disk.failing["sync"] = errno.EIO
            with pytest.raises(JournalFailed, match="could not be synced"):
                await journal.append([numbered(0)])
            disk.failing.clear()
            with pytest.raises(JournalFailed, match="could not be synced"):
                await journal.append([numbered(1)])

    async def test_says_so(self, folder: Path, disk: FaultyDisk) -> None:
        async with appender(folder, disk) as journal:
            disk.failing["sync"] = errno.EIO
            with pytest.raises(JournalFailed):
                await journal.append([numbered(0)])
            assert "could not be synced" in str(journal.usage().refusal)

    @pytest.mark.parametrize("operation", ["sync", "write"])
    async def test_tells_all_who_wait(self, folder: Path, disk: FaultyDisk, operation: str) -> None:
        async with appender(folder, disk) as journal:
            disk.failing[operation] = errno.EIO
            outcomes = await asyncio.gather(
                *(journal.append([numbered(number)]) for number in range(20)), return_exceptions=True
            )
        assert [type(outcome) for outcome in outcomes] == [JournalFailed] * 20

    async def test_readers_see_nothing_of_a_group_whose_sync_failed(self, folder: Path, disk: FaultyDisk) -> None:
        async with appender(folder, disk) as journal:
            await journal.append([numbered(0)])
            disk.failing["sync"] = errno.EIO
            with pytest.raises(JournalFailed):
                await journal.append([numbered(1)])
            assert (await read_all(LogReader(folder))).records == [numbered(0)]

    async def test_a_new_start_goes_on(self, folder: Path, disk: FaultyDisk) -> None:
        async with appender(folder, disk) as journal:
            disk.failing["sync"] = errno.EIO
            with pytest.raises(JournalFailed):
                await journal.append([numbered(0)])
        disk.failing.clear()
        async with appender(folder, disk) as journal:
            await journal.append([numbered(1)])
        assert (await read_all(LogReader(folder))).records[-1] == numbered(1)

    async def test_a_segment_that_can_not_be_removed_is_a_failure(self, folder: Path, disk: FaultyDisk) -> None:
        limits = LogLimits(keep_bytes=1, segment_bytes=100)
        async with appender(folder, disk, limits) as journal:
            await journal.append([numbered(0, size=200)])
            await journal.append([numbered(1)])
            await PassedFile(folder.with_name("passed")).release(journal.usage().newest)
            disk.failing["remove"] = errno.EROFS
            with pytest.raises(JournalFailed, match="can't be removed"):
                await journal.maintain()

    async def test_a_failed_journal_can_still_be_left(self, folder: Path, disk: FaultyDisk) -> None:
        async with appender(folder, disk) as journal:
            disk.failing["sync"] = errno.EIO
            with pytest.raises(JournalFailed):
                await journal.append([numbered(0)])
            with pytest.raises(JournalFailed):
                await journal.maintain()


class TestReadOnly:
    async def test_a_folder_that_can_not_be_made_is_named(self, disk: FaultyDisk) -> None:
        with pytest.raises(JournalFailed, match="journal in /proc/journal can't be opened"):
            async with appender(Path("/proc/journal"), disk):
                pass

    @pytest.mark.parametrize("operation", ["create", "open", "sync_folder", "write"])
    async def test_a_read_only_file_system_is_named(self, folder: Path, disk: FaultyDisk, operation: str) -> None:
        disk.failing[operation] = errno.EROFS
        with pytest.raises(JournalFailed, match=r"can't be opened: .*Read-only file system"):
            async with appender(folder, disk):
                pass

    async def test_a_folder_that_could_not_be_opened_is_free_for_the_next(self, folder: Path, disk: FaultyDisk) -> None:
        disk.failing["create"] = errno.EROFS
        with pytest.raises(JournalFailed):
            async with appender(folder, disk):
                pass
        disk.failing.clear()
        async with appender(folder, disk) as journal:
            await journal.append(several(1))

    async def test_a_log_of_a_later_release_is_left_alone(self, folder: Path, disk: FaultyDisk) -> None:
        later = LogAppender(folder, passed=PassedFile(folder / "passed"), disk=disk, now_ms=lambda: NOON_MS)
        async with later as journal:
            await journal.append(several(1))
        segment = folder / f"{NOON_MS:016d}.log"
        segment.write_bytes(_of_version_2(segment.read_bytes()))
        with pytest.raises(JournalFailed, match="use the newer release"):
            async with appender(folder, disk):
                pass
        assert segment.exists()


def _of_version_2(content: bytes) -> bytes:
    header = content[:8] + (2).to_bytes(4, "little") + content[12:28]
    return header + crc32c(0, header).to_bytes(4, "little") + content[32:]
