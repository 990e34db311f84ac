"""What goes wrong when: the same for the same seed. Pure."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

_SHORTEST_SHARE = 20.0
"""Seconds that each incident has at least before there is more than one round of all of them."""


@dataclass(frozen=True)
class Planned:
    """One incident.

    Args:
        incident: Its name.
        begins: Seconds after the run's begin, at the earliest.
        lasts: Seconds that it lasts at least; it goes on until the status has named it.
    """

    incident: str
    begins: float
    lasts: float


def schedule(seed: int, seconds: float, names: Sequence[str]) -> tuple[Planned, ...]:
    """Each incident as often as any other and at least once, in an order of chance, none before another is over.

    Args:
        seed: Chance.
        seconds: How long the run is.
        names: The incidents.
    """
    dice = random.Random(seed)
    rounds = max(1, int(seconds / (_SHORTEST_SHARE * len(names))))
    order = [name for _ in range(rounds) for name in dice.sample(sorted(names), len(names))]
    share = seconds / len(order)
    return tuple(
        Planned(name, begins=number * share, lasts=share * dice.uniform(0.3, 0.6)) for number, name in enumerate(order)
    )
