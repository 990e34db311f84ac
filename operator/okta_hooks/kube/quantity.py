"""Amounts as Kubernetes writes them."""

from __future__ import annotations

import re
from fractions import Fraction

_SUFFIXES = {
    "": Fraction(1),
    "m": Fraction(1, 1000),
    **{suffix: Fraction(1000**power) for power, suffix in enumerate("kMGT", start=1)},
    **{f"{suffix}i": Fraction(1024**power) for power, suffix in enumerate("KMGT", start=1)},
}


def amount(quantity: str) -> Fraction:
    """What a quantity amounts to: `10Gi` in bytes, `250m` a quarter of whatever it is of.

    Raises:
        ValueError: It is none, or has a suffix that is not used here (the API knows E, P and exponents too).
    """
    parts = re.fullmatch(r"([0-9]+(?:\.[0-9]+)?)([a-zA-Z]*)", quantity)
    if parts is None or parts[2] not in _SUFFIXES:
        raise ValueError(f"{quantity!r} is no quantity: write a number and one of m, k, M, G, T, Ki, Mi, Gi, Ti")
    return Fraction(parts[1]) * _SUFFIXES[parts[2]]
