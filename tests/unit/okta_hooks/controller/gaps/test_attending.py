"""What a hook says of its gaps."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import aiohttp
import pytest
from pydantic import JsonValue

from okta_hooks.controller.gaps.attending import GapAttendant, GapsSeen
from okta_hooks.controller.gaps.searching import GapSearches
from okta_hooks.controller.hooks.hook_object import HookObject
from okta_hooks.okta.port import Hook
from okta_hooks.reconcile.desired import desired

_NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
_TYPE = "user.session.start"


@pytest.fixture
async def attendant() -> AsyncIterator[GapAttendant]:
    async with aiohttp.ClientSession() as session:
        yield GapAttendant(session, GapSearches(lambda _hook, _after: None))


def test_a_search_begins_when_okta_trusts_the_hook(attendant: GapAttendant) -> None:
    assert _looked(attendant, _hook()).backfill.since is not None


def test_an_unverified_hook_has_nothing_due(attendant: GapAttendant) -> None:
    assert _looked(attendant, _hook(), trusted=False).backfill.since is None


def test_an_endpoint_of_the_users_own_is_not_searched(attendant: GapAttendant) -> None:
    hook = _hook(receiver={"mode": "External"})
    _look(attendant, hook)
    assert attendant.seen(hook, desired(hook.spec, hook.owner("here")), _NOW) is None


def test_of_a_filter_that_cannot_be_evaluated_it_is_said_what_follows_and_why(attendant: GapAttendant) -> None:
    seen = _looked(attendant, _hook(filters=[{"eventType": _TYPE, "expression": "event.client.zone eq 'x'"}]))
    assert seen.backfill.message == (
        f"Of {_TYPE}, events that did not come are counted as undecided and not brought: a filter that the operator"
        f" can't evaluate may have left them out. The filter of {_TYPE}: event.client.zone is no field that Okta"
        " documents for filters."
    )


def test_of_a_filter_that_can_be_evaluated_nothing_is_said(attendant: GapAttendant) -> None:
    seen = _looked(attendant, _hook(filters=[{"eventType": _TYPE, "expression": "event.actor.type eq 'User'"}]))
    assert seen.backfill.message is None


def test_events_that_were_missed_a_short_time_ago_are_told(attendant: GapAttendant) -> None:
    assert _looked(attendant, _hook(missed_at=_NOW - timedelta(minutes=4))).missed == "Repair"


def test_events_that_were_missed_and_brought_a_while_ago_are_told_no_more(attendant: GapAttendant) -> None:
    assert _looked(attendant, _hook(missed_at=_NOW - timedelta(minutes=6))).missed is None


def test_events_that_are_only_counted_are_told_for_longer(attendant: GapAttendant) -> None:
    hook = _hook(missed_at=_NOW - timedelta(minutes=6), delivery={"backfill": "DetectOnly"})
    assert _looked(attendant, hook).missed == "DetectOnly"


def test_events_that_are_still_to_be_brought_are_told(attendant: GapAttendant) -> None:
    found = _NOW - timedelta(hours=2)
    hook = _hook(missed_at=found, to_search=(found - timedelta(minutes=9), found - timedelta(minutes=3)))
    assert _looked(attendant, hook).missed == "Repair"


def test_with_off_nothing_is_told(attendant: GapAttendant) -> None:
    assert _looked(attendant, _hook(missed_at=_NOW, delivery={"backfill": "Off"})).missed is None


def _hook(
    missed_at: datetime | None = None, to_search: tuple[datetime, datetime] | None = None, **spec: JsonValue
) -> HookObject:
    """A hook, perhaps with what an earlier operator has found."""
    backfill: dict[str, JsonValue] = {"mode": "Repair"}
    if missed_at is not None:
        backfill["lastMissedTime"] = missed_at.isoformat()
    if to_search is not None:
        backfill["toSearch"] = [{"since": to_search[0].isoformat(), "until": to_search[1].isoformat()}]
    wanted: dict[str, JsonValue] = {"eventTypes": [_TYPE], "exposure": {"url": "https://hooks.example.com/a"}, **spec}
    metadata = {"name": "sign-ins", "namespace": "team", "uid": "1", "resourceVersion": "1", "generation": 1}
    return HookObject.model_validate({"metadata": metadata, "spec": wanted, "status": {"backfill": backfill}})


def _look(attendant: GapAttendant, hook: HookObject, *, trusted: bool = True) -> None:
    wanted = desired(hook.spec, hook.owner("here"))
    shown = Hook("who1", wanted.definition, "ACTIVE", "VERIFIED" if trusted else "UNVERIFIED", "")
    attendant.look(hook, wanted, shown, None, None)


def _looked(attendant: GapAttendant, hook: HookObject, *, trusted: bool = True) -> GapsSeen:
    """What is said after a look."""
    _look(attendant, hook, trusted=trusted)
    seen = attendant.seen(hook, desired(hook.spec, hook.owner("here")), _NOW)
    assert seen is not None
    return seen
