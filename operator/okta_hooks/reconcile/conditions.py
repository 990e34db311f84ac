"""The conditions of an OktaEventHook as its status holds them: Ready from the others, times of transitions, kstatus.

Ready takes the first in the order of `verdicts.ORDER` that does not hold. Reconciling and Stalled are present only
while they hold: Stalled when somebody has to do something, Reconciling while the operator is on its way.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from okta_hooks.api.conditions import ConditionType, Reason
from okta_hooks.api.values import Condition
from okta_hooks.reconcile.evidence import Evidence
from okta_hooks.reconcile.timestamps import timestamp
from okta_hooks.reconcile.verdict import Verdict, bad, good, unclear
from okta_hooks.reconcile.verdicts import ORDER, judge

_LONGEST_MESSAGE = 2000  # characters; Kubernetes takes 32768, people fewer

_HARMLESS_UNKNOWN = {
    (ConditionType.ENDPOINT_REACHABLE, Reason.NOT_REACHABLE_FROM_CLUSTER),
    (ConditionType.ENDPOINT_REACHABLE, Reason.PROBE_OFF),
    (ConditionType.ENDPOINT_REACHABLE, Reason.INACTIVE),
    (ConditionType.VERIFIED, Reason.INACTIVE),
}


def conditions(
    seen: Evidence, previous: Sequence[Condition], *, generation: int, now: datetime
) -> tuple[Condition, ...]:
    """All conditions of an object.

    Args:
        seen: What was seen.
        previous: The conditions of its present status.
        generation: The generation of the spec that was looked at.
        now: The moment, which conditions begin to hold at, and by which evidence is old.
    """
    verdicts = judge(seen, now)
    if seen.wanted.suspended:
        verdicts[ConditionType.SYNCED] = bad(
            Reason.SUSPENDED, "Suspended: Okta is left as it is. Set suspend to false to go on."
        )
    written = {**verdicts, ConditionType.READY: ready(verdicts)}
    progress = _progress(seen, written[ConditionType.READY], verdicts)
    return tuple(
        _condition(kind, verdict, previous, generation=generation, now=now)
        for kind, verdict in {**written, **progress}.items()
    )


def ready(verdicts: Mapping[ConditionType, Verdict]) -> Verdict:
    """All that applies, in one: the first that fails, else the first of which nothing is known."""
    counted = [(kind, verdicts[kind]) for kind in ORDER if _counts(kind, verdicts[kind])]
    failing = next((verdict for _, verdict in counted if verdict.status == "False"), None)
    if failing is not None:
        return failing
    open_question = next((verdict for _, verdict in counted if verdict.status == "Unknown"), None)
    if open_question is not None:
        return unclear(open_question.reason, open_question.message)
    return good(Reason.READY, "The hook is in Okta as the spec has it, and its events are received.")


def _counts(kind: ConditionType, verdict: Verdict) -> bool:
    """Whether a verdict is part of Ready: an Unknown is not where it is no sign of anything wrong."""
    if verdict.status != "Unknown":
        return True
    return kind is not ConditionType.DELIVERING and (kind, verdict.reason) not in _HARMLESS_UNKNOWN


def _progress(
    seen: Evidence, ready_now: Verdict, verdicts: Mapping[ConditionType, Verdict]
) -> Mapping[ConditionType, Verdict]:
    if ready_now.status == "True" or seen.wanted.suspended:
        return {}
    if any(verdict.for_people for verdict in verdicts.values()):
        stalled = next(verdict for verdict in verdicts.values() if verdict.for_people)
        return {ConditionType.STALLED: good(stalled.reason, stalled.message)}
    return {ConditionType.RECONCILING: good(ready_now.reason, ready_now.message)}


def _condition(
    kind: ConditionType, verdict: Verdict, previous: Sequence[Condition], *, generation: int, now: datetime
) -> Condition:
    before = next((each for each in previous if each.type == kind), None)
    flipped = before is None or before.status != verdict.status
    return Condition(
        type=kind,
        status=verdict.status,
        observed_generation=generation,
        last_transition_time=timestamp(now) if before is None or flipped else before.last_transition_time,
        reason=verdict.reason,
        message=verdict.message[:_LONGEST_MESSAGE],
    )
