"""`replay` and `replays`, asked of a dispatcher that runs."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

import pytest

from contract.okta_hooks.cli.asked import BEGIN, SECOND, Asked, event, unwritable
from okta_hooks.admin.dispatcher_requests import ReplayOrder, ReplaySeen
from okta_hooks.cli.actions.replays import Patience, list_replays, replay
from okta_hooks.cli.failures import Failed, NotThere, Unusable

SINCE = datetime.fromtimestamp(BEGIN // SECOND, UTC)
ALL = ReplayOrder(SINCE)


def until_done() -> Patience:
    return Patience(timedelta(seconds=60), time.monotonic, lambda: time.sleep(0.01))


async def test_it_is_seen_to_its_end(asked: Asked) -> None:
    await asked.receive(*map(event, range(20)))
    seen: list[ReplaySeen] = []
    replay(asked.dispatcher, ReplayOrder(SINCE, SINCE + timedelta(seconds=5)), patience=until_done(), show=seen.append)
    assert [(each.sink, each.state, each.delivered) for each in seen] == [("console", "done", 5)]
    await asked.process.lines(25)


async def test_what_is_refused_again_makes_it_fail(asked: Asked) -> None:
    await asked.receive(event(0), unwritable(1))
    with pytest.raises(Failed, match="console refused 1 of these events: see `dead-letters list`"):
        replay(asked.dispatcher, ALL, patience=until_done(), show=lambda _: None)


async def test_without_waiting_it_is_only_begun(asked: Asked) -> None:
    await asked.receive(event(0))
    seen: list[ReplaySeen] = []
    replay(asked.dispatcher, ALL, patience=None, show=seen.append)
    assert [each.id for each in seen] == [1]


async def test_without_patience_it_goes_on_in_the_cluster(asked: Asked) -> None:
    await asked.receive(*map(event, range(20)))
    impatient = Patience(timedelta(0), lambda: 0.0, lambda: None)
    with pytest.raises(Failed, match=r"replay 1 to console goes on in the cluster: see `replays list`"):
        replay(asked.dispatcher, ALL, patience=impatient, show=lambda _: None)


async def test_those_that_ended_are_listed(asked: Asked) -> None:
    await asked.receive(event(0))
    replay(asked.dispatcher, ALL, patience=until_done(), show=lambda _: None)
    seen: list[ReplaySeen] = []
    list_replays(asked.dispatcher, seen.append)
    assert [(each.id, each.state) for each in seen] == [(1, "done")]


async def test_one_that_does_not_exist_can_not_be_cancelled(asked: Asked) -> None:
    with pytest.raises(NotThere, match="there is no replay 7"):
        asked.dispatcher.cancel_replay(7)


@pytest.mark.parametrize(
    ("order", "sentence"),
    [
        (ReplayOrder(SINCE, sinks=("nowhere",)), "there is no sink nowhere: the sinks are console"),
        (ReplayOrder(SINCE, route="nowhere"), "there is no route nowhere: the routes are none"),
    ],
)
async def test_what_it_names_has_to_exist(asked: Asked, order: ReplayOrder, sentence: str) -> None:
    with pytest.raises(NotThere, match=sentence):
        replay(asked.dispatcher, order, patience=None, show=lambda _: None)


async def test_a_time_that_ends_before_it_begins_is_refused(asked: Asked) -> None:
    with pytest.raises(Unusable, match="`since` must be before `until`"):
        replay(asked.dispatcher, ReplayOrder(SINCE, SINCE), patience=None, show=lambda _: None)
