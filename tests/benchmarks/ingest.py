"""What a receiver keeps of its rate when a dispatcher indexes its journal and feeds a sink on the other core.

As in the benchmark `receiver`, in turns with the bare handler; the dispatcher shares the core of the load.
"""

from __future__ import annotations

import os
import statistics
import tempfile
from collections.abc import Iterable
from pathlib import Path

from benchmarks.measurement import Measurement
from benchmarks.receiver import bare_handler, cores
from dispatching.process import DispatcherFolder
from receiving.load import Load, put_on
from receiving.process import ReceiverFolder, command, started

_ROUNDS = 9
_FULL = Load(seconds=1.5, connections=64)


def run() -> Iterable[Measurement]:
    """Measure once."""
    with tempfile.TemporaryDirectory() as name:
        yield Measurement("ingest_ratio", _ratio(Path(name)), "ratio")


def _ratio(folder: Path) -> float:
    server_core, load_core = cores()
    pinned = ["taskset", "--cpu-list", str(server_core)]
    receiver, dispatcher, ratios = ReceiverFolder(folder / "receiver"), DispatcherFolder(folder), []
    receiver.root.mkdir()
    receiver.prepare()
    (folder / "journal").symlink_to(receiver.journal)
    with (
        started([*pinned, *command(receiver.options())]) as process,
        dispatcher.running() as feeding,
        bare_handler(pinned) as bare_port,
    ):
        os.sched_setaffinity(feeding.pid, {load_core})
        for _ in range(_ROUNDS):
            best = put_on(bare_port, _FULL, core=load_core)
            kept = put_on(process.okta_port, _FULL, core=load_core)
            assert best.refused == kept.refused == 0
            ratios.append(kept.rate / best.rate)
    return statistics.median(ratios)
