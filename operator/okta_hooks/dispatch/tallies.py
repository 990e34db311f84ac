"""What is counted of a sink besides what it takes and refuses; the counts are kept with its cursor."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Counted(StrEnum):
    """What is counted."""

    EARLY = "early"  # published before the sink's `startAt`
    UNROUTED = "unrouted"  # no route to the sink takes it
    FAILED = "failed"  # taken because `when` of a route had no answer
    UNDECIDED = "undecided"  # a route whose `when` is wrong would have had to look at it


class Tally(NamedTuple):
    """One count.

    Attributes:
        what: What is counted.
        route: Of which route; empty where it is of none.
    """

    what: Counted
    route: str = ""
