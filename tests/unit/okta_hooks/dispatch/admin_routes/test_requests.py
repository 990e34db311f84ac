"""Dead letters and replays over HTTP: what may be asked, and what is said of what may not."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from okta_hooks.dispatch.admin_routes.dead_letters import DeadLetterRoutes
from okta_hooks.dispatch.admin_routes.events import EventsLookup
from okta_hooks.dispatch.admin_routes.replays import ReplayRoutes
from okta_hooks.dispatch.configuration import Configuration, SinkConfiguration
from okta_hooks.journal import LogReader, Record
from okta_hooks.routing import RouteSettings
from okta_hooks.sinks import Judged, RefusedForGood, StdoutSettings
from samples.dispatch import Bench, PickySink, ScriptedSink, a_bench, events

Client = TestClient[web.Request, web.Application]
CONFIGURATION = Configuration(
    org="https://acme.okta.com",
    sinks=tuple(SinkConfiguration(name=name, to=StdoutSettings()) for name in ("siem", "topic")),
    routes=(RouteSettings(name="all", sinks=("siem",)),),
)


@pytest.fixture
async def bench(tmp_path: Path) -> AsyncIterator[Bench]:
    async with a_bench(tmp_path) as bench:
        yield bench


@pytest.fixture
async def client(bench: Bench, tmp_path: Path) -> AsyncIterator[Client]:
    reader, requests = LogReader(tmp_path / "journal"), bench.own.requests
    letters = DeadLetterRoutes(requests, lambda: ("siem", "topic"))
    replays = ReplayRoutes(
        requests, reader, bench.indexing, configuration=lambda: CONFIGURATION, holdups=lambda: {"siem": None}
    )
    application = web.Application()
    application.router.add_get("/events", EventsLookup(reader, bench.own.index).handler())
    application.router.add_get("/dead-letters", letters.listing())
    application.router.add_get("/dead-letters/{sink}/{uuid}", letters.showing())
    application.router.add_post("/dead-letters/replay", letters.replaying())
    application.router.add_post("/dead-letters/discard", letters.discarding())
    application.router.add_post("/replay", replays.ordering())
    application.router.add_get("/replays", replays.listing())
    application.router.add_get("/replays/{id}", replays.showing())
    application.router.add_delete("/replays/{id}", replays.cancelling())
    async with TestClient(TestServer(application)) as client:
        yield client


async def asked(client: Client, method: str, path: str, *, json: object = None) -> tuple[int, Any]:
    """The status and the body of an answer."""
    async with client.request(method, path, json=json) as answer:
        return answer.status, await answer.json()


async def three_letters(bench: Bench) -> None:
    await bench.journal.append(events(8))
    await bench.indexed()
    await bench.start("siem", PickySink(1, 3, 5))
    await bench.caught_up("siem")


async def test_lists_dead_letters_a_part_at_a_time(bench: Bench, client: Client) -> None:
    await three_letters(bench)
    _, first = await asked(client, "GET", "/dead-letters?sink=siem&limit=2")
    _, second = await asked(client, "GET", f"/dead-letters?limit=2&after={first['next']}")
    assert [letter["uuid"] for letter in first["deadLetters"] + second["deadLetters"]] == ["uuid-1", "uuid-3", "uuid-5"]
    assert (first["complete"], second["complete"]) == (False, True)
    assert first["deadLetters"][0]["reason"] == "HTTP 400"


async def test_shows_one_with_its_event(bench: Bench, client: Client) -> None:
    await three_letters(bench)
    status, letter = await asked(client, "GET", "/dead-letters/siem/uuid-3")
    assert (status, letter["event"], letter["replaying"]) == (200, {"n": 3, "content": ""}, False)


async def test_discards_those_that_are_named_or_all_of_a_sink(bench: Bench, client: Client) -> None:
    await three_letters(bench)
    one = {"sinks": ["siem"], "uuids": ["uuid-1", "never"]}
    assert await asked(client, "POST", "/dead-letters/discard", json=one) == (200, {"discarded": 1})
    assert await asked(client, "POST", "/dead-letters/discard", json={"sinks": ["siem"]}) == (200, {"discarded": 2})


async def test_has_them_given_again(bench: Bench, client: Client) -> None:
    await three_letters(bench)
    wanted = {"sinks": ["siem"], "uuids": ["uuid-1"]}
    assert await asked(client, "POST", "/dead-letters/replay", json=wanted) == (202, {"selected": 1})


async def test_orders_a_replay_and_tells_how_far_it_is(bench: Bench, client: Client) -> None:
    await bench.journal.append(events(4))
    await bench.indexed()
    status, ordered = await asked(client, "POST", "/replay", json={"since": "2020-01-01T00:00:00Z", "sinks": ["topic"]})
    (replay,) = ordered["replays"]
    assert (status, replay["sink"], replay["state"], replay["records"], replay["total"]) == (
        202,
        "topic",
        "running",
        0,
        4,
    )
    assert replay["reason"] == "the sink topic is not configured: bring it back, or cancel the replay"
    await bench.start("topic", sink := ScriptedSink())
    await bench.caught_up("topic")
    seen = replay
    while seen["state"] != "done":
        _, seen = await asked(client, "GET", f"/replays/{replay['id']}")
    assert (seen["records"], seen["delivered"]) == (4, 4)
    assert len(sink.taken) == 8


async def test_a_replay_without_sinks_is_for_all_of_them_or_those_of_the_route(bench: Bench, client: Client) -> None:
    await bench.journal.append(events(1))
    await bench.indexed()
    since = {"since": "2020-01-01T00:00:00Z"}
    _, every = await asked(client, "POST", "/replay", json=since)
    _, routed = await asked(client, "POST", "/replay", json=since | {"route": "all"})
    assert [replay["sink"] for replay in every["replays"]] == ["siem", "topic"]
    assert [replay["sink"] for replay in routed["replays"]] == ["siem"]


async def test_cancels_a_replay(bench: Bench, client: Client) -> None:
    await bench.journal.append(events(1))
    await bench.indexed()
    _, ordered = await asked(client, "POST", "/replay", json={"since": "2020-01-01T00:00:00Z", "sinks": ["topic"]})
    _, cancelled = await asked(client, "DELETE", f"/replays/{ordered['replays'][0]['id']}")
    assert cancelled["state"] == "cancelled"


async def test_a_time_beyond_all_events_is_all_of_them(bench: Bench, client: Client) -> None:
    await bench.journal.append(events(4))
    await bench.indexed()
    ever = {"since": "0001-01-01T00:00:00Z", "until": "9999-12-31T23:59:59Z", "sinks": ["topic"]}
    status, ordered = await asked(client, "POST", "/replay", json=ever)
    assert (status, ordered["replays"][0]["total"]) == (202, 4)


async def test_looking_for_what_is_beyond_the_journal_finds_nothing(bench: Bench, client: Client) -> None:
    await bench.journal.append(events(4))
    await bench.indexed()
    behind = await asked(client, "GET", f"/events?after={10**25}:{10**25}:{10**25}")
    later = await asked(client, "GET", "/events?since=9999-01-01T00:00:00Z")
    assert [(status, page["events"]) for status, page in (behind, later)] == [(200, []), (200, [])]


async def test_a_list_of_large_dead_letters_comes_in_parts(bench: Bench, client: Client) -> None:
    await bench.journal.append([Record(str(number), b'"%s"' % (b"x" * 900_000), 1) for number in range(4)])
    await bench.indexed()
    refused = Judged((RefusedForGood("too large"),))
    await bench.start("siem", ScriptedSink(*[refused] * 4))
    await bench.caught_up("siem")
    _, first = await asked(client, "GET", "/dead-letters")
    _, second = await asked(client, "GET", f"/dead-letters?after={first['next']}")
    assert [[letter["uuid"] for letter in page["deadLetters"]] for page in (first, second)] == [["0", "1"], ["2", "3"]]
    assert (first["complete"], second["complete"]) == (False, True)


@pytest.mark.parametrize(
    ("asking", "json", "status", "sentence"),
    [
        ("GET /events?limit=0", None, 400, "limit"),
        ("GET /events?since=yesterday", None, 400, "since"),
        ("GET /events?colour=red", None, 400, "colour"),
        ("GET /dead-letters?after=x", None, 400, "after"),
        ("GET /dead-letters?after=-1", None, 400, "after"),
        ("GET /dead-letters?after=9223372036854775808", None, 400, "after"),
        ("GET /events?after=1:2", None, 400, "`after` is '1:2' and must be `next` of an answer, or `end`"),
        ("GET /events?limit=1001", None, 400, "limit"),
        ("GET /dead-letters/siem/never", None, 404, "the sink siem has no dead letter of the event never"),
        ("POST /dead-letters/discard", {}, 400, "sinks"),
        ("POST /dead-letters/discard", {"sinks": []}, 400, "sinks"),
        ("POST /dead-letters/replay", {"sinks": ["gone"]}, 409, "the sink gone is not configured"),
        ("POST /replay", {}, 400, "since"),
        ("POST /replay", {"since": "2020-01-01T00:00:00"}, 400, "since"),
        ("POST /replay", {"since": "2100-01-01T00:00:00Z"}, 400, "`since` must be before `until`, and in the past"),
        (
            "POST /replay",
            {"since": "2020-01-01T00:00:00Z", "sinks": ["x"]},
            404,
            "there is no sink x: the sinks are",
        ),
        (
            "POST /replay",
            {"since": "2020-01-01T00:00:00Z", "route": "x"},
            404,
            "there is no route x: the routes are",
        ),
        (
            "POST /replay",
            {"since": "2020-01-01T00:00:00Z", "route": "all", "sinks": ["topic"]},
            409,
            "the route all does not lead to the sink topic",
        ),
        ("GET /replays/7", None, 404, "there is no replay 7"),
        ("GET /replays/99999999999999999999", None, 404, "there is no replay '999999999999999999'"),
        ("DELETE /replays/x", None, 404, "there is no replay 'x'"),
    ],
)
async def test_what_can_not_be_done_is_said_in_a_sentence(
    client: Client, asking: str, json: object, status: int, sentence: str
) -> None:
    answered, said = await asked(client, *asking.split(" "), json=json)
    assert answered == status
    assert sentence in said["error"]
