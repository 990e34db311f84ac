"""Run every benchmark of this folder, or those that are named, and print a line for each number.

A benchmark is a module with `run() -> Iterable[Measurement]`.
"""

from __future__ import annotations

import importlib
import pkgutil
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.measurement import Measurement

_NO_BENCHMARKS = {"__main__", "measurement"}


def main(wanted: Sequence[str]) -> int:
    """Run; 2 when a name is not that of a benchmark."""
    available = list(_available())
    unknown = [name for name in wanted if name not in available]
    if unknown:
        print(f"there is no benchmark {', '.join(unknown)}: choose from {', '.join(available)}", file=sys.stderr)
        return 2
    for name in wanted or available:
        measure(name)
    return 0


def measure(name: str) -> None:
    """Run one benchmark, and print its lines as they come."""
    for measurement in importlib.import_module(f"benchmarks.{name}").run():
        assert isinstance(measurement, Measurement)
        print(measurement, flush=True)


def _available() -> Iterator[str]:
    folder = str(Path(__file__).parent)
    return (module.name for module in pkgutil.iter_modules([folder]) if module.name not in _NO_BENCHMARKS)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
