"""A server can be ended in each way, and outlives nobody who started it."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from servers.errors import ServerError
from servers.process import ServerProcess, free_port

SERVER = """
import pathlib, signal, sys
signal.signal(signal.SIGTERM, lambda *_: sys.exit(pathlib.Path("ended").write_text("in order") and 0))
pathlib.Path("ready").touch()
signal.pause()
"""
STARTER = """
import pathlib, signal, sys
from servers.process import ServerProcess
server = ServerProcess("it", sys.argv[1:], is_ready=pathlib.Path("ready").exists, log=pathlib.Path("log"))
server.start()
print(server.pid, flush=True)
signal.pause()
"""
LINE = [sys.executable, "-c", SERVER]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def server(folder: Path) -> Iterator[ServerProcess]:
    server = ServerProcess("it", LINE, is_ready=(folder / "ready").exists, log=folder / "log")
    server.start()
    yield server
    server.kill()


def has_ended(process: int) -> bool:
    """Whether the process of a descriptor ends."""
    return bool(select.select([process], [], [], 30)[0])


def test_stopped_it_ends_in_order(server: ServerProcess, folder: Path) -> None:
    server.stop()
    assert (folder / "ended").read_text() == "in order"


def test_killed_it_is_gone_at_once_though_it_hangs(server: ServerProcess, folder: Path) -> None:
    pid = server.pid
    os.kill(pid, signal.SIGSTOP)
    server.kill()
    assert not Path(f"/proc/{pid}").exists()
    assert not (folder / "ended").exists()


def test_it_starts_again_after_its_end(server: ServerProcess, folder: Path) -> None:
    server.stop()
    (folder / "ready").unlink()
    server.start()
    assert (folder / "ready").exists()


@pytest.mark.usefixtures("folder")
def test_it_ends_with_whoever_started_it_though_that_one_is_killed() -> None:
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    line = [sys.executable, "-c", STARTER, *LINE]
    with subprocess.Popen(line, env=environment, stdout=subprocess.PIPE) as starter:
        assert starter.stdout is not None
        server = os.pidfd_open(int(starter.stdout.readline()))
        starter.kill()
    try:
        assert has_ended(server)
    finally:
        os.close(server)


def test_one_that_does_not_start_is_told_with_its_last_words(folder: Path) -> None:
    server = ServerProcess("it", ["sh", "-c", "echo no room; exit 3"], is_ready=lambda: False, log=folder / "log")
    with pytest.raises(ServerError, match=r"^it ended with code 3: no room$"):
        server.start()


def test_a_port_is_none_that_the_system_gives_to_others() -> None:
    assert free_port() < 30_000
