"""What a dispatcher says of sinks, as a hook's condition and status say it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from okta_hooks.admin.dispatcher_statistics import (
    DispatcherStatistics,
    SinkState,
    SinkStatistics,
    SkippedStatistics,
)
from okta_hooks.api.conditions import Reason
from okta_hooks.controller.receivers.asking import Answers
from okta_hooks.controller.receivers.observing import Seen
from okta_hooks.controller.sinks.evidence import BACKLOGGED_AFTER, SinksSeen, sinks
from okta_hooks.controller.sinks.feeding import Feeding
from okta_hooks.kube.objects import Metadata
from okta_hooks.kube.rollout import Workload
from okta_hooks.kube.workload import ContainerStatus, Deployment, DeploymentStatus, Pod, PodStatus
from okta_hooks.reconcile.evidence import SinkState as Judged
from okta_hooks.reconcile.problem import Problem
from samples.kube import spec

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
WITH_SINK = spec(sinks=[{"name": "out", "stdout": {}}])
MISSING = Problem(Reason.SECRET_MISSING, "There is no Secret identity/siem.", for_people=True)
IDLE = SinkStatistics(state=SinkState.RUNNING, backlog=0, delivered=1, dead_letters=0)


def seen(*answers: Answers, ready: bool = True) -> Seen:
    """A pod that Kubernetes calls ready or not, and what its dispatcher says."""
    states = tuple(ContainerStatus(name=name, ready=ready) for name in ("receiver", "dispatcher"))
    pod = Pod(metadata=Metadata(name="pod", namespace="identity"), status=PodStatus(container_statuses=states))
    deployment = Deployment(metadata=Metadata(name="receiver"), status=DeploymentStatus())
    return Seen(Workload(deployment, [pod]), answers)


def told(configuration_trouble: str | None = None, journal_trouble: str | None = None, **known: SinkStatistics) -> Seen:
    """A dispatcher that says this of sinks."""
    return seen(
        Answers(
            dispatcher=DispatcherStatistics(
                started_at=NOW,
                observed_at=NOW,
                sinks=known,
                configuration_trouble=configuration_trouble,
                journal_trouble=journal_trouble,
            )
        )
    )


def sink(
    state: SinkState = SinkState.RUNNING,
    reason: str | None = None,
    *,
    waiting: timedelta | None = None,
    dead_letters: int = 0,
) -> SinkStatistics:
    return SinkStatistics(
        state=state,
        reason=reason,
        backlog=7,
        oldest_received_at=NOW - waiting if waiting is not None else None,
        delivered=5,
        last_success_at=NOW,
        dead_letters=dead_letters,
        skipped=(SkippedStatistics(NOW, NOW, 2), SkippedStatistics(NOW, NOW, None)),
    )


def only(found: SinksSeen) -> Judged:
    assert found.states is not None
    (state,) = found.states
    return state


def test_a_hook_without_sinks_has_none_that_ails() -> None:
    assert sinks(seen(), spec(), Feeding()).states == ()


def test_a_sink_that_takes_its_events_is_well() -> None:
    assert only(sinks(told(out=sink(waiting=BACKLOGGED_AFTER)), WITH_SINK, Feeding())).problem is None


def test_a_sink_that_takes_nothing_now_says_why() -> None:
    found = only(sinks(told(out=sink(SinkState.RETRYING, "connection refused")), WITH_SINK, Feeding()))
    assert (found.problem, found.detail) == (Reason.SINK_UNAVAILABLE, "connection refused")


def test_a_sink_that_is_paused_rejects() -> None:
    found = only(sinks(told(out=sink(SinkState.PAUSED, "wrong token")), WITH_SINK, Feeding()))
    assert (found.problem, found.detail) == (Reason.SINK_REJECTING, "wrong token")


def test_a_sink_that_takes_events_too_slowly_is_behind() -> None:
    late = sink(waiting=BACKLOGGED_AFTER + timedelta(seconds=1))
    assert only(sinks(told(out=late), WITH_SINK, Feeding())).problem is Reason.BACKLOGGED


def test_dead_letters_are_told_of_a_sink_that_runs() -> None:
    assert only(sinks(told(out=sink(dead_letters=1)), WITH_SINK, Feeding())).problem is Reason.DEAD_LETTERS


def test_what_the_operator_knows_of_a_sink_comes_before_what_the_dispatcher_says() -> None:
    found = only(sinks(told(out=sink(SinkState.PAUSED)), WITH_SINK, Feeding(problems={"out": MISSING})))
    assert (found.problem, found.detail, found.for_people) == (MISSING.reason, MISSING.message, True)


def test_what_the_operator_knows_is_told_before_the_dispatcher_answers() -> None:
    found = only(sinks(seen(ready=False), WITH_SINK, Feeding(problems={"out": MISSING})))
    assert found.problem is Reason.SECRET_MISSING


def test_without_a_word_from_anybody_nothing_is_known() -> None:
    assert sinks(seen(ready=False), WITH_SINK, Feeding()).states is None


def test_a_sink_that_was_taken_out_with_a_backlog_says_what_to_do() -> None:
    found = only(sinks(told(former=sink(SinkState.REMOVED)), spec(), Feeding()))
    assert (found.problem, found.for_people) == (Reason.SINK_REMOVED, True)
    assert "spec.abandonSinks" in found.detail


def test_a_sink_that_is_given_up_is_told_no_more() -> None:
    given_up = spec(abandonSinks=["former"])
    assert sinks(told(former=sink(SinkState.REMOVED)), given_up, Feeding()).states == ()


def test_a_sink_that_the_dispatcher_has_not_read_of_yet_is_not_ailing() -> None:
    (status,) = sinks(told(), WITH_SINK, Feeding()).statuses or ()
    assert (status.state, status.reason) == ("Pending", None)


def test_the_status_has_the_numbers() -> None:
    (status,) = sinks(told(out=sink(waiting=timedelta(minutes=1), dead_letters=3)), WITH_SINK, Feeding()).statuses or ()
    assert (status.state, status.backlog, status.delivered, status.dead_letters) == ("Running", 7, 5, 3)
    assert (status.oldest_event_time, status.last_success_time) == ("2026-11-23T11:59:00Z", "2026-11-23T12:00:00Z")
    assert status.skipped == 2


def test_the_status_says_what_is_wrong() -> None:
    (status,) = sinks(told(out=sink(SinkState.PAUSED, "wrong token")), WITH_SINK, Feeding()).statuses or ()
    assert (status.state, status.reason, status.message) == ("Paused", "SinkRejecting", "wrong token")


def test_while_the_dispatcher_is_silent_the_status_stays() -> None:
    assert sinks(seen(), WITH_SINK, Feeding()).statuses is None


def test_a_wrong_route_is_told_whatever_sinks_do() -> None:
    wrong = Problem(Reason.ROUTE_WRONG, "Route a sends nothing.")
    assert sinks(told(out=IDLE), WITH_SINK, Feeding(routes=(wrong,))).feeding == (wrong,)


def test_a_configuration_that_the_dispatcher_does_not_use_is_told() -> None:
    (problem,) = sinks(told("the configuration is wrong", out=IDLE), WITH_SINK, Feeding()).feeding
    assert problem.reason is Reason.CONFIGURATION_REFUSED


def test_a_journal_that_cannot_be_read_is_told() -> None:
    (problem,) = sinks(told(journal_trouble="It is gone.", out=IDLE), WITH_SINK, Feeding()).feeding
    assert problem.message == "No sink gets events now: It is gone."
