"""The dispatcher as a process: its port, its configuration while it runs, its exit codes."""

from __future__ import annotations

import asyncio
import io
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from click.testing import CliRunner

from dispatching.process import TOKEN, DispatcherFolder, RunningProcess
from okta_hooks.cli import main
from okta_hooks.journal import Record
from samples.dispatch import events

Statistics = dict[str, Any]
"""What `/stats` answers, as JSON."""
WITH_TOKEN = {"Authorization": f"Bearer {TOKEN}"}


@pytest.fixture
def folder(tmp_path: Path) -> DispatcherFolder:
    return DispatcherFolder(tmp_path)


@pytest.fixture
def dispatcher(folder: DispatcherFolder) -> Iterator[RunningProcess]:
    with folder.running() as process:
        yield process


@pytest.fixture
async def port(dispatcher: RunningProcess) -> AsyncIterator[aiohttp.ClientSession]:
    number = await asyncio.to_thread(dispatcher.admin_port)
    async with aiohttp.ClientSession(f"http://127.0.0.1:{number}") as session:
        yield session


async def answered(port: aiohttp.ClientSession, condition: Callable[[Statistics], bool]) -> Statistics:
    """The statistics, once something holds for them."""
    async with asyncio.timeout(30):
        while True:
            async with port.get("/stats", headers=WITH_TOKEN) as answer:
                found: Statistics = await answer.json()
            if condition(found):
                return found
            await asyncio.sleep(0.05)


async def test_statistics_say_what_came_and_what_each_sink_has(
    folder: DispatcherFolder, dispatcher: RunningProcess, port: aiohttp.ClientSession
) -> None:
    async with folder.journal() as journal:
        await journal.append([*events(3), events(1)[0], Record("", b"\xff", 1)])
        await dispatcher.lines(3)
        found = await answered(port, lambda found: found["unique"] == {"hook": 3} and not found["notIndexed"])
    assert (found["repeats"], found["quarantined"]) == (1, {"differs": 0, "unreadable": 1})
    assert found["lastEventAt"] == "2023-11-14T22:13:20Z"
    console = found["sinks"]["console"]
    assert (console["delivered"], console["deadLetters"]) == (3, 0)


async def test_statistics_name_a_route_that_is_wrong_and_what_it_did_not_look_at(
    folder: DispatcherFolder, port: aiohttp.ClientSession
) -> None:
    wrong = {"name": "broken", "when": "1 +", "sinks": ["console"]}
    right = {"name": "apps", "eventTypes": ["app.*"], "sinks": ["console"]}
    folder.configure({"name": "console", "to": {"type": "stdout"}}, routes=[wrong, right])
    await answered(port, lambda found: "broken" in found["routes"])
    async with folder.journal() as journal:
        await journal.append(events(3))
        found = await answered(port, lambda found: found["sinks"]["console"]["unrouted"] == 3)
    assert found["routes"]["broken"]["trouble"].startswith("`when` of the route broken is wrong, line 1, column 4")
    assert found["routes"]["broken"]["undecided"] == 3
    assert found["routes"]["apps"] == {"trouble": None, "failed": 0, "lastFailure": None, "undecided": 0}
    assert found["sinks"]["console"]["circuit"] == "closed"


async def test_tells_which_uuids_never_came(
    folder: DispatcherFolder, dispatcher: RunningProcess, port: aiohttp.ClientSession
) -> None:
    async with folder.journal() as journal:
        await journal.append(events(1))
        await dispatcher.lines(1)
    async with port.post("/unknown", headers=WITH_TOKEN, json=["uuid-0", "uuid-1"]) as answer:
        assert await answer.json() == ["uuid-1"]


@pytest.mark.parametrize("body", [b"{", b"{}", b"[1]", b'["' + b"x" * 200 + b'"]', b"[" + b'"u",' * 10_000 + b'"u"]'])
async def test_refuses_what_is_not_a_bounded_list_of_uuids(port: aiohttp.ClientSession, body: bytes) -> None:
    async with port.post("/unknown", headers=WITH_TOKEN, data=body) as answer:
        assert answer.status == 400


async def test_refuses_a_question_that_is_too_long(port: aiohttp.ClientSession) -> None:
    async with port.post("/unknown", headers=WITH_TOKEN, data=io.BytesIO(b" " * (1 << 21))) as answer:
        assert answer.status == 413


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/stats"),
        ("POST", "/unknown"),
        ("GET", "/events"),
        ("GET", "/dead-letters"),
        ("GET", "/dead-letters/siem/u"),
        ("POST", "/dead-letters/replay"),
        ("POST", "/dead-letters/discard"),
        ("POST", "/replay"),
        ("GET", "/replays"),
        ("GET", "/replays/1"),
        ("DELETE", "/replays/1"),
    ],
)
async def test_answers_only_those_who_know_the_token(port: aiohttp.ClientSession, method: str, path: str) -> None:
    async with port.request(method, path, headers={"Authorization": "Bearer another"}) as answer:
        assert answer.status == 401


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
async def test_probes_need_no_token(port: aiohttp.ClientSession, path: str) -> None:
    async with port.get(path) as answer:
        assert (answer.status, await answer.text()) == (200, "ok\n")


async def test_gives_prometheus_the_same_numbers(
    folder: DispatcherFolder, dispatcher: RunningProcess, port: aiohttp.ClientSession
) -> None:
    async with folder.journal() as journal:
        await journal.append(events(3))
        await dispatcher.lines(3)
        await answered(port, lambda found: found["unique"] == {"hook": 3})
    async with port.get("/metrics") as answer:
        assert 'okta_hooks_dispatcher_events_total{path="hook"} 3.0' in await answer.text()


async def test_takes_up_a_sink_that_is_configured_while_it_runs(
    folder: DispatcherFolder, dispatcher: RunningProcess, port: aiohttp.ClientSession
) -> None:
    folder.configure({"name": "console", "to": {"type": "stdout"}}, {"name": "second", "to": {"type": "stdout"}})
    await answered(port, lambda found: "second" in found["sinks"])
    async with folder.journal() as journal:
        await journal.append([Record("a", b'{"uuid":"a"}', 1), Record("b", b'{"uuid":"b"}', 1)])
        await dispatcher.lines(4)
    await asyncio.to_thread(dispatcher.terminate)
    assert sorted(folder.outputs()[0]) == ["a", "a", "b", "b"]


def test_a_wrong_configuration_ends_it_with_one_sentence_and_code_2(folder: DispatcherFolder) -> None:
    folder.configure({"name": "console"})
    options = ["--own-folder", folder.own, "--configuration-file", folder.folder / "dispatcher.json"]
    options += ["--journal-folder", folder.folder / "journal", "--admin-token-file", folder.folder / "token"]
    result = CliRunner().invoke(main, ["dispatcher", *map(str, options)])
    assert result.exit_code == 2
    assert "missing required field `to`" in result.output


def test_a_missing_folder_ends_it_with_one_sentence_and_code_2(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["dispatcher", "--own-folder", str(tmp_path / "missing")])
    assert result.exit_code == 2
    assert "missing is not a folder: mount a volume there" in result.output


def test_a_second_one_in_the_same_folder_ends_with_code_3(folder: DispatcherFolder, dispatcher: RunningProcess) -> None:
    dispatcher.admin_port()
    with folder.running() as second:
        assert second.ended() == 3
