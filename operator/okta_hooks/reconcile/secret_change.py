"""Changing the secret that Okta sends, without losing an event. Pure; secrets appear as keyed hashes only.

Okta never repeats a delivery that was answered with 4xx, and a receiver may read a changed Secret two minutes late. So
the operator keeps the values in a Secret of its own, `current` and `previous`, and receivers accept both:

1. `Show`: the new value becomes `current` and the one before `previous`.
2. `Await` until every receiver has read `current`.
3. Okta is given `current` (a plan's `Replace`, since `for_okta` now differs from what was applied).
4. `Await` for the overlap, in which deliveries under way still carry the old value.
5. `Drop` the previous value.

Before Okta is given another secret, `applied` is forgotten (written empty), and written again after the success. So a
lost answer or a crash leaves `applied` empty: Okta may then have either value, both of which receivers accept, and is
given `current` again. No value leaves the Secret while Okta may send it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeAlias

DEFAULT_OVERLAP = timedelta(minutes=10)


@dataclass(frozen=True)
class Kept:
    """What the operator's own Secret holds; `previous` is empty where there is none."""

    current: str
    previous: str = ""


@dataclass(frozen=True)
class SecretsSeen:
    """What was seen of a secret's change.

    Args:
        now: The moment.
        wanted: The value that the user's Secret, or the operator's generator, has now.
        kept: The operator's own Secret; None where it does not exist.
        applied: What Okta certainly has; empty where that is not known.
        applied_at: When Okta was given it.
        receivers: For each receiver the values that it accepts; empty where none runs.
        managed: Whether the operator runs the receivers; else there is nobody to wait for.
        overlap: How long the value before is still accepted.
    """

    now: datetime
    wanted: str
    kept: Kept | None
    applied: str = ""
    applied_at: datetime | None = None
    receivers: Sequence[frozenset[str]] = ()
    managed: bool = True
    overlap: timedelta = DEFAULT_OVERLAP


@dataclass(frozen=True)
class Show:
    """Write the operator's Secret."""

    kept: Kept


@dataclass(frozen=True)
class Await:
    """Wait: until a moment, or, where there is none, until receivers have read or Okta was given what is current."""

    until: datetime | None = None


@dataclass(frozen=True)
class Settled:
    """Nothing changes."""


SecretStep: TypeAlias = Show | Await | Settled


@dataclass(frozen=True)
class SecretDecision:
    """What to do with the operator's Secret, and what Okta is to have meanwhile.

    Args:
        step: What to do next.
        for_okta: The value that whatever is written to Okta now has to carry.
    """

    step: SecretStep
    for_okta: str


def decide(seen: SecretsSeen) -> SecretDecision:
    """The next step of a change, or of no change."""
    kept = seen.kept
    if kept is None:
        return SecretDecision(Show(Kept(seen.wanted)), seen.wanted)
    if seen.wanted != kept.current:
        return _turn(seen, kept)
    return _finish(seen, kept)


def _turn(seen: SecretsSeen, kept: Kept) -> SecretDecision:
    """Another value is wanted than the current one."""
    if seen.wanted == kept.previous:  # turned back: both stay, in other places
        return SecretDecision(Show(Kept(seen.wanted, kept.current)), seen.applied or kept.current)
    if kept.previous and seen.applied == kept.previous:  # Okta was not yet offered the current one
        return SecretDecision(Show(Kept(seen.wanted, kept.previous)), kept.previous)
    if not kept.previous and seen.applied in ("", kept.current):
        return SecretDecision(Show(Kept(seen.wanted, kept.current)), kept.current)
    return _finish(seen, kept)  # two values are all that receivers take: first the change under way


def _finish(seen: SecretsSeen, kept: Kept) -> SecretDecision:
    """The current value is to reach Okta, and the one before to go."""
    if seen.applied != kept.current:
        if kept.previous and seen.managed and not _read_by_all(seen, kept.current):
            return SecretDecision(Await(), seen.applied or kept.previous)
        return SecretDecision(Await(), kept.current)
    if not kept.previous:
        return SecretDecision(Settled(), kept.current)
    until = (seen.applied_at or seen.now) + seen.overlap
    if seen.now < until:
        return SecretDecision(Await(until), kept.current)
    return SecretDecision(Show(Kept(kept.current)), kept.current)


def _read_by_all(seen: SecretsSeen, value: str) -> bool:
    return bool(seen.receivers) and all(value in accepted for accepted in seen.receivers)
