"""What a receiver keeps of its rate while a dispatcher on the other core works off a day's worth of events.

As in the benchmark `receiver`, in turns with the bare handler. The dispatcher is as busy in the turns of the one as in
those of the other, since two processors of a virtual machine may be one core's: what it takes from both is no cost of
the receiver's. The load comes from the dispatcher's processor and goes before it there, as it would from elsewhere. The
sink is the dispatcher's own output, which nobody keeps, so that the disk is the journal's and the dispatcher's alone.
"""

from __future__ import annotations

import statistics
import tempfile
from collections.abc import Iterable
from pathlib import Path

from benchmarks.measurement import Measurement
from benchmarks.receiver import bare_handler, cores
from dispatching.outage import fill
from dispatching.process import DispatcherFolder
from dispatching.statistics import numbers
from receiving.load import Load, put_on
from receiving.process import ReceiverFolder, command, started

_ROUNDS = 5
_FULL = Load(seconds=1.5, connections=64)
_UNKEPT = ("sh", "-c", 'exec "$@" >/dev/null', "sh")


def run() -> Iterable[Measurement]:
    """Measure once."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        receiver, dispatcher = ReceiverFolder(folder / "receiver"), DispatcherFolder(folder)
        receiver.root.mkdir()
        receiver.prepare()
        receiver.journal.mkdir()
        (folder / "journal").symlink_to(receiver.journal)
        dispatcher.configure({"name": "console", "to": {"type": "stdout"}})
        fill(dispatcher)
        yield from _beside(dispatcher, receiver)


def _beside(dispatcher: DispatcherFolder, receiver: ReceiverFolder) -> Iterable[Measurement]:
    server_core, load_core = cores()
    pinned = ["taskset", "--cpu-list", str(server_core)]
    second = ["taskset", "--cpu-list", str(load_core), "nice", "-n", "10", *_UNKEPT]
    ratios = []
    with (
        started([*pinned, *command(receiver.options())]) as process,
        bare_handler(pinned) as bare_port,
        dispatcher.running(within=second) as feeding,
    ):
        admin_port = feeding.admin_port()
        for _ in range(_ROUNDS):
            best = put_on(bare_port, _FULL, core=load_core)
            kept = put_on(process.okta_port, _FULL, core=load_core)
            assert best.refused == kept.refused == 0
            ratios.append(kept.rate / best.rate)
        console = numbers(admin_port).sinks["console"]
        assert console.backlog > 0, "the dispatcher was not busy all the time"
    yield Measurement("ingest_ratio", statistics.median(ratios), "ratio")
    yield Measurement("ingest_dispatched_events", console.delivered, "events")
