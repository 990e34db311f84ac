"""What was seen of a receiver, as conditions and counters go by it. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from okta_hooks.admin.dispatcher_statistics import DispatcherStatistics
from okta_hooks.admin.statistics import ReceiverStatistics
from okta_hooks.api.conditions import Reason
from okta_hooks.api.hook_status import Deliveries, JournalState
from okta_hooks.api.okta_event_hook import OktaEventHookSpec
from okta_hooks.controller.receivers import trouble
from okta_hooks.controller.receivers.asking import Answers
from okta_hooks.controller.receivers.observing import Seen
from okta_hooks.kube.rollout import observe_receiver, ready_receivers
from okta_hooks.reconcile.evidence import Delivery, Receivers
from okta_hooks.reconcile.problem import Problem
from okta_hooks.reconcile.timestamps import timestamp

_FOR_PEOPLE = {Reason.IMAGE_PULL_FAILED, Reason.PODS_REFUSED}
"""What no waiting cures."""

_CAN_LOSE = "Its journal is an emptyDir: events that no sink has had are lost with the pod."


@dataclass(frozen=True)
class Requests:
    """What became of deliveries, as receivers count since they started."""

    refused: int
    kept: int


def requests(seen: Seen) -> Requests | None:
    """Deliveries that were refused for their secret, and those that were kept; None where nobody could be asked."""
    told = [each.requests for each in _receivers(seen.answers)]
    if not told:
        return None
    refused, kept = (
        sum(counts[outcome].count for counts in told if outcome in counts) for outcome in ("refused", "kept")
    )
    return Requests(refused, kept)


def receivers(seen: Seen, spec: OktaEventHookSpec) -> Receivers:
    """How many can write to their journal, and what keeps the others.

    What a receiver says of itself counts before Kubernetes has looked, which it does every other second.
    """
    observed, answered = observe_receiver(seen.workload), _receivers(seen.answers)
    wanted = (spec.receiver.replicas if spec.receiver is not None else None) or 1
    can_lose, taking = _can_lose(spec, answered), sum(map(_takes_events, answered))
    warning = trouble.warning(answered)
    if observed.ready or (observed.is_running and taking):
        ready = min(wanted, max(ready_receivers(seen.workload), taking))
        return Receivers(wanted, ready, can_lose=can_lose, warning=warning)
    refused = _journal_problem(spec, answered)
    if refused is not None:
        return Receivers(wanted, problem=refused)
    problem = Problem(observed.reason, observed.message, for_people=observed.reason in _FOR_PEOPLE)
    return Receivers(wanted, problem=problem, can_lose=can_lose)


def _journal_problem(spec: OktaEventHookSpec, answered: Iterable[ReceiverStatistics]) -> Problem | None:
    """Why a receiver keeps nothing: no room is told apart from servers that are not to be had."""
    journal = next((each.journal for each in answered if each.journal.refusal), None)
    if journal is None:
        return None
    said = f"The receiver keeps no event now: {journal.refusal}."
    if not journal.unavailable:
        return Problem(Reason.JOURNAL_FULL, said)
    return Problem(Reason.JOURNAL_UNAVAILABLE, f"{said} {_servers(spec)}".rstrip())


def _servers(spec: OktaEventHookSpec) -> str:
    """What to look at, as a sentence."""
    journal = spec.receiver.journal if spec.receiver is not None else None
    if journal is None or journal.jet_stream is None:
        return ""
    return (
        f"Its servers are {', '.join(journal.jet_stream.urls)}: see that they run and know receiverAuth, and that no"
        " network policy keeps receivers from them."
    )


def _can_lose(spec: OktaEventHookSpec, answered: Iterable[ReceiverStatistics]) -> str:
    """What the journal does not survive: by its kind, or as a receiver has found out."""
    journal = spec.receiver.journal if spec.receiver is not None else None
    if journal is not None and journal.empty_dir is not None:
        return _CAN_LOSE
    weakness = next((each.journal.weakness for each in answered if each.journal.weakness), None)
    return f"What its journal does not survive: {weakness}." if weakness is not None else ""


def _takes_events(receiver: ReceiverStatistics) -> bool:
    return bool(receiver.secrets) and receiver.journal.refusal is None


def deliveries(seen: Seen) -> Deliveries | None:
    """What was received; None where nobody could be asked."""
    dispatchers = _dispatchers(seen.answers)
    if not dispatchers:
        return None
    last = max((each.last_event_at for each in dispatchers if each.last_event_at is not None), default=None)
    return Deliveries(
        received=sum(sum(each.unique.values()) for each in dispatchers),
        last_event_time=timestamp(last) if last is not None else None,
        backlog=max((sink.backlog for each in dispatchers for sink in each.sinks.values()), default=0),
        quarantined=sum(sum(each.quarantined.values()) for each in dispatchers),
        differing=sum(each.quarantined.get("differs", 0) for each in dispatchers),
        unreadable=sum(each.quarantined.get("unreadable", 0) for each in dispatchers),
    )


def journal(seen: Seen) -> JournalState | None:
    """How full the journal is, and what is wrong with it; None where nobody could be asked."""
    return trouble.journal(_receivers(seen.answers), _dispatchers(seen.answers))


def delivery(seen: Seen) -> Delivery | None:
    """What arrived; None where nobody could be asked."""
    told = (
        *(each.last_event_at for each in _receivers(seen.answers)),
        *(each.last_event_at for each in _dispatchers(seen.answers)),
    )
    last = max((moment for moment in told if moment is not None), default=None)
    held_back = trouble.held_back(_dispatchers(seen.answers))
    return Delivery(last_event_at=last, held_back=held_back) if told else None


def _receivers(answers: Iterable[Answers]) -> Sequence[ReceiverStatistics]:
    return [each.receiver for each in answers if each.receiver is not None]


def _dispatchers(answers: Iterable[Answers]) -> Sequence[DispatcherStatistics]:
    return [each.dispatcher for each in answers if each.dispatcher is not None]
