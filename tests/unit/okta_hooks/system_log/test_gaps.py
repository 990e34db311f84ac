"""How one hook's gaps are found, waited for and filled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import pytest

from okta_hooks.system_log.backfill import PodUnavailable
from okta_hooks.system_log.entry import LogEntry
from okta_hooks.system_log.gaps import GRACE, Gaps, Surroundings
from okta_hooks.system_log.standing import Counts, Standing
from okta_hooks.system_log.subscription import Subscription
from okta_hooks.system_log.windows import MILLISECOND, Window, Windows
from unit.okta_hooks.system_log.given import SIGN_IN, KnowingPod, Log, entry

_START = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
_NOW_MS = int(_START.timestamp() * 1000)
_LATER = GRACE.total_seconds()
_LONG = 1e9
_HOOK = Surroundings("who12345678901234567", wanted=frozenset({SIGN_IN}), accepted=frozenset({SIGN_IN}), verified=True)


@dataclass
class Watched:
    """Gaps of a hook whose log, pod and clock belong to the test."""

    standing: Standing = field(default_factory=Standing)
    pod: KnowingPod = field(default_factory=KnowingPod)
    seconds: float = 0.0

    def __post_init__(self) -> None:
        self.log: list[LogEntry] = []
        self.gaps = Gaps(
            self.standing, monotonic=lambda: self.seconds, now=lambda: _START + timedelta(seconds=self.seconds)
        )

    async def log_has(self, *entries: LogEntry) -> None:
        self.log.extend(entries)
        await self.gaps.take(entries)

    async def after(self, seconds: float) -> Standing:
        """What is found once so much time has passed."""
        self.seconds += seconds
        await self.gaps.judge(self.pod)
        await self.gaps.fill(Log(self.log), self.pod, until=_LONG)
        return self.gaps.standing

    def restarted(self) -> Watched:
        """Another process that goes on from what this one has told."""
        again = Watched(self.gaps.standing, self.pod, self.seconds)
        again.log = self.log
        return again


def _verified(around: Surroundings = _HOOK) -> Watched:
    watched = Watched()
    watched.gaps.look(around)
    return watched


def _entry(uuid: str, seconds: float = 1, event_type: str = SIGN_IN) -> LogEntry:
    """An entry, so many seconds after the hook was verified."""
    return entry(uuid, _NOW_MS + int(seconds * 1000), event_type, payload=uuid.encode())


def _verification(seconds: float) -> LogEntry:
    payload = b'{"target": [{"id": "who12345678901234567", "type": "EventHook"}]}'
    return LogEntry("v", _entry("v", seconds).published_ns, "event_hook.verified", payload)


async def test_an_event_that_came_in_time_is_not_missed() -> None:
    watched = _verified()
    await watched.log_has(_entry("a"))
    watched.pod.known.add("a")
    assert (await watched.after(_LATER)).counts == Counts()


async def test_an_event_that_may_still_come_is_not_missed() -> None:
    watched = _verified()
    await watched.log_has(_entry("a"))
    assert (await watched.after(_LATER - 1)).counts == Counts()


async def test_an_event_that_never_came_is_missed_and_filled() -> None:
    watched = _verified()
    await watched.log_has(_entry("a"))
    standing = await watched.after(_LATER)
    assert (standing.counts, watched.pod.brought) == (Counts(missed=1, filled=1), [b"a"])


async def test_with_detect_only_it_is_missed_and_not_filled() -> None:
    watched = _verified(replace(_HOOK, mode="DetectOnly"))
    await watched.log_has(_entry("a"))
    standing = await watched.after(_LATER)
    assert (standing.counts, watched.pod.brought) == (Counts(missed=1), [])


async def test_with_off_nothing_is_looked_for() -> None:
    watched = _verified(replace(_HOOK, mode="Off"))
    await watched.log_has(_entry("a"))
    assert (await watched.after(_LATER)).counts == Counts()


async def test_an_event_is_missed_once_however_often_the_log_shows_it() -> None:
    watched = _verified()
    await watched.log_has(_entry("a"))
    await watched.after(_LATER)
    watched.pod.known.add("a")
    await watched.gaps.take([_entry("a")])
    assert (await watched.after(_LATER)).counts == Counts(missed=1, filled=1)


async def test_what_was_published_before_the_first_verification_is_not_missed() -> None:
    watched = _verified()
    await watched.log_has(_entry("a", seconds=-1))
    assert (await watched.after(_LATER)).counts == Counts()


async def test_what_was_published_while_the_hook_was_unverified_again_is_missed() -> None:
    watched = _verified()
    watched.gaps.look(replace(_HOOK, verified=False, accepted=frozenset()))
    await watched.log_has(_entry("a"))
    assert (await watched.after(_LATER)).counts.missed == 1


async def test_a_type_that_somebody_took_out_in_okta_stays_due() -> None:
    watched = _verified()
    watched.gaps.look(replace(_HOOK, accepted=frozenset()))
    await watched.log_has(_entry("a"))
    assert (await watched.after(_LATER)).counts.missed == 1


async def test_what_is_published_while_the_hook_is_to_be_inactive_is_not_missed() -> None:
    watched = _verified()
    watched.gaps.look(replace(_HOOK, active=False))
    await watched.log_has(_entry("a"))
    watched.gaps.look(_HOOK)
    assert (await watched.after(_LATER)).counts == Counts()


async def test_oktas_own_word_on_the_verification_counts_where_its_clock_is_ahead() -> None:
    watched = _verified()
    await watched.log_has(_entry("before", seconds=3600), _verification(3601), _entry("after", seconds=3602))
    assert (await watched.after(_LATER)).counts.missed == 1


async def test_oktas_own_word_counts_where_it_was_read_before_the_hook_was_looked_at() -> None:
    watched = Watched()
    await watched.log_has(_verification(-2), _entry("a", seconds=-1))
    watched.gaps.look(_HOOK)
    assert (await watched.after(_LATER)).counts.missed == 1


async def test_an_entry_that_tells_no_time_is_missed_like_any_other() -> None:
    watched = _verified()
    watched.log.append(_entry("a"))
    await watched.gaps.take([_entry("b"), LogEntry("a", 0, SIGN_IN, b"")])
    watched.pod.known.add("b")
    assert (await watched.after(_LATER)).counts.missed == 1


async def test_history_is_brought_before_gaps_and_is_not_missed() -> None:
    watched = Watched()
    watched.log = [_entry("old", seconds=-60), _entry("too old", seconds=-7200)]
    watched.gaps.look(replace(_HOOK, history=timedelta(hours=1)))
    await watched.log_has(_entry("new"))
    standing = await watched.after(_LATER)
    assert standing.counts == Counts(missed=1, filled=1, history=1)
    assert watched.pod.brought == [b"old", b"new"]


async def test_history_is_brought_once() -> None:
    watched = Watched()
    watched.gaps.look(replace(_HOOK, history=timedelta(hours=1)))
    await watched.after(1)
    again = watched.restarted()
    again.gaps.look(replace(_HOOK, history=timedelta(hours=2)))
    assert again.gaps.standing.history is None


async def test_what_was_waited_for_when_the_process_ended_is_found_by_the_next() -> None:
    watched = _verified()
    await watched.log_has(_entry("a"))
    again = watched.restarted()
    again.seconds += 60
    again.gaps.look(_HOOK)
    assert (await again.after(_LATER)).counts.missed == 1


async def test_a_fill_that_was_cut_goes_on_where_it_was() -> None:
    begun = Standing(
        began_ns=1,
        subscription=Subscription({SIGN_IN: 1}),
        to_search=Windows((Window(_NOW_MS * MILLISECOND, (_NOW_MS + 9000) * MILLISECOND),)),
    )
    watched = Watched(begun)
    watched.log = [_entry(str(number), number) for number in range(9)]
    watched.gaps.look(_HOOK)
    watched.pod.takes = 4
    with pytest.raises(PodUnavailable):
        await watched.gaps.fill(Log(watched.log), watched.pod, until=_LONG)
    watched.pod.takes = 100
    watched.pod.known.update(payload.decode() for payload in watched.pod.brought)
    again = watched.restarted()
    again.gaps.look(_HOOK)
    await again.after(1)
    assert again.pod.brought == [str(number).encode() for number in range(9)]


async def test_a_fill_ends_with_its_page_when_the_hook_goes() -> None:
    watched = _verified()
    watched.log = [_entry(str(number), number) for number in range(9)]
    pod = _Ending(gaps=watched.gaps)
    await watched.gaps.take(watched.log)
    watched.seconds += _LATER
    await watched.gaps.judge(pod)
    await watched.gaps.fill(Log(watched.log), pod, until=_LONG)
    assert len(pod.brought) == 2


@dataclass
class _Ending(KnowingPod):
    """A pod whose hook is deleted while it is brought the first events."""

    gaps: Gaps | None = None

    async def bring(self, events: Sequence[bytes]) -> None:
        await super().bring(events)
        assert self.gaps is not None
        self.gaps.end()
