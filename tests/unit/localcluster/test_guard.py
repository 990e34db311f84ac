"""A guarded program behaves as if there were no guard, and never outlives its lifeline."""

import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from localcluster import lifeline, statefolder
from localcluster.lifeline import Lifeline


@pytest.fixture
def line(tmp_path: Path) -> Iterator[Lifeline]:
    with statefolder.create(print, tmp_path) as state, lifeline.hold(state) as held:
        yield held


def test_its_output_and_code_are_the_programs(line: Lifeline) -> None:
    process = line.popen(["sh", "-c", "echo said; exit 3"], stdout=subprocess.PIPE)
    assert (process.communicate()[0], process.returncode) == ("said\n", 3)


def test_signals_are_passed_on(line: Lifeline) -> None:
    script = "trap 'echo caught; exit 0' TERM; echo ready; while :; do sleep 0.05; done"
    process = line.popen(["sh", "-c", script], stdout=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.readline()
    process.terminate()
    assert process.communicate()[0] == "caught\n"


def test_it_ends_by_the_signal_that_ended_the_program(line: Lifeline) -> None:
    assert line.popen(["sh", "-c", "kill -KILL $$"]).wait() == -signal.SIGKILL


def test_a_program_that_cannot_be_started_is_named(line: Lifeline) -> None:
    process = line.popen(["/nowhere/etcd"], stderr=subprocess.PIPE)
    assert process.communicate()[1] == "/nowhere/etcd cannot be started: No such file or directory\n"


def test_the_program_ends_with_the_lifeline(tmp_path: Path) -> None:
    with statefolder.create(print, tmp_path) as state, lifeline.hold(state) as line:
        process = line.popen(["sleep", "1000"])
    assert process.returncode == -signal.SIGKILL


def test_the_program_ends_with_its_guard(line: Lifeline) -> None:
    reading, writing = os.pipe()
    process = line.popen(["sleep", "1000"], pass_fds=[writing])
    os.close(writing)
    process.kill()
    assert os.read(reading, 1) == b""  # the pipe closes with the program, its last holder
    os.close(reading)


def test_the_state_folder_stays_locked_while_a_guard_lives(tmp_path: Path) -> None:
    with statefolder.create(print, tmp_path) as state, lifeline.hold(state) as line:
        line.popen(["sleep", "1000"])
        assert statefolder.leftovers(tmp_path) == []
