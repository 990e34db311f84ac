"""What a condition says, before it is written down: a status, a reason, a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from okta_hooks.api.conditions import Reason
from okta_hooks.reconcile.problem import Problem

TriState = Literal["True", "False", "Unknown"]


@dataclass(frozen=True)
class Verdict:
    """What was found about one thing.

    Args:
        status: Whether it holds.
        reason: One word that says why.
        message: What was seen; when it does not hold, also what to do next. Holds no counters, which would change it
            all the time.
        for_people: Whether it stays so until somebody does something.
    """

    status: TriState
    reason: Reason
    message: str
    for_people: bool = False


def good(reason: Reason, message: str) -> Verdict:
    """It holds."""
    return Verdict("True", reason, message)


def bad(reason: Reason, message: str) -> Verdict:
    """It does not hold."""
    return Verdict("False", reason, message)


def unclear(reason: Reason, message: str) -> Verdict:
    """Nothing that was seen tells."""
    return Verdict("Unknown", reason, message)


def because_of(problem: Problem) -> Verdict:
    """It does not hold because of a problem."""
    return Verdict("False", problem.reason, problem.message, for_people=problem.for_people)
