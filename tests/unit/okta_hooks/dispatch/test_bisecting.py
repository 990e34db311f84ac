"""Who is at fault when a sink refuses batches: searched for with a sink that is simulated call by call."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from hypothesis import given
from hypothesis import strategies as st

from okta_hooks.dispatch.batch import Event
from okta_hooks.dispatch.bisecting import Search
from okta_hooks.journal import Record
from samples.sinks import outgoing


def numbered(count: int, *, first: int = 0) -> list[Event]:
    return [
        Event(Record(str(number), b"{}", 1), outgoing(str(number), b"{}")) for number in range(first, first + count)
    ]


@dataclass
class Course:
    """What became of events, in order."""

    taken: list[str] = field(default_factory=list)
    given_up: list[str] = field(default_factory=list)
    calls: int = 0


def run(
    search: Search,
    refuses: Callable[[Sequence[str]], bool],
    course: Course | None = None,
    *,
    taken_meanwhile: bool = False,
) -> Course:
    """Hand over until the search is over or held up."""
    course = course or Course()
    search.begin(taken_meanwhile=taken_meanwhile)
    while events := search.next():
        course.calls += 1
        uuids = [event.outgoing.uuid for event in events]
        if not refuses(uuids):
            course.taken += uuids
            search.take()
        elif given_up := search.refuse(events, "HTTP 400"):
            course.given_up.append(given_up.outgoing.uuid)
    return course


def refusing(*bad: str) -> Callable[[Sequence[str]], bool]:
    """A sink that refuses what holds one of these events."""
    return lambda uuids: bool(set(uuids).intersection(bad))


def refusing_all(uuids: Sequence[str]) -> bool:
    return bool(uuids)


def test_a_batch_that_is_taken_is_over() -> None:
    search = Search(numbered(3))
    assert run(search, refusing()).taken == ["0", "1", "2"]
    assert search.is_over
    assert search.holdup is None


def test_one_bad_event_costs_only_itself_and_few_calls() -> None:
    search = Search(numbered(500))
    course = run(search, refusing("123"))
    assert course.given_up == ["123"]
    assert course.taken == [str(number) for number in range(500) if number != 123]
    assert course.calls < 25
    assert search.is_over


@given(bad=st.sets(st.integers(0, 39), max_size=6))
def test_in_the_end_what_is_good_is_taken_in_order_and_what_is_bad_given_up(bad: set[int]) -> None:
    search = Search(numbered(40))
    course = run(search, refusing(*map(str, bad)))
    search.add(numbered(1, first=40))
    run(search, refusing(*map(str, bad)), course)
    assert course.taken == [str(number) for number in range(41) if number not in bad]
    assert sorted(map(int, course.given_up)) == sorted(bad)
    assert search.is_over


def test_a_sink_that_refuses_everything_makes_no_dead_letter_and_is_asked_little() -> None:
    search = Search(numbered(500))
    course = run(search, refusing_all)
    assert (course.taken, course.given_up) == ([], [])
    assert course.calls < 40
    assert search.holdup
    assert search.holdup.paused


def test_once_somebody_has_corrected_it_everything_is_taken_in_order() -> None:
    search = Search(numbered(500))
    run(search, refusing_all)
    run(search, refusing_all)
    course = run(search, refusing())
    assert course.taken == [str(number) for number in range(500)]
    assert search.is_over


def test_a_mistake_that_is_made_while_it_searches_makes_no_dead_letter_either() -> None:
    calls = 0

    def breaks(uuids: Sequence[str]) -> bool:
        nonlocal calls
        calls += 1
        return calls > 4 or "7" in uuids

    search = Search(numbered(64))
    assert run(search, breaks).given_up == []
    course = run(search, refusing("7"))
    assert course.given_up == ["7"]
    assert search.is_over


def test_an_event_that_is_refused_alone_waits_for_another_to_be_taken() -> None:
    search = Search(numbered(1))
    assert run(search, refusing("0")).given_up == []
    assert search.needs_others
    assert search.holdup
    assert search.holdup.reason == "it refuses the event 0 (HTTP 400) and has taken none since"
    search.add(numbered(1, first=1))
    course = run(search, refusing("0"))
    assert (course.taken, course.given_up) == (["1"], ["0"])


def test_what_others_handed_over_meanwhile_is_evidence_too() -> None:
    search = Search(numbered(1))
    run(search, refusing("0"))
    assert run(search, refusing("0"), taken_meanwhile=True).given_up == ["0"]
    assert search.is_over


def test_what_others_handed_over_before_it_was_ever_refused_is_none() -> None:
    search = Search(numbered(1))
    assert run(search, refusing("0"), taken_meanwhile=True).given_up == []
    assert search.needs_others


def test_a_dead_letter_that_is_refused_again_needs_no_evidence() -> None:
    letters = numbered(20)
    for letter in letters:
        letter.was_given_up = True
    search = Search(letters)
    assert len(run(search, refusing_all).given_up) == 20
    assert search.is_over


def test_it_is_taken_after_all_where_the_mistake_was_not_its_own() -> None:
    search = Search(numbered(1))
    run(search, refusing_all)
    search.add(numbered(1, first=1))
    assert run(search, refusing()).taken == ["0", "1"]


def test_many_bad_events_in_a_row_are_passed_in_the_end() -> None:
    search, course = Search(numbered(100)), Course()
    for _ in range(10):
        run(search, refusing(*map(str, range(50))), course)
    assert course.taken == [str(number) for number in range(50, 100)]
    assert len(course.given_up) == 50


def test_after_a_hundred_no_more_are_asked_for() -> None:
    search = Search(numbered(100))
    for _ in range(20):
        run(search, refusing_all)
    assert search.holdup
    assert not search.needs_others


def test_what_is_to_be_tried_again_comes_first() -> None:
    events = numbered(3)
    search = Search(events)
    search.begin(taken_meanwhile=False)
    assert search.next() == events
    search.put_back(events[1:])
    assert search.next() == events[1:]
