"""Why a reconcile cannot go on: carried as an exception from wherever it is found to where the status is written."""

from __future__ import annotations

from dataclasses import dataclass

from okta_hooks.reconcile.problem import Problem


@dataclass(eq=False)
class Blocked(Exception):
    """Something is in the way that the status has to name."""

    problem: Problem

    def __str__(self) -> str:
        return self.problem.message
