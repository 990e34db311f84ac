"""Run it by hand: `python -m chaos --seed 7 --minutes 10`."""

from __future__ import annotations

import argparse
import asyncio
import random
import sys
import tempfile
from pathlib import Path

from chaos.incidents import INCIDENTS
from chaos.run import Course, run
from chaos.schedule import schedule
from chaos.verdict import faults
from localcluster import controlplane
from localcluster.definitions import wait_until_established

_CRDS = Path(__file__).parents[2] / "crds"
_RECOVERY = 420.0
"""Seconds: events that were missed, and brought since, are told for five minutes."""


def main() -> int:
    """Run, and tell; 1 where something is not as it has to be."""
    parser = argparse.ArgumentParser(prog="python -m chaos", description=__doc__)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1 << 32))
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--rate", type=float, default=180.0, help="events a second")
    parser.add_argument("--only", action="append", choices=sorted(INCIDENTS), help="these incidents alone")
    parser.add_argument("--folder", type=Path, help="where journal and log lines are left")
    chosen = parser.parse_args()
    seconds = chosen.minutes * 60
    plan = schedule(chosen.seed, seconds, chosen.only or list(INCIDENTS))
    course = Course(chosen.seed, plan, seconds, chosen.rate, _RECOVERY)
    _tell(f"seed {chosen.seed}")
    with tempfile.TemporaryDirectory() as folder, controlplane.start(_tell) as plane:
        plane.kubectl("apply", "--server-side", "-f", str(_CRDS))
        wait_until_established(plane.kubectl)
        ending = asyncio.run(run(course, plane, chosen.folder or Path(folder), _tell))
    found = list(faults(ending))
    for sentence in found:
        _tell(sentence)
    _tell(f"seed {chosen.seed}: {len(ending.emitted)} events, {'not all is well' if found else 'all is well'}")
    return 1 if found else 0


def _tell(line: str) -> None:
    sys.stderr.write(f"{line}\n")


if __name__ == "__main__":
    sys.exit(main())
