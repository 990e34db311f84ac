"""A writer that is killed at any moment, again and again, loses nothing that it acknowledged."""

from __future__ import annotations

import random
import subprocess
import sys
from collections import Counter
from pathlib import Path

from crash.okta_hooks.journal import appending_process
from okta_hooks.journal import LogAppender, LogReader, PassedFile
from samples.journal import read_all

KILLS = 25


def acknowledged_until_killed(folder: Path, run: str, acknowledgements: int) -> list[tuple[str, int, int]]:
    """Run a writer, kill it once it has acknowledged so many deliveries, and tell which those were, in order."""
    program = [sys.executable, str(appending_process.__file__), str(folder), run]
    with subprocess.Popen(program, stdout=subprocess.PIPE) as process:
        assert process.stdout
        try:
            lines = [process.stdout.readline() for _ in range(acknowledgements)]
        finally:
            process.kill()
        lines += process.stdout.readlines()
    assert process.returncode == -9
    return [(name, int(number), int(count)) for name, number, count in (line.decode().split() for line in lines)]


async def test_every_acknowledged_record_is_there_once_and_in_one_piece(tmp_path: Path) -> None:
    chance = random.Random(20)
    acknowledged = [
        delivery
        for kill in range(KILLS)
        for delivery in acknowledged_until_killed(tmp_path, f"run-{kill}", chance.randrange(1, 400))
    ]
    async with LogAppender(tmp_path, passed=PassedFile(tmp_path / "passed")):
        reading = await read_all(LogReader(tmp_path))

    kept = [record.uuid for record in reading.records]
    place = {uuid: index for index, uuid in enumerate(kept)}
    pieces = [[f"{run}/{number}/{index}" for index in range(count)] for run, number, count in acknowledged]
    assert reading.lost == ()
    assert [uuid for uuid, count in Counter(kept).items() if count > 1] == []
    assert [piece for piece in pieces if any(uuid not in place for uuid in piece)] == []
    assert [piece for piece in pieces if kept[place[piece[0]] :][: len(piece)] != piece] == []


async def test_each_run_s_records_follow_those_of_the_run_before(tmp_path: Path) -> None:
    for kill in range(5):
        acknowledged_until_killed(tmp_path, f"run-{kill}", 20)
    async with LogAppender(tmp_path, passed=PassedFile(tmp_path / "passed")):
        reading = await read_all(LogReader(tmp_path))
    runs = [record.uuid.split("/")[0] for record in reading.records]
    assert runs == sorted(runs)
    assert len(set(runs)) == 5
