"""What Okta wrote down about hooks."""

from __future__ import annotations

from datetime import timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from okta_hooks.system_log.chronicle import Chronicle, Deed, Done, HookChronicle
from okta_hooks.system_log.entry import LogEntry
from unit.okta_hooks.system_log.written_pages import HOOK, NOON, OTHER_HOOK, about, entry

NOON_NS = int(NOON.timestamp()) * 10**9
MINUTE = timedelta(minutes=1)


def failure(uuid: str, reason: str = "timed out", minutes: int = 0, hook: str = HOOK) -> LogEntry:
    """A delivery that Okta gave up."""
    outcome = {"result": "FAILURE", "reason": reason}
    return entry(uuid, "event_hook.delivery", NOON + minutes * MINUTE, outcome=outcome, target=about(hook))


def deed(uuid: str, what: Deed, by: str, minutes: int = 0, *, result: str = "SUCCESS") -> LogEntry:
    """Something that was done to a hook."""
    actor, outcome = {"alternateId": by}, {"result": result}
    return entry(uuid, f"event_hook.{what}", NOON + minutes * MINUTE, actor=actor, outcome=outcome, target=about(HOOK))


def test_deliveries_that_okta_gave_up_are_counted_with_its_reason() -> None:
    known = Chronicle().with_entries([failure("a"), failure("b", "answered 500", minutes=1)]).of(HOOK)
    assert known == HookChronicle(2, NOON_NS + 60 * 10**9, "answered 500")


def test_each_hook_has_its_own() -> None:
    chronicle = Chronicle().with_entries([failure("a"), failure("b", hook=OTHER_HOOK)])
    assert (chronicle.of(HOOK).failures, chronicle.of(OTHER_HOOK).failures) == (1, 1)


def test_a_failure_that_comes_again_counts_once() -> None:
    chronicle = Chronicle().with_entries([failure("a"), failure("a")]).with_entries([failure("a")])
    assert chronicle.of(HOOK).failures == 1


def test_a_failure_that_comes_late_is_counted_and_is_not_the_last() -> None:
    known = Chronicle().with_entries([failure("a", "later", minutes=5), failure("b", "earlier")]).of(HOOK)
    assert (known.failures, known.reason) == (2, "later")


@pytest.mark.parametrize(
    "more",
    [
        {"target": None, "debugContext": {"debugData": {"eventHookId": HOOK}}},
        {"target": [{"id": "0oa1"}, None], "debugContext": {"debugData": {"url": f"/api/v1/eventHooks/{HOOK}?x=1"}}},
        {"target": [{"id": HOOK, "type": None}], "actor": None, "outcome": None},
        {"target": [{"id": HOOK}, {"id": HOOK}]},
    ],
    ids=["in the debug data", "in an address there", "in a target without a type", "in two targets"],
)
def test_the_hook_is_found_wherever_okta_names_it(more: dict[str, object]) -> None:
    assert Chronicle().with_entries([entry("a", "event_hook.delivery", NOON, **more)]).of(HOOK).failures == 1


def test_an_entry_that_names_no_hook_counts_for_none() -> None:
    assert Chronicle().with_entries([entry("a", "event_hook.delivery")]).hooks == {}


def test_other_types_of_events_tell_nothing_of_hooks() -> None:
    assert Chronicle().with_entries([entry("a", "user.session.start", target=about(HOOK))]).hooks == {}


def test_tells_who_did_what_last() -> None:
    known = Chronicle().with_entries(
        [deed("a", "updated", "eve@example.com"), deed("b", "deactivated", "bob@example.com")]
    )
    assert known.of(HOOK).done == {
        "updated": Done("eve@example.com", NOON_NS),
        "deactivated": Done("bob@example.com", NOON_NS),
    }


def test_the_latest_by_okta_s_time_is_the_last_in_whatever_order_they_come() -> None:
    known = Chronicle().with_entries([deed("a", "updated", "later", minutes=5), deed("b", "updated", "earlier")])
    assert known.of(HOOK).done["updated"].by == "later"


def test_what_somebody_tried_in_vain_was_not_done() -> None:
    assert Chronicle().with_entries([deed("a", "verified", "okta", result="FAILURE")]).of(HOOK).done == {}


def test_of_many_hooks_those_are_kept_of_which_something_was_written_last() -> None:
    hooks = [f"who{number:017}" for number in range(150)]
    chronicle = Chronicle().with_entries(failure(hook, hook=hook) for hook in hooks)
    assert list(chronicle.hooks) == hooks[50:]


def test_it_is_kept_as_json() -> None:
    chronicle = Chronicle().with_entries([failure("a"), deed("b", "deleted", "eve@example.com")])
    assert msgspec.json.decode(msgspec.json.encode(chronicle), type=Chronicle) == chronicle


ENTRIES = st.builds(failure, st.sampled_from("abcdef"), st.text(max_size=3), st.integers(0, 9)) | st.builds(
    deed, st.sampled_from("uvwxyz"), st.sampled_from(("updated", "deactivated")), st.text(max_size=3), st.integers(0, 9)
)


@given(st.lists(ENTRIES, max_size=12), st.integers(0, 12))
def test_pages_tell_the_same_however_they_are_cut_and_however_often_they_come(
    entries: list[LogEntry], cut: int
) -> None:
    whole = Chronicle().with_entries(entries)
    in_parts = Chronicle().with_entries(entries[:cut]).with_entries(entries[cut:]).with_entries(entries[cut:])
    assert in_parts.of(HOOK).failures == whole.of(HOOK).failures == len({e.uuid for e in entries if e.uuid < "u"})
    assert {what: done.at_ns for what, done in in_parts.of(HOOK).done.items()} == {
        what: done.at_ns for what, done in whole.of(HOOK).done.items()
    }
