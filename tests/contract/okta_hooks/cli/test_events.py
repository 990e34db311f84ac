"""`events` and `tail`, asked of a dispatcher that runs."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from contract.okta_hooks.cli.asked import BEGIN, SECOND, Asked, event
from okta_hooks.admin.dispatcher_requests import JournalEvent
from okta_hooks.cli.actions.events import COLUMNS, follow_events, list_events
from okta_hooks.cli.cluster.dispatcher import EventsWanted, connected
from okta_hooks.cli.failures import Failed, NotThere, Unusable
from okta_hooks.cli.output import printer

EVERYTHING = EventsWanted()


def moment(number: int) -> datetime:
    """When the event of that number was received."""
    return datetime.fromtimestamp(BEGIN // SECOND, UTC) + timedelta(seconds=number)


def shown(asked: Asked, wanted: EventsWanted = EVERYTHING, *, limit: int | None = None) -> list[str]:
    """The uuids that are shown."""
    seen: list[JournalEvent] = []
    list_events(asked.dispatcher, wanted, limit=limit, show=seen.append)
    return [each.uuid for each in seen]


async def test_the_whole_journal_is_shown_in_its_order_however_many_answers_it_takes(asked: Asked) -> None:
    await asked.receive(*map(event, range(2500)))
    assert shown(asked) == [f"uuid-{number}" for number in range(2500)]


@pytest.mark.parametrize(
    ("wanted", "numbers"),
    [
        (EventsWanted(since=moment(3)), (3, 4)),
        (EventsWanted(until=moment(2)), (0, 1)),
        (EventsWanted(since=moment(1), until=moment(3)), (1, 2)),
        (EventsWanted(types=("user.account.*",)), (4,)),
        (EventsWanted(types=("user.account.lock", "user.session.*")), (0, 1, 2, 3, 4)),
        (EventsWanted(uuid="uuid-2"), (2,)),
    ],
)
async def test_what_is_not_wanted_is_left_out(asked: Asked, wanted: EventsWanted, numbers: tuple[int, ...]) -> None:
    await asked.receive(*map(event, range(4)), event(4, event_type="user.account.lock"))
    assert shown(asked, wanted) == [f"uuid-{number}" for number in numbers]


async def test_more_than_the_limit_is_said_to_be_there(asked: Asked, capsys: pytest.CaptureFixture[str]) -> None:
    await asked.receive(*map(event, range(3)))
    assert shown(asked, limit=2) == ["uuid-0", "uuid-1"]
    assert capsys.readouterr().err == "The first 2 events: give a greater --limit, or 0 for all.\n"


async def test_no_more_than_there_is_says_nothing(asked: Asked, capsys: pytest.CaptureFixture[str]) -> None:
    await asked.receive(*map(event, range(2)))
    assert shown(asked, limit=2) == ["uuid-0", "uuid-1"]
    assert capsys.readouterr().err == ""


async def test_an_event_that_never_came_is_not_there(asked: Asked) -> None:
    with pytest.raises(NotThere, match="the journal has no event nobody"):
        shown(asked, EventsWanted(uuid="nobody"))


async def test_a_table_names_what_tells_events_apart(asked: Asked, capsys: pytest.CaptureFixture[str]) -> None:
    await asked.receive(event(0))
    list_events(asked.dispatcher, EVERYTHING, limit=None, show=printer("table", COLUMNS))
    assert capsys.readouterr().out.splitlines()[1].split() == [
        "2023-11-14T22:13:20Z", "-", "uuid-0", "hook", "no", "user.session.start",
    ]  # fmt: skip


async def test_tail_shows_what_comes_from_now_on_and_nothing_from_before(asked: Asked) -> None:
    await asked.receive(event(0))
    seen: list[str] = []
    turns = iter(("before anything came", "after it came", "enough"))

    async def receive_one() -> None:
        await asked.receive(event(1))

    loop = asyncio.get_running_loop()

    def pause() -> None:
        if next(turns) == "before anything came":
            asyncio.run_coroutine_threadsafe(receive_one(), loop).result(30)
        elif seen:
            raise _Enough

    with pytest.raises(_Enough):
        await asyncio.to_thread(
            follow_events, asked.dispatcher, EVERYTHING, show=lambda each: seen.append(each.uuid), pause=pause
        )
    assert seen == ["uuid-1"]


async def test_a_wrong_type_is_refused_in_the_dispatchers_own_words(asked: Asked) -> None:
    with pytest.raises(Unusable, match="the parameters are wrong"):
        asked.dispatcher.events(EVERYTHING, after=None, limit=0)


async def test_another_token_is_not_accepted(asked: Asked) -> None:
    with connected(asked.port, "another token") as dispatcher, pytest.raises(Failed, match="does not accept the token"):
        dispatcher.statistics()


async def test_a_dispatcher_that_is_gone_does_not_answer(asked: Asked) -> None:
    asked.process.kill()
    with pytest.raises(Failed, match="the dispatcher does not answer: see whether its pod runs"):
        asked.dispatcher.statistics()


class _Enough(Exception):
    """Somebody pressed Ctrl-C."""
