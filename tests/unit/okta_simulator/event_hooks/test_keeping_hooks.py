"""Hooks and the day's count outlive the process, where a state file is kept."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from okta_simulator.caller import SYSTEM
from okta_simulator.clock import Clock
from okta_simulator.event_hooks.body import EventHookBody
from okta_simulator.event_hooks.daily_cap import Count, DailyCap
from okta_simulator.event_hooks.hook import EventHook
from okta_simulator.event_hooks.registry import EventHooks
from okta_simulator.events.catalog import Catalog
from okta_simulator.ids import Ids
from okta_simulator.options import Limits, Options
from okta_simulator.state.collection import Collection
from okta_simulator.state.file import StateFile
from unit.okta_simulator.event_hooks.tenant import hook_body
from unit.okta_simulator.management_client import Written


@contextmanager
def kept(path: Path) -> Iterator[tuple[EventHooks, DailyCap]]:
    state = StateFile(path)
    clock, written = Clock(), Written()
    collection = Collection("event_hook", EventHook, state)
    hooks = EventHooks(collection, Catalog(), written, clock, Ids(), Options())
    yield hooks, DailyCap(Collection("delivered_events", Count, state), Limits(), written, clock)
    state.close()


def test_a_hook_comes_back_as_it_was_with_its_secret(tmp_path: Path) -> None:
    condition = {"expression": "event.actor.id ne null"}
    mapped = {"eventFilterMap": [{"event": "user.session.start", "condition": condition}]}
    events = {"type": "EVENT_TYPE", "items": ["user.session.start"], "filter": mapped}
    with kept(tmp_path / "state") as (hooks, _):
        made = hooks.create(msgspec.convert(hook_body(events=events), EventHookBody), SYSTEM)
    with kept(tmp_path / "state") as (hooks, _):
        assert hooks.get(made.id) == made
        assert made.channel.auth is not None
        assert made.channel.auth.value == "the-secret"


def test_a_deleted_hook_stays_deleted(tmp_path: Path) -> None:
    with kept(tmp_path / "state") as (hooks, _):
        made = hooks.create(msgspec.convert(hook_body(), EventHookBody), SYSTEM)
        hooks.deactivate(made.id, SYSTEM)
        hooks.delete(made.id, SYSTEM)
    with kept(tmp_path / "state") as (hooks, _):
        assert list(hooks) == []


def test_the_count_of_the_day_goes_on(tmp_path: Path) -> None:
    with kept(tmp_path / "state") as (_, cap):
        cap.take(5)
    with kept(tmp_path / "state") as (_, cap):
        assert cap.sent == 5
