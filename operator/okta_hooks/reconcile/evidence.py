"""What conditions go by: what was seen this period, of Okta, the receiver, the endpoint, deliveries and sinks."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from okta_hooks.api.conditions import Reason
from okta_hooks.api.delivery import BackfillMode
from okta_hooks.okta.port import Hook
from okta_hooks.reconcile.desired import Desired
from okta_hooks.reconcile.observed import Reachability, Verifications
from okta_hooks.reconcile.problem import Problem
from okta_hooks.system_log.seen import LogSeen


@dataclass(frozen=True)
class Synchronization:
    """How far Okta is what the spec says.

    Args:
        hook: The hook as Okta showed it last; None where none was found, or Okta was not reached.
        drift: Fields of the spec in which it differs.
        problem: What is in the way of putting it right; None where nothing is.
        unknown_types: Event types that this version does not know as eligible.
        listed: Whether Okta was reached and has shown its hooks.
    """

    hook: Hook | None = None
    drift: tuple[str, ...] = ()
    problem: Problem | None = None
    unknown_types: tuple[str, ...] = ()
    listed: bool = False


@dataclass(frozen=True)
class Receivers:
    """The receiver's pods.

    Args:
        wanted: How many there are to be.
        ready: How many can write to their journal.
        problem: What keeps the others, if that is known.
        can_lose: What the chosen journal can lose, as a sentence; empty for one that keeps everything.
        warning: What somebody should see to though they can write.
    """

    wanted: int = 1
    ready: int = 0
    problem: Problem | None = None
    can_lose: str = ""
    warning: Problem | None = None

    @property
    def is_enough(self) -> bool:
        """Whether as many are ready as a disruption budget leaves: one of several may be away."""
        return self.ready >= max(1, self.wanted - 1)


@dataclass(frozen=True)
class Delivery:
    """What arrived, and what should have.

    Args:
        last_event_at: When an event came last; None where nobody who was asked knows of one.
        missed: What becomes of events of this period that the System Log has and that never came; None where there
            are none.
        quiet: Whether the System Log shows that none was due.
        capped: Whether the organisation's daily number of events is used up.
        held_back: What came and is held back from sinks, as a sentence; empty for nothing.
    """

    last_event_at: datetime | None = None
    missed: BackfillMode | None = None
    quiet: bool = False
    capped: bool = False
    held_back: str = ""


@dataclass(frozen=True)
class SinkState:
    """One sink; `problem` says what is wrong with it, if anything is, and `for_people` whether no waiting cures it."""

    name: str
    problem: Reason | None = None
    detail: str = ""
    for_people: bool = False


@dataclass(frozen=True)
class Evidence:
    """All of it; None stands for what does not apply or was not looked at.

    `lost` is what sinks miss though they take events; `files_damaged` names files that were set aside, as a sentence.

    `log` is what Okta's System Log says of the hook. `feeding` is what is wrong with what leads to sinks, and not with
    one of them. `blocker` names the organization's object where that kept the rest from being looked at; empty for the
    hook itself.
    """

    wanted: Desired
    synchronization: Synchronization = Synchronization()
    receivers: Receivers | None = None
    reachability: Reachability | None = None
    verifications: Verifications = field(default_factory=Verifications)
    delivery: Delivery | None = None
    log: LogSeen = field(default_factory=LogSeen)
    sinks: tuple[SinkState, ...] | None = None
    feeding: tuple[Problem, ...] = ()
    blocker: str = ""
    lost: Problem | None = None
    files_damaged: str = ""
