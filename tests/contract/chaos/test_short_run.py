"""A minute in which some things go wrong; `make chaos` has all of them, and ten."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from chaos.run import Course, run
from chaos.schedule import schedule
from chaos.verdict import faults
from localcluster.controlplane import ControlPlane

pytestmark = pytest.mark.controlplane

_SEED = 1
_SECONDS = 40.0
_NAMES = (
    "deliveries are lost",
    "deliveries are duplicated",
    "answers of Okta are lost after it acted",
    "the receiver is killed",
    "the dispatcher is killed",
    "somebody deletes the hook",
)
_STILL_TOLD = ("Delivering is False: EventsMissed", "Ready is False: EventsMissed")
"""What was missed is told for five minutes after it was brought; this run does not last that long."""


async def test_every_event_is_at_the_sink_once_and_okta_holds_one_hook(kinds: ControlPlane, tmp_path: Path) -> None:
    course = Course(_SEED, schedule(_SEED, _SECONDS, _NAMES), _SECONDS, rate=100.0, recovery=20.0)
    ending = await run(course, kinds, tmp_path, lambda line: sys.stderr.write(f"{line}\n"))
    assert len(ending.emitted) > 1_000
    assert [fault for fault in faults(ending) if not fault.startswith(_STILL_TOLD)] == []
