"""The bound on what waits to be written."""

from __future__ import annotations

import asyncio

from okta_hooks.journal.admission import Admission


async def settled() -> None:
    """Let every task run as far as it can."""
    for _ in range(10):
        await asyncio.sleep(0)


def entering(admission: Admission, *sizes: int) -> list[asyncio.Task[None]]:
    return [asyncio.create_task(admission.enter(1, size)) for size in sizes]


async def test_lets_in_what_fits() -> None:
    admission = Admission(max_records=2, max_bytes=100)
    await admission.enter(1, 50)
    await admission.enter(1, 50)
    assert (admission.records, admission.bytes) == (2, 100)


async def test_holds_back_what_has_too_many_bytes() -> None:
    admission = Admission(max_records=9, max_bytes=100)
    first, second = entering(admission, 60, 60)
    await settled()
    assert (first.done(), second.done()) == (True, False)
    admission.leave(1, 60)
    await second


async def test_holds_back_what_are_too_many_records() -> None:
    admission = Admission(max_records=1, max_bytes=100)
    first, second = entering(admission, 1, 1)
    await settled()
    assert (first.done(), second.done()) == (True, False)
    admission.leave(1, 1)
    await second


async def test_lets_in_alone_what_is_larger_than_the_bound() -> None:
    await Admission(max_records=1, max_bytes=100).enter(5, 500)


async def test_keeps_the_order_so_that_a_large_one_is_not_overtaken_for_ever() -> None:
    admission = Admission(max_records=9, max_bytes=100)
    _, large, small = entering(admission, 60, 90, 10)
    await settled()
    assert (large.done(), small.done()) == (False, False)
    admission.leave(1, 60)
    await large
    await small


async def test_who_gives_up_leaves_the_line() -> None:
    admission = Admission(max_records=9, max_bytes=100)
    _, impatient, patient = entering(admission, 60, 90, 40)
    await settled()
    impatient.cancel()
    await patient
    assert admission.bytes == 100
