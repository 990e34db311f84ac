"""How a hook's sinks do, as its condition and its status say it. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from okta_hooks.admin.dispatcher_statistics import DispatcherStatistics, SinkStatistics
from okta_hooks.admin.dispatcher_statistics import SinkState as Running
from okta_hooks.api.conditions import Reason
from okta_hooks.api.hook_status import SinkStatus
from okta_hooks.api.okta_event_hook import OktaEventHookSpec
from okta_hooks.controller.receivers.observing import Seen
from okta_hooks.controller.sinks.damage import files_damaged, lost
from okta_hooks.controller.sinks.feeding import Feeding
from okta_hooks.kube.rollout import observe_dispatcher
from okta_hooks.reconcile.evidence import SinkState
from okta_hooks.reconcile.problem import Problem
from okta_hooks.reconcile.timestamps import timestamp

BACKLOGGED_AFTER = timedelta(minutes=5)
"""How long an event may wait for a sink that takes events before the sink counts as behind."""

_State = Literal["Pending", "Running", "Retrying", "Paused", "Removed", "Unusable"]
_STATES: dict[Running, _State] = {
    Running.RUNNING: "Running",
    Running.RETRYING: "Retrying",
    Running.PAUSED: "Paused",
    Running.REMOVED: "Removed",
}


@dataclass(frozen=True)
class SinksSeen:
    """What was seen of sinks.

    Args:
        states: What the condition goes by; None where nothing is known yet.
        statuses: What the status says; None where it is to stay as it was.
        feeding: What is wrong with what leads to sinks.
        lost: What sinks miss though they take events.
        files_damaged: The dispatcher's files that were set aside, as a sentence; empty for none.
    """

    states: tuple[SinkState, ...] | None
    statuses: tuple[SinkStatus, ...] | None
    feeding: tuple[Problem, ...] = ()
    lost: Problem | None = None
    files_damaged: str = ""


def sinks(seen: Seen, spec: OktaEventHookSpec, feeding: Feeding) -> SinksSeen:
    """How the sinks of a hook do."""
    names = tuple(sink.name for sink in spec.sinks or ())
    abandoned = frozenset(spec.abandon_sinks or ())
    told = next((each.dispatcher for each in seen.answers if each.dispatcher is not None), None)
    if told is None:
        return SinksSeen(_unheard(seen, names, feeding), statuses=None, feeding=feeding.routes)
    pairs = (*_configured(told, names, feeding), *_former(told, abandoned.union(names)))
    return SinksSeen(
        states=tuple(state for state, _ in pairs),
        statuses=tuple(status for _, status in pairs),
        feeding=(*feeding.routes, *_of_dispatcher(told)),
        lost=lost(told.lost),
        files_damaged=files_damaged(told.damaged_files),
    )


def _unheard(seen: Seen, names: Sequence[str], feeding: Feeding) -> tuple[SinkState, ...] | None:
    """What is known without the dispatcher."""
    if not names:
        return ()
    observed = observe_dispatcher(seen.dispatching)
    if observed.reason is not Reason.PROGRESSING:
        return tuple(SinkState(name, Reason.DISPATCHER_UNAVAILABLE, observed.message) for name in names)
    return tuple(_of(name, problem) for name, problem in feeding.problems.items()) or None


def _configured(
    told: DispatcherStatistics, names: Sequence[str], feeding: Feeding
) -> Iterator[tuple[SinkState, SinkStatus]]:
    for name in names:
        known, problem = told.sinks.get(name), feeding.problems.get(name)
        state = _of(name, problem) if problem is not None else _judged(name, known, told.observed_at)
        word: _State = _STATES[known.state] if known is not None else "Pending"
        yield state, _status(state, "Unusable" if problem is not None else word, known)


def _former(told: DispatcherStatistics, known_of: Collection[str]) -> Iterator[tuple[SinkState, SinkStatus]]:
    """Sinks that were taken out with a backlog, and nobody has said that it may go."""
    for name, known in told.sinks.items():
        if name not in known_of and known.state is Running.REMOVED:
            state = _removed(name)
            yield state, _status(state, "Removed", known)


def _judged(name: str, known: SinkStatistics | None, now: datetime) -> SinkState:
    """The worst of what a dispatcher says of a sink."""
    if known is None or known.state is Running.REMOVED:  # it has not read yet that the sink is there
        return SinkState(name)
    if known.state is Running.PAUSED:
        return SinkState(name, Reason.SINK_REJECTING, known.reason or _UNSAID)
    if known.state is Running.RETRYING:
        return SinkState(name, Reason.SINK_UNAVAILABLE, known.reason or _UNSAID)
    if known.oldest_received_at is not None and now - known.oldest_received_at > BACKLOGGED_AFTER:
        return SinkState(name, Reason.BACKLOGGED, _BEHIND)
    if known.dead_letters:
        return SinkState(name, Reason.DEAD_LETTERS, _REFUSED)
    return SinkState(name)


_UNSAID = "It takes no events now; see the dispatcher's log."
_BEHIND = (
    f"Events wait for it for more than {BACKLOGGED_AFTER // timedelta(minutes=1)} minutes though it takes some: raise"
    " maxRate, batch or concurrency, or wait until it has caught up."
)
_REFUSED = "It refused events for good, which are kept: see `okta-hooks dead-letters list`, and replay or discard them."


def _removed(name: str) -> SinkState:
    return SinkState(
        name,
        Reason.SINK_REMOVED,
        "It is not in spec.sinks any more, and events that it has not had keep their place in the journal: put it back,"
        " or name it in spec.abandonSinks to give them up.",
        for_people=True,
    )


def _of(name: str, problem: Problem) -> SinkState:
    return SinkState(name, problem.reason, problem.message, for_people=problem.for_people)


def _of_dispatcher(told: DispatcherStatistics) -> Iterator[Problem]:
    if told.configuration_trouble is not None:
        yield Problem(
            Reason.CONFIGURATION_REFUSED,
            f"The dispatcher goes on with what it was told before, since {told.configuration_trouble}.",
            for_people=True,
        )
    if told.journal_trouble is not None:
        yield Problem(Reason.DISPATCHER_UNAVAILABLE, f"No sink gets events now: {told.journal_trouble}")


def _status(state: SinkState, word: _State, known: SinkStatistics | None) -> SinkStatus:
    shown = SinkStatus(
        name=state.name, state=word, reason=state.problem, message=state.detail[:_LONGEST_MESSAGE] or None
    )
    if known is None:
        return shown
    return shown.model_copy(
        update={
            "backlog": known.backlog,
            "oldest_event_time": _moment(known.oldest_received_at),
            "last_success_time": _moment(known.last_success_at),
            "delivered": known.delivered,
            "dead_letters": known.dead_letters,
            "skipped": sum(each.records or 0 for each in known.skipped),
        }
    )


_LONGEST_MESSAGE = 2000


def _moment(at: datetime | None) -> str | None:
    return timestamp(at) if at is not None else None
