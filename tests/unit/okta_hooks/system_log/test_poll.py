"""The poll of an organisation's System Log: nothing is passed over, and nothing goes on for ever."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from okta_hooks.okta.errors import OktaError, RateLimited, Refused, Unavailable
from okta_hooks.okta.port import LogPage
from okta_hooks.system_log.kept import Kept, read_kept
from okta_hooks.system_log.poll import Poll, Surroundings
from okta_hooks.system_log.position import OVERLAP, Position
from unit.okta_hooks.system_log.written_pages import HOOK, NOON, Clock, NotedReader, WrittenPages, about, entry, page

LIMIT = 2
BROKEN = Unavailable("read system log", "answered with status 500, without a reason")
BUSY = RateLimited("read system log", "too many requests")


@dataclass
class TextKeeper:
    """A `Keeper` that keeps what was saved last as text, as the real one does; it may be made to fail."""

    text: str = ""
    saves: int = 0
    failure: Exception | None = None

    async def load(self) -> Kept | None:
        return read_kept(self.text) if self.text else None

    async def save(self, kept: Kept) -> None:
        if self.failure is not None:
            raise self.failure
        self.text, self.saves = kept.text(), self.saves + 1


@dataclass
class World:
    """A poll of a log that a test writes."""

    log: WrittenPages = field(default_factory=lambda: WrittenPages({}))
    readers: list[NotedReader] = field(default_factory=lambda: [NotedReader()])
    keeper: TextKeeper = field(default_factory=TextKeeper)
    clock: Clock = field(default_factory=Clock)

    def __post_init__(self) -> None:
        self.poll = self.restarted()

    def restarted(self) -> Poll:
        """The poll of another process, which knows what was kept and nothing else."""
        self.poll = Poll(Surroundings(lambda: self.log, lambda: self.readers, self.keeper, self.clock))
        return self.poll

    def write(self, **pages: LogPage | OktaError) -> None:
        """Let the log have these pages, by cursor; `first` is what a query gets that begins anew."""
        self.log.pages = {("" if cursor == "first" else cursor): given for cursor, given in pages.items()}

    def cursors(self) -> list[str]:
        """What was asked for, in turn."""
        return [query.after for query in self.log.asked]


@pytest.fixture
def world() -> World:
    return World()


def full(*uuids: str, then: str) -> LogPage:
    """A page that can hold no more."""
    return page(*map(entry, uuids), then=then, limit=LIMIT)


def last(*uuids: str, then: str) -> LogPage:
    """A page that could hold far more."""
    return page(*map(entry, uuids), then=then, limit=1000)


async def test_reads_page_after_page_until_one_is_not_full(world: World) -> None:
    world.write(first=full("a", "b", then="2"), **{"2": full("c", "d", then="3"), "3": last("e", then="4")})
    await world.poll.round()
    assert world.readers[0].uuids == ["a", "b", "c", "d", "e"]
    assert world.cursors() == ["", "2", "3"], "no call is spent on an empty page"


async def test_the_next_round_goes_on_behind_the_last_page(world: World) -> None:
    world.write(first=last("a", then="2"), **{"2": last("b", then="3")})
    await world.poll.round()
    await world.poll.round()
    assert world.readers[0].uuids == ["a", "b"]


async def test_another_process_goes_on_where_this_one_was(world: World) -> None:
    world.write(first=last("a", then="2"), **{"2": last("b", then="3")})
    await world.poll.round()
    await world.restarted().round()
    assert world.cursors() == ["", "2"]
    assert world.readers[0].uuids == ["a", "b"]


async def test_all_who_read_along_share_one_query(world: World) -> None:
    world.readers.append(NotedReader(frozenset({"user.session.end"})))
    world.write(first=last("a", then="2"))
    await world.poll.round()
    assert [reader.uuids for reader in world.readers] == [["a"], ["a"]]
    (query,) = world.log.asked
    assert all(
        f'"{each}"' in query.filter for each in ("user.session.start", "user.session.end", "event_hook.delivery")
    )


async def test_a_reader_of_other_types_lets_the_query_begin_anew_with_an_overlap(world: World) -> None:
    world.write(first=page(entry("a"), then="2", told_at=NOON))
    await world.poll.round()
    world.readers.append(NotedReader(frozenset({"user.session.end"})))
    await world.poll.round()
    _, second = world.log.asked
    assert second.since == NOON - OVERLAP
    assert "user.session.end" in second.filter
    assert world.readers[0].uuids == ["a"], "what it has read before is no news to it"


async def test_a_page_that_comes_again_is_given_once(world: World) -> None:
    world.write(first=full("a", "b", then="2"), **{"2": full("a", "b", then="3"), "3": last("b", "c", then="4")})
    await world.poll.round()
    assert world.readers[0].uuids == ["a", "b", "c"]


async def test_an_identity_that_a_page_has_twice_is_given_once(world: World) -> None:
    world.write(first=last("a", "a", "b", then="2"))
    await world.poll.round()
    assert world.readers[0].uuids == ["a", "b"]


async def test_entries_of_which_nothing_can_be_told_are_given_too(world: World) -> None:
    odd = b'[null,{"uuid":null,"actor":null},{"uuid":"a","surprise":{"deep":[1]}}]'
    world.write(first=page(body=odd, then="2"))
    await world.poll.round()
    assert world.readers[0].uuids == ["", "", "a"]


async def test_times_that_are_out_of_order_do_not_change_the_order_of_the_log(world: World) -> None:
    hour = timedelta(hours=1)
    entries = (entry("a", at=NOON + hour), entry("b", at=NOON - hour), entry("c", at=NOON))
    world.write(first=page(*entries, then="2"))
    await world.poll.round()
    assert world.readers[0].uuids == ["a", "b", "c"]


async def test_a_next_link_that_leads_to_its_own_page_ends_the_round(world: World) -> None:
    world.write(first=full("a", "b", then="2"), **{"2": full("c", "d", then="2")})
    await world.poll.round()
    assert world.cursors() == ["", "2"]
    assert world.readers[0].uuids == ["a", "b", "c", "d"]


async def test_next_links_that_lead_in_a_circle_end_the_round(world: World) -> None:
    world.write(first=full("a", "b", then="2"), **{"2": full("c", "d", then="3"), "3": full("e", "f", then="2")})
    await world.poll.round()
    assert world.readers[0].uuids == ["a", "b", "c", "d", "e", "f"]
    assert len(world.cursors()) <= 5


async def test_a_full_page_without_a_next_link_is_told(world: World) -> None:
    world.write(first=full("a", "b", then=""))
    with pytest.raises(Unavailable, match="does not say where the next one begins"):
        await world.poll.round()


async def test_a_last_page_without_a_next_link_lets_the_query_begin_anew(world: World) -> None:
    world.write(first=last("a", then=""))
    await world.poll.round()
    await world.poll.round()
    assert world.cursors() == ["", ""]
    assert world.readers[0].uuids == ["a"]


@pytest.mark.parametrize("failure", [BROKEN, BUSY], ids=["500", "429"])
async def test_a_next_link_that_fails_for_ten_minutes_is_gone_on_with_afterwards(
    world: World, failure: OktaError
) -> None:
    world.write(first=full("a", "b", then="2"), **{"2": failure})
    for _ in range(10):
        with pytest.raises(type(failure)):
            await world.poll.round()
        world.clock.advance(timedelta(minutes=1))
    world.write(**{"2": last("c", then="3")})
    await world.poll.round()
    assert world.readers[0].uuids == ["a", "b", "c"]
    assert world.cursors() == ["", *["2"] * 11], "each round asks once, and never again for what was read"


async def test_a_cursor_that_okta_does_not_take_any_more_is_given_up_for_an_overlap(world: World) -> None:
    world.write(first=last("a", then="2"))
    await world.poll.round()
    world.write(first=last("a", "b", then="3"), **{"2": Refused("read system log", "the cursor is not valid")})
    await world.poll.round()
    assert world.readers[0].uuids == ["a", "b"]
    assert world.cursors() == ["", "2", ""]


async def test_a_query_that_is_refused_without_a_cursor_is_told(world: World) -> None:
    world.write(first=Refused("read system log", "the filter is not valid"))
    with pytest.raises(Refused):
        await world.poll.round()
    assert len(world.cursors()) == 1


async def test_a_page_that_a_reader_could_not_take_comes_again(world: World) -> None:
    world.write(first=last("a", then="2"))
    world.readers[0].failure = RuntimeError("not now")
    with pytest.raises(RuntimeError):
        await world.poll.round()
    world.readers[0].failure = None
    await world.poll.round()
    assert world.readers[0].uuids == ["a"]


async def test_a_page_whose_position_could_not_be_kept_comes_again(world: World) -> None:
    world.write(first=page(entry("a", "event_hook.delivery", target=about(HOOK)), then="2"))
    world.keeper.failure = RuntimeError("no API server")
    with pytest.raises(RuntimeError):
        await world.poll.round()
    world.keeper.failure = None
    await world.poll.round()
    assert world.readers[0].uuids == ["a", "a"]
    assert world.poll.chronicle.of(HOOK).failures == 1


async def test_what_is_known_of_hooks_outlives_the_process(world: World) -> None:
    world.write(first=page(entry("a", "event_hook.delivery", target=about(HOOK)), then="2"), **{"2": last(then="2")})
    await world.poll.round()
    await world.restarted().round()
    assert world.poll.chronicle.of(HOOK).failures == 1


async def test_a_quiet_organization_is_not_kept_each_round(world: World) -> None:
    world.write(first=last(then="2"), **{"2": last(then="3"), "3": last(then="4")})
    for _ in range(3):
        await world.poll.round()
        world.clock.advance(timedelta(minutes=1))
    assert world.keeper.saves == 1


async def test_what_was_kept_by_another_version_is_begun_anew(world: World) -> None:
    world.keeper.text = '{"position": 5}'
    world.write(first=last("a", then="2"))
    await world.poll.round()
    assert world.readers[0].uuids == ["a"]


async def test_tells_when_the_log_was_read_to_its_end(world: World) -> None:
    world.write(first=full("a", "b", then="2"), **{"2": BROKEN})
    with pytest.raises(Unavailable):
        await world.poll.round()
    assert world.poll.read_through_at is None
    world.write(**{"2": last(then="3")})
    await world.poll.round()
    assert world.poll.read_through_at == NOON


def test_what_is_kept_is_read_as_it_was() -> None:
    kept = Kept(Position("c", 'eventType eq "a"', NOON))
    assert read_kept(kept.text()) == kept
