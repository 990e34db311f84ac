"""How many events a second each format writes on one core, reading and writing included."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterable, Sequence

from benchmarks.measurement import Measurement
from okta_hooks.formats import Format
from samples.formats import ARRIVAL, a_format
from samples.log_events import everyday

_EVENTS = 5_000
_ROUNDS = 7
_FORMATS = ("okta", "cloudevents", "ecs", "ocsf")


def run() -> Iterable[Measurement]:
    """Write a working day's mixture in each format, in turns."""
    events = everyday(_EVENTS)
    formats = {name: a_format(type=name) for name in _FORMATS}
    formats["okta_without_two_fields"] = a_format(drop=["client.ipAddress", "target.alternateId"])
    rates: dict[str, list[float]] = {name: [] for name in formats}
    for _ in range(_ROUNDS):
        for name, written in formats.items():
            rates[name].append(_EVENTS / _seconds(written, events))
    for name, found in rates.items():
        yield Measurement(f"format_{name}_events_per_second", statistics.median(found), "events/s")


def _seconds(written: Format, events: Sequence[bytes]) -> float:
    began = time.process_time()
    for event in events:
        written.render(event, ARRIVAL)
    return time.process_time() - began
