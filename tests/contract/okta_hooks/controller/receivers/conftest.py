"""A receiver and its dispatcher as processes of one pod, with one journal."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import aiohttp
import pytest

from dispatching.process import TOKEN, DispatcherFolder, RunningProcess
from okta_hooks.controller.receivers.backfilling import HttpPod
from receiving.process import ReceiverFolder, ReceiverProcess, command, started


@pytest.fixture
def receiver_folder(tmp_path: Path) -> ReceiverFolder:
    folder = ReceiverFolder(tmp_path)
    folder.prepare()
    return folder


@pytest.fixture
def dispatcher_folder(tmp_path: Path, receiver_folder: ReceiverFolder) -> DispatcherFolder:
    """Beside the receiver's, with a token that both know."""
    assert receiver_folder.root == tmp_path
    return DispatcherFolder(tmp_path)


@pytest.fixture
def receiver(receiver_folder: ReceiverFolder, dispatcher_folder: DispatcherFolder) -> Iterator[ReceiverProcess]:
    assert receiver_folder.journal == dispatcher_folder.folder / "journal"
    with started(command(receiver_folder.options())) as process:
        yield process


@pytest.fixture
def dispatcher(dispatcher_folder: DispatcherFolder, receiver: ReceiverProcess) -> Iterator[RunningProcess]:
    assert receiver.pid
    with dispatcher_folder.running() as process:
        yield process


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
def pod(session: aiohttp.ClientSession, receiver: ReceiverProcess, dispatcher: RunningProcess) -> HttpPod:
    return HttpPod(session, receiver.admin_url, f"http://127.0.0.1:{dispatcher.admin_port()}", TOKEN)
