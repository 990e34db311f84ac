"""Events that no hook can deliver reach the pod once each, whatever is in the way."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okta_hooks.system_log.backfill import PodUnavailable
from okta_hooks.system_log.entry import LogEntry
from okta_hooks.system_log.supply import Supply
from okta_hooks.system_log.windows import MILLISECOND
from unit.okta_hooks.system_log.given import Log, entry

THREATS = frozenset({"security.threat.detected"})
NOW = datetime(1970, 1, 1, 1, tzinfo=UTC)
HOUR = 3_600_000  # milliseconds, as entries are written


class Pod:
    """Keeps events once by what they are, and may be down."""

    def __init__(self) -> None:
        self.kept: list[str] = []
        self.is_up = True

    async def unknown(self, uuids: Sequence[str]) -> frozenset[str]:
        self._insist_on_being_up()
        return frozenset(uuids) - set(self.kept)

    async def bring(self, events: Sequence[bytes]) -> None:
        self._insist_on_being_up()
        self.kept.extend(event.decode() for event in events)

    def _insist_on_being_up(self) -> None:
        if not self.is_up:
            raise PodUnavailable("it is down")


def threat(uuid: str, at: int = HOUR) -> LogEntry:
    """An entry whose JSON is its uuid."""
    return entry(uuid, at, "security.threat.detected", uuid.encode())


def supplied(pod: Pod, given_until_ns: int | None = None) -> Supply:
    """A supply to a pod."""
    supply = Supply(given_until_ns, 0, lambda: NOW)
    supply.look(THREATS, pod)
    return supply


async def test_what_is_read_is_given_at_once() -> None:
    pod = Pod()
    supply = supplied(pod)
    await supply.take([threat("a"), entry("b", HOUR), threat("c")])
    assert (pod.kept, supply.count, supply.is_behind) == (["a", "c"], 2, False)


async def test_it_reads_the_types_that_are_wanted() -> None:
    assert supplied(Pod()).wants() == THREATS


async def test_what_a_pod_did_not_take_is_found_later_and_given_once() -> None:
    pod, log = Pod(), [threat("a"), threat("b", HOUR + 1), threat("c", HOUR + 2)]
    supply = supplied(pod)
    await supply.take(log[:1])
    pod.is_up = False
    await supply.take(log[1:2])
    pod.is_up = True
    await supply.take(log[2:])
    assert pod.kept == ["a"], "what comes later waits for its turn"
    await supply.catch_up(Log(log))
    assert (pod.kept, supply.count, supply.is_behind) == (["a", "b", "c"], 3, False)


async def test_a_search_that_fails_goes_on_where_it_was() -> None:
    pod = Pod()
    supply = supplied(pod)
    pod.is_up = False
    await supply.take([threat("a")])
    with pytest.raises(PodUnavailable):
        await supply.catch_up(Log([threat("a")]))
    assert supply.is_behind
    pod.is_up = True
    await supply.catch_up(Log([threat("a")]))
    assert pod.kept == ["a"]


async def test_without_a_pod_nothing_is_lost() -> None:
    pod = Pod()
    supply = Supply(None, 0, lambda: NOW)
    supply.look(THREATS, None)
    await supply.take([threat("a")])
    await supply.catch_up(Log([threat("a")]))
    supply.look(THREATS, pod)
    await supply.catch_up(Log([threat("a")]))
    assert pod.kept == ["a"]


async def test_another_process_begins_a_little_before_the_end_of_the_one_before() -> None:
    pod = Pod()
    pod.kept.append("known")
    until = (HOUR - 60_000) * MILLISECOND
    log = [threat("long ago", HOUR - 3_000_000), threat("known", HOUR - 120_000), threat("missed", HOUR - 100_000)]
    supply = supplied(pod, until)
    assert supply.is_behind
    await supply.catch_up(Log(log))
    assert pod.kept == ["known", "missed"]


async def test_a_new_feed_begins_now() -> None:
    supply = supplied(Pod())
    assert not supply.is_behind
    assert supply.given_until_ns == int(timedelta(hours=1).total_seconds()) * 10**9


TIMES = st.integers(HOUR - 60_000, HOUR + 60_000)


@given(st.lists(st.tuples(TIMES, st.sampled_from(["take", "down", "up", "search"])), max_size=20))
async def test_in_the_end_every_event_was_given_once_in_whatever_order_things_happen(
    steps: list[tuple[int, str]],
) -> None:
    pod, log = Pod(), list[LogEntry]()
    supply = supplied(pod)
    for number, (at, what) in enumerate(steps):
        if what == "take":
            log.append(threat(f"event {number}", at))
            await supply.take(log[-1:])
        elif what == "search":
            try:
                await supply.catch_up(Log(log))
            except PodUnavailable:
                assert supply.is_behind
        else:
            pod.is_up = what == "up"
    pod.is_up = True
    await supply.catch_up(Log(log))
    assert sorted(pod.kept) == sorted(each.uuid for each in log)
    assert not supply.is_behind
