"""What an OktaEventSink or ClusterOktaEventSink is to say of itself. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from okta_hooks.api.conditions import ConditionType, Reason
from okta_hooks.api.hook_status import SinkStatus
from okta_hooks.api.sinks.okta_event_sink import OktaEventSinkStatus
from okta_hooks.api.values import Condition
from okta_hooks.controller.sinks.users import User
from okta_hooks.reconcile.problem import Problem
from okta_hooks.reconcile.timestamps import timestamp
from okta_hooks.reconcile.verdict import Verdict, bad, because_of, good

_OF_THE_HOOK = {Reason.SINK_NOT_ALLOWED, Reason.DISPATCHER_UNAVAILABLE, Reason.SINK_REMOVED}
"""What says nothing of the sink, but of a hook that names it."""


def status(
    before: OktaEventSinkStatus, users: Sequence[User], problem: Problem | None, *, generation: int, now: datetime
) -> OktaEventSinkStatus:
    """The whole status.

    Args:
        before: What was said last.
        users: The hooks that use it.
        problem: What is wrong with its own Secrets.
        generation: The generation of the spec that was looked at.
        now: The moment.
    """
    told = [each for user in users for each in user.told]
    verdict = because_of(problem) if problem is not None else _as_hooks_say(users)
    return OktaEventSinkStatus(
        observed_generation=generation,
        conditions=[_ready(verdict, before.conditions, generation=generation, now=now)],
        hooks=len(users),
        backlog=sum(each.backlog for each in told),
        oldest_event_time=min(_known(each.oldest_event_time for each in told), default=None),
        last_success_time=max(_known(each.last_success_time for each in told), default=None),
        dead_letters=sum(each.dead_letters for each in told),
    )


def without_numbers(status: OktaEventSinkStatus) -> OktaEventSinkStatus:
    """What is worth being written at once."""
    return OktaEventSinkStatus(
        observed_generation=status.observed_generation, conditions=status.conditions, hooks=status.hooks
    )


def _as_hooks_say(users: Sequence[User]) -> Verdict:
    if not users:
        return good(Reason.READY, "Its Secrets are there. No hook uses it yet: name it in spec.sinks of one.")
    complaints = [(user.hook, sink) for user in users for sink in user.told if _trouble(sink) is not None]
    if not complaints:
        return good(Reason.HEALTHY, "No hook that uses it says that it refuses events or is behind.")
    hook, sink = complaints[0]
    others = len({each for each, _ in complaints} - {hook})
    more = f" Other hooks that complain: {others}." if others else ""
    return bad(_trouble(sink) or Reason.SINK_UNAVAILABLE, f"Hook {hook} says: {sink.message}{more}")


def _trouble(sink: SinkStatus) -> Reason | None:
    """What a hook says against the sink itself."""
    return next((reason for reason in Reason if reason == sink.reason and reason not in _OF_THE_HOOK), None)


def _ready(verdict: Verdict, before: Sequence[Condition], *, generation: int, now: datetime) -> Condition:
    known = next((each for each in before if each.type == ConditionType.READY), None)
    same = known is not None and known.status == verdict.status
    return Condition(
        type=ConditionType.READY,
        status=verdict.status,
        observed_generation=generation,
        last_transition_time=known.last_transition_time if known is not None and same else timestamp(now),
        reason=verdict.reason,
        message=verdict.message,
    )


def _known(moments: Iterable[str | None]) -> Iterable[str]:
    """Moments are written in one form, in which later ones are greater."""
    return (moment for moment in moments if moment is not None)
