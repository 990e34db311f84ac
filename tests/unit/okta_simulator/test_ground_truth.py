"""What really happened to events."""

from __future__ import annotations

from datetime import UTC, datetime

from okta_simulator.clock import Clock
from okta_simulator.event_hooks.endpoint import Answer, NoAnswer, Reply
from okta_simulator.event_hooks.witness import Attempt, Origin
from okta_simulator.events.log_event import LogEvent, Outcome
from okta_simulator.ground_truth import EventFate, GroundTruth, HookFate, HookSummary

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
HOOK = "who1"
DELIVERED = Answer(204, b"")
TIMEOUT = NoAnswer("timeout", "no answer within 3 s")


def truth(most_events: int = 100) -> GroundTruth:
    return GroundTruth(Clock(speed=0, start=NOW), most_events)


def event(uuid: str) -> LogEvent:
    return LogEvent(
        uuid=uuid,
        published="2026-11-23T12:00:00.000Z",
        event_type="user.session.start",
        display_message="",
        actor={},
        outcome=Outcome("SUCCESS"),
    )


def tried(seen: GroundTruth, *uuids: str, reply: Reply, number: int = 1, origin: Origin = "event") -> None:
    attempt = Attempt(HOOK, "delivery", number, uuids, origin)
    seen.attempted(attempt)
    seen.answered(attempt, reply)


def fate(seen: GroundTruth, uuid: str) -> HookFate:
    found = seen.get(uuid)
    assert found is not None
    return found.hooks[HOOK]


def test_an_event_waits_until_its_hook_acknowledges_it() -> None:
    seen = truth()
    seen.emitted(event("a"), [HOOK])
    assert fate(seen, "a").outcome == "waiting"
    tried(seen, "a", reply=DELIVERED)
    assert fate(seen, "a") == HookFate(
        outcome="acknowledged", attempts=1, acknowledged=1, first_attempt=NOW, last_attempt=NOW, last_answer="204"
    )


def test_a_retry_counts_as_another_attempt() -> None:
    seen = truth()
    seen.emitted(event("a"), [HOOK])
    tried(seen, "a", reply=TIMEOUT)
    assert fate(seen, "a").last_answer == "timeout"
    tried(seen, "a", reply=DELIVERED, number=2)
    assert (fate(seen, "a").attempts, fate(seen, "a").acknowledged) == (2, 1)


def test_what_is_given_up_says_why() -> None:
    seen = truth()
    seen.emitted(event("a"), [HOOK])
    tried(seen, "a", reply=Answer(404, b""))
    seen.given_up(HOOK, ["a"], "The endpoint answered 404")
    assert (fate(seen, "a").outcome, fate(seen, "a").reason) == ("given up", "The endpoint answered 404")


def test_a_late_acknowledgement_outweighs_a_giving_up() -> None:
    seen = truth()
    seen.emitted(event("a"), [HOOK])
    seen.given_up(HOOK, ["a"], "one copy of two")
    tried(seen, "a", reply=DELIVERED)
    assert fate(seen, "a").outcome == "acknowledged"
    assert seen.summary().hooks[HOOK].given_up == 0


def test_the_summary_counts_events_and_requests_by_hook() -> None:
    seen = truth()
    for uuid in "abcd":
        seen.emitted(event(uuid), [HOOK])
    seen.emitted(event("nobody's"), [])
    tried(seen, "a", "b", reply=DELIVERED)
    tried(seen, "a", reply=DELIVERED)
    seen.given_up(HOOK, ["c"], "lost")
    summary = seen.summary()
    assert summary.emitted == 5
    assert summary.hooks == {HOOK: HookSummary(requests=2, attempts=3, due=4, acknowledged=2, repeated=1, given_up=1)}


def test_missing_are_the_events_that_a_hook_has_not_acknowledged() -> None:
    seen = truth()
    for uuid in "abc":
        seen.emitted(event(uuid), [HOOK])
    seen.emitted(event("nobody's"), [])
    tried(seen, "b", reply=DELIVERED)
    assert [one.uuid for one in seen.page(missing_only=True).events] == ["a", "c"]


def test_pages_follow_each_other_in_the_order_of_emission() -> None:
    seen = truth()
    for uuid in "abcde":
        seen.emitted(event(uuid), [])
    first = seen.page(limit=2)
    assert first.next is not None
    second = seen.page(first.next, limit=10)
    assert [one.uuid for one in (*first.events, *second.events)] == [*"abcde"]
    assert second.next is None


def test_the_oldest_events_are_forgotten_but_stay_counted() -> None:
    seen = truth(most_events=2)
    for uuid in "abc":
        seen.emitted(event(uuid), [HOOK])
    tried(seen, "a", reply=DELIVERED)
    assert seen.get("a") is None
    assert (seen.summary().emitted, seen.summary().forgotten) == (3, 1)
    assert [one.uuid for one in seen.page().events] == ["b", "c"]


def test_an_event_that_only_the_console_sent_was_not_emitted() -> None:
    seen = truth()
    tried(seen, "edited", reply=DELIVERED, origin="console")
    found = seen.get("edited")
    assert isinstance(found, EventFate)
    assert found.emitted is None
    assert found.hooks[HOOK].from_console == 1
    assert not found.missing


def test_clearing_begins_with_zeros() -> None:
    seen = truth()
    seen.emitted(event("a"), [HOOK])
    seen.clear()
    assert seen.get("a") is None
    assert seen.summary().emitted == 0
    assert seen.summary().hooks == {}
