"""The receiver as a process: how it starts, what its admin port says, and how it ends."""

from __future__ import annotations

import asyncio
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import aiohttp
import msgspec
import pytest

from okta_hooks.admin.statistics import ReceiverStatistics
from okta_hooks.admin.token import fingerprint
from okta_hooks.journal import LogAppender, PassedFile
from receiving.bodies import delivery
from receiving.process import (
    ADMIN_TOKEN,
    PATH,
    SECRET,
    ReceiverFolder,
    ReceiverProcess,
    command,
    environment,
    started,
)

WITH_TOKEN = {"Authorization": f"Bearer {ADMIN_TOKEN}"}


@pytest.fixture
def folder(tmp_path: Path) -> ReceiverFolder:
    folder = ReceiverFolder(tmp_path)
    folder.prepare()
    return folder


@pytest.fixture
def receiver(folder: ReceiverFolder) -> Iterator[ReceiverProcess]:
    with started(command(folder.options())) as process:
        yield process


@pytest.fixture
async def client() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


def ended(line: list[str]) -> tuple[int, str]:
    """Run a command that is to end by itself."""
    done = subprocess.run(line, env=environment(), stderr=subprocess.PIPE, text=True, timeout=30, check=False)
    return done.returncode, done.stderr


async def deliver(client: aiohttp.ClientSession, receiver: ReceiverProcess, body: bytes) -> int:
    async with client.post(receiver.url, data=body, headers={"Authorization": SECRET}) as response:
        return response.status


async def statistics(client: aiohttp.ClientSession, receiver: ReceiverProcess) -> ReceiverStatistics:
    async with client.get(f"{receiver.admin_url}/stats", headers=WITH_TOKEN) as response:
        return msgspec.json.decode(await response.read(), type=ReceiverStatistics)


async def test_what_was_acknowledged_is_in_the_journal(
    client: aiohttp.ClientSession, receiver: ReceiverProcess, folder: ReceiverFolder
) -> None:
    assert await deliver(client, receiver, delivery(["u1", "u2"])) == 200
    assert [entry.record.uuid for entry in await folder.kept()] == ["u1", "u2"]


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
async def test_probes_are_content(client: aiohttp.ClientSession, receiver: ReceiverProcess, path: str) -> None:
    async with client.get(receiver.admin_url + path) as response:
        assert (response.status, await response.text()) == (200, "ok\n")


async def test_metrics_count_requests_by_outcome(client: aiohttp.ClientSession, receiver: ReceiverProcess) -> None:
    await deliver(client, receiver, delivery(["u1", "u2"]))
    async with client.get(f"{receiver.admin_url}/metrics") as response:
        lines = (await response.text()).splitlines()
    assert 'okta_hooks_receiver_requests_total{outcome="kept"} 1.0' in lines
    assert 'okta_hooks_receiver_events_total{path="hook"} 2.0' in lines
    assert "okta_hooks_receiver_journal_writable 1.0" in lines
    assert "okta_hooks_receiver_delivery_seconds_count 1.0" in lines


async def test_statistics_are_the_evidence_that_the_operator_reads(
    client: aiohttp.ClientSession, receiver: ReceiverProcess
) -> None:
    await deliver(client, receiver, delivery(["u1", "u2"], hook_id="who9"))
    seen = await statistics(client, receiver)
    assert seen.requests["kept"].count == 1
    assert (seen.events["hook"], seen.last_event_at is not None) == (2, True)
    assert list(seen.hook_ids) == ["who9"]
    assert seen.journal.refusal is None
    assert not seen.rotation_pending


async def test_the_operator_can_tell_which_secrets_were_read_and_nobody_else_can(
    client: aiohttp.ClientSession, receiver: ReceiverProcess
) -> None:
    seen = await statistics(client, receiver)
    expected = fingerprint(SECRET.encode(), token=ADMIN_TOKEN.encode())
    assert [(secret.role, secret.fingerprint) for secret in seen.secrets] == [("current", expected)]


@pytest.mark.parametrize(("method", "path"), [("GET", "/stats"), ("POST", "/backfill")])
@pytest.mark.parametrize("token", ["", "Bearer", "Bearer wrong", f"Basic {ADMIN_TOKEN}", ADMIN_TOKEN])
async def test_without_the_token_there_is_nothing_to_see(
    client: aiohttp.ClientSession, receiver: ReceiverProcess, method: str, path: str, token: str
) -> None:
    headers = {"Authorization": token} if token else {}
    async with client.request(method, receiver.admin_url + path, headers=headers, data=b"[]") as response:
        assert response.status == 401


async def test_back_fill_is_kept_as_such_before_it_is_acknowledged(
    client: aiohttp.ClientSession, receiver: ReceiverProcess, folder: ReceiverFolder
) -> None:
    url, events = f"{receiver.admin_url}/backfill", b'[{"uuid":"u1", "n":1},{"uuid":"u2"}]'
    async with client.post(url, data=events, headers=WITH_TOKEN) as response:
        assert (response.status, await response.json()) == (200, {"kept": 2})
    assert [(entry.record.uuid, entry.record.event, entry.record.path) for entry in await folder.kept()] == [
        ("u1", b'{"uuid":"u1", "n":1}', "backfill"),
        ("u2", b'{"uuid":"u2"}', "backfill"),
    ]


