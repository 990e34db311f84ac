"""What a benchmark gives."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Measurement:
    """A number that was measured."""

    name: str
    value: float
    unit: str

    def __str__(self) -> str:
        """The line that is printed."""
        return f"BENCH {self.name} {self.value:.6g} {self.unit}"
