"""What every journal keeps, whatever it is made of. A journal is held to it by a subclass with a `journal` fixture."""

from __future__ import annotations

import asyncio
from contextlib import AbstractAsyncContextManager
from datetime import timedelta
from typing import Protocol

import pytest

from okta_hooks.journal import (
    BEGINNING,
    Appender,
    ArrivalPath,
    JournalFailed,
    JournalFull,
    Reader,
    Record,
    Retention,
)
from samples.journal import numbered, read_all, several

ROOM_BYTES = 4 << 20
"""What a `small` journal may take."""


class JournalUnderTest(Protocol):
    """How the contract gets at a journal, which is empty at first."""

    def open(self, *, small: bool = False) -> AbstractAsyncContextManager[Appender]:
        """The receiver's side; opened again it stands for the process started again."""
        ...

    def reader(self) -> Reader:
        """A dispatcher's side."""
        ...

    def retention(self) -> Retention:
        """How a dispatcher lets go."""
        ...


async def fill(appender: Appender) -> int:
    """Append until the journal refuses, and tell how many records were kept."""
    for number in range(1000):
        try:
            await appender.append([numbered(number, size=100_000)])
        except JournalFull:
            return number
    raise AssertionError("a small journal took 100 MB")


class JournalContract:
    """The contract."""

    async def test_keeps_an_event_verbatim_with_how_it_came(self, journal: JournalUnderTest) -> None:
        record = Record("u", b'{"a" : "\xc3\xa9\x00"}\n', 1_700_000_000_123_456_789, ArrivalPath.BACKFILL, "delivery-1")
        async with journal.open() as appender:
            await appender.append([record])
        assert (await read_all(journal.reader())).records == [record]

    async def test_keeps_what_could_not_be_read_as_an_event_and_has_no_uuid(self, journal: JournalUnderTest) -> None:
        record = Record("", b"\xff not json", 1)
        async with journal.open() as appender:
            await appender.append([record])
        assert (await read_all(journal.reader())).records == [record]

    async def test_reads_in_the_order_of_appending(self, journal: JournalUnderTest) -> None:
        async with journal.open() as appender:
            for first in range(0, 30, 3):
                await appender.append(several(3, first=first))
        assert (await read_all(journal.reader())).records == several(30)

    async def test_append_tells_where_each_record_will_be_read(self, journal: JournalUnderTest) -> None:
        async with journal.open() as appender:
            places = await appender.append(several(5))
        entries = (await read_all(journal.reader())).entries
        assert list(places) == [entry.at for entry in entries] == sorted(places)

    async def test_appending_nothing_is_no_work(self, journal: JournalUnderTest) -> None:
        async with journal.open() as appender:
            assert await appender.append([]) == ()

    async def test_deliveries_at_the_same_time_are_all_kept_once_and_each_in_one_piece(
        self, journal: JournalUnderTest
    ) -> None:
        deliveries = [several(3, first=3 * number) for number in range(50)]
        async with journal.open() as appender:
            await asyncio.gather(*(appender.append(delivery) for delivery in deliveries))
        read = (await read_all(journal.reader())).records
        pieces = [read[begin : begin + 3] for begin in range(0, len(read), 3)]
        assert sorted(pieces, key=lambda piece: piece[0].received_ns) == deliveries

    async def test_reads_no_more_records_than_asked_for(self, journal: JournalUnderTest) -> None:
        async with journal.open() as appender:
            await appender.append(several(5))
        batch = await journal.reader().read(BEGINNING, max_records=2, max_bytes=1 << 20)
        assert [entry.record for entry in batch.entries] == several(2)

    async def test_reads_no_more_bytes_than_asked_for(self, journal: JournalUnderTest) -> None:
        async with journal.open() as appender:
            await appender.append(several(5, size=1000))
        batch = await journal.reader().read(BEGINNING, max_records=100, max_bytes=2500)
        assert [entry.record for entry in batch.entries] == several(2, size=1000)

    async def test_reads_a_record_that_is_larger_than_asked_for(self, journal: JournalUnderTest) -> None:
        async with journal.open() as appender:
            await appender.append([numbered(0, size=1_000_000), numbered(1)])
        batch = await journal.reader().read(BEGINNING, max_records=100, max_bytes=100)
        assert [entry.record for entry in batch.entries] == [numbered(0, size=1_000_000)]

    async def test_reading_goes_on_behind_any_record(self, journal: JournalUnderTest) -> None:
        async with journal.open() as appender:
            await appender.append(several(5))
        reader = journal.reader()
        for entry in (await read_all(reader)).entries:
            number = entry.record.received_ns
            assert (await read_all(reader, entry.after)).records == several(4 - number, first=number + 1)

    async def test_who_has_caught_up_gets_nothing_and_stays_in_place(self, journal: JournalUnderTest) -> None:
        async with journal.open() as appender:
            await appender.append(several(1))
        reader = journal.reader()
        end = (await read_all(reader)).next
        batch = await reader.read(end, max_records=10, max_bytes=1000)
        assert (batch.entries, batch.next, batch.lost) == ((), end, None)

    async def test_who_has_caught_up_can_wait_for_more(self, journal: JournalUnderTest) -> None:
        async with journal.open() as appender:
            await appender.append(several(1))
            reader = journal.reader()
            end = (await read_all(reader)).next
            waiting = asyncio.create_task(reader.wait(end))
            await appender.append([numbered(1)])
            await waiting
            assert (await read_all(reader, end)).records == [numbered(1)]

    async def test_waiting_can_be_given_up(self, journal: JournalUnderTest) -> None:
        waiting = asyncio.create_task(journal.reader().wait(BEGINNING))
        await asyncio.sleep(0)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting

    async def test_a_journal_that_does_not_exist_yet_is_empty(self, journal: JournalUnderTest) -> None:
        reader = journal.reader()
        assert await reader.bounds() == (BEGINNING, BEGINNING)
        assert (await read_all(reader)).entries == ()

    async def test_bounds_lie_around_the_records(self, journal: JournalUnderTest) -> None:
        async with journal.open() as appender:
            places = await appender.append(several(3))
            oldest, newest = await journal.reader().bounds()
            assert oldest <= places[0]
            assert newest == appender.usage().newest > places[-1]

    async def test_what_the_journal_holds_is_not_forgotten(self, journal: JournalUnderTest) -> None:
        async with journal.open() as appender:
            places = await appender.append(several(1))
        assert await journal.reader().forgotten(timedelta(days=1)) <= places[0]

    async def test_the_difference_of_sequences_is_the_backlog(self, journal: JournalUnderTest) -> None:
        async with journal.open() as appender:
            await appender.append(several(7))
        reader = journal.reader()
        batch = await reader.read(BEGINNING, max_records=2, max_bytes=1 << 20)
        assert (await reader.bounds()).newest.sequence - batch.next.sequence == 5

    async def test_places_stay_valid_when_the_receiver_starts_again(self, journal: JournalUnderTest) -> None:
        async with journal.open() as appender:
            await appender.append(several(3))
        reader = journal.reader()
        cursor = (await reader.read(BEGINNING, max_records=1, max_bytes=1 << 20)).next
        async with journal.open() as appender:
            await appender.append(several(2, first=3))
        reading = await read_all(reader, cursor)
        assert reading.records == several(4, first=1)
        assert reading.lost == ()

    async def test_a_cursor_at_the_end_goes_on_after_the_receiver_started_again(
        self, journal: JournalUnderTest
    ) -> None:
        async with journal.open() as appender:
            await appender.append(several(3))
        end = (await read_all(journal.reader())).next
        async with journal.open():
            pass
        async with journal.open() as appender:
            await appender.append([numbered(3)])
        reading = await read_all(journal.reader(), end)
        assert (reading.records, reading.lost) == ([numbered(3)], ())

    async def test_a_closed_journal_refuses(self, journal: JournalUnderTest) -> None:
        async with journal.open() as appender:
            pass
        with pytest.raises(JournalFailed, match="closed"):
            await appender.append(several(1))

    async def test_an_event_too_large_for_the_format_is_refused_and_the_next_is_kept(
        self, journal: JournalUnderTest
    ) -> None:
        async with journal.open() as appender:
            with pytest.raises(ValueError, match="too large"):
                await appender.append([numbered(0, size=20 << 20)])
            await appender.append([numbered(1)])
        assert (await read_all(journal.reader())).records == [numbered(1)]

    async def test_a_caller_that_gives_up_harms_no_other(self, journal: JournalUnderTest) -> None:
        async with journal.open() as appender:
            impatient = asyncio.create_task(appender.append([numbered(0)]))
            patient = asyncio.create_task(appender.append([numbered(1)]))
            await asyncio.sleep(0)
            impatient.cancel()
            await patient
        assert numbered(1) in (await read_all(journal.reader())).records

    async def test_a_full_journal_refuses_and_says_so(self, journal: JournalUnderTest) -> None:
        async with journal.open(small=True) as appender:
            assert appender.usage().refusal is None
            await fill(appender)
            assert isinstance(appender.usage().refusal, JournalFull)
            assert appender.usage().used_bytes <= ROOM_BYTES

    async def test_a_full_journal_keeps_all_that_it_accepted(self, journal: JournalUnderTest) -> None:
        async with journal.open(small=True) as appender:
            kept = await fill(appender)
            await appender.maintain()
        assert (await read_all(journal.reader())).records == several(kept, size=100_000)

    async def test_a_full_journal_takes_records_again_once_every_cursor_has_passed_the_old_ones(
        self, journal: JournalUnderTest
    ) -> None:
        async with journal.open(small=True) as appender:
            await fill(appender)
            await journal.retention().release(appender.usage().newest)
            await appender.maintain()
            assert appender.usage().refusal is None
            await appender.append([numbered(5000)])
        assert (await read_all(journal.reader())).records[-1] == numbered(5000)

    async def test_a_cursor_that_has_passed_is_not_told_of_a_loss_when_old_records_are_dropped(
        self, journal: JournalUnderTest
    ) -> None:
        async with journal.open(small=True) as appender:
            await fill(appender)
            cursor = appender.usage().newest
            await journal.retention().release(cursor)
            await appender.maintain()
            await appender.append([numbered(5000)])
        reading = await read_all(journal.reader(), cursor)
        assert (reading.records, reading.lost) == ([numbered(5000)], ())

    async def test_who_lost_the_cursor_begins_at_the_oldest_record_left(self, journal: JournalUnderTest) -> None:
        async with journal.open(small=True) as appender:
            await fill(appender)
            await journal.retention().release(appender.usage().newest)
            await appender.maintain()
            await appender.append([numbered(5000)])
        reading = await read_all(journal.reader())
        assert reading.lost == ()
        assert reading.records[-1] == numbered(5000)