async def test_what_was_polled_for_is_kept_as_such(
    client: aiohttp.ClientSession, receiver: ReceiverProcess, folder: ReceiverFolder
) -> None:
    url = f"{receiver.admin_url}/backfill?path=poll"
    async with client.post(url, data=b'[{"uuid":"u1"}]', headers=WITH_TOKEN) as response:
        assert response.status == 200
    assert [entry.record.path for entry in await folder.kept()] == ["poll"]


async def test_back_fill_that_is_no_array_is_refused_with_a_sentence(
    client: aiohttp.ClientSession, receiver: ReceiverProcess
) -> None:
    async with client.post(f"{receiver.admin_url}/backfill", data=b"{}", headers=WITH_TOKEN) as response:
        assert response.status == 400
        assert "JSON array" in (await response.json())["error"]


async def test_the_ports_keep_to_their_own_paths(client: aiohttp.ClientSession, receiver: ReceiverProcess) -> None:
    async with client.get(receiver.url.replace(PATH, "/stats"), headers=WITH_TOKEN) as response:
        assert response.status == 404
    async with client.post(receiver.admin_url + PATH, headers={"Authorization": SECRET}) as response:
        assert response.status == 404


async def test_a_changed_secret_is_accepted_without_a_new_start(
    client: aiohttp.ClientSession, receiver: ReceiverProcess, folder: ReceiverFolder
) -> None:
    (folder.secrets / "previous").write_text(SECRET)
    (folder.secrets / "current").write_text("the-next-secret")
    await asyncio.to_thread(receiver.wait_for_line, fingerprint(b"the-next-secret", token=ADMIN_TOKEN.encode()))
    assert (await statistics(client, receiver)).rotation_pending
    assert await deliver(client, receiver, delivery(["u1"])) == 200


async def test_asked_to_end_it_finishes_what_was_begun_and_ends_with_0(
    client: aiohttp.ClientSession, receiver: ReceiverProcess, folder: ReceiverFolder
) -> None:
    statuses = await asyncio.gather(*(deliver(client, receiver, delivery([f"u{number}"])) for number in range(20)))
    receiver.process.send_signal(signal.SIGTERM)
    assert await asyncio.to_thread(receiver.process.wait, 30) == 0
    assert statuses == [200] * 20
    assert len(await folder.kept()) == 20


async def test_no_secret_is_in_anything_it_says(client: aiohttp.ClientSession, receiver: ReceiverProcess) -> None:
    await deliver(client, receiver, b"unreadable")
    async with client.get(f"{receiver.admin_url}/stats", headers=WITH_TOKEN) as response:
        said = await response.text()
    async with client.get(f"{receiver.admin_url}/metrics") as response:
        said += await response.text()
    receiver.process.send_signal(signal.SIGTERM)
    assert receiver.process.stderr is not None
    said += await asyncio.to_thread(receiver.process.stderr.read) + str(receiver.log)
    assert SECRET not in said
    assert ADMIN_TOKEN not in said


async def test_a_journal_that_fails_ends_the_process_with_3_so_that_it_recovers(folder: ReceiverFolder) -> None:
    line = [sys.executable, "-m", "receiving.failing_disk", str(folder.root)]
    with started(line) as receiver:
        async with aiohttp.ClientSession() as client:
            assert await deliver(client, receiver, delivery(["u1"])) == 503
        assert await asyncio.to_thread(receiver.process.wait, 30) == 3
    with started(command(folder.options())) as again:
        async with aiohttp.ClientSession() as client:
            assert await deliver(client, again, delivery(["u2"])) == 200


async def test_a_journal_that_another_process_writes_ends_it_with_3(folder: ReceiverFolder) -> None:
    async with LogAppender(folder.journal, passed=PassedFile(folder.passed_file)):
        code, said = await asyncio.to_thread(ended, command(folder.options()))
    assert code == 3
    assert "Traceback" not in said


@pytest.mark.parametrize(
    ("option", "value", "sentence"),
    [
        ("--path", "team/hook", "is not the path of a URL"),
        ("--path", "/team?a", "is not the path of a URL"),
        ("--header-name", "X Key", "is not the name of a header"),
        ("--secrets-folder", "/nowhere", "is not a folder: mount the hook's Secret there"),
        ("--admin-token-file", "/nowhere", "can't be read"),
        ("--journal-folder", "/nowhere/journal", "mount a volume at its parent"),
    ],
)
def test_an_option_that_can_not_be_used_is_named_in_one_sentence(
    folder: ReceiverFolder, option: str, value: str, sentence: str
) -> None:
    code, said = ended(command([*folder.options(), option, value]))
    assert code == 2
    assert said.startswith("Error: ")
    assert sentence in said
    assert len(said.splitlines()) == 1


def test_a_port_that_is_taken_is_named(folder: ReceiverFolder) -> None:
    with socket.create_server(("", 0), family=socket.AF_INET6, dualstack_ipv6=True) as taken:
        port = str(taken.getsockname()[1])
        code, said = ended(command([*folder.options(), "--okta-port", port]))
    assert (code, f"port {port} can't be listened on" in said) == (2, True)


def test_an_empty_token_is_no_token(folder: ReceiverFolder) -> None:
    folder.token_file.write_text("\n")
    code, said = ended(command(folder.options()))
    assert (code, "is empty" in said) == (2, True)
