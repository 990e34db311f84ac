"""What a receiver and a dispatcher say, as conditions and counters go by it."""

from __future__ import annotations

from datetime import UTC, datetime

from pydantic import JsonValue

from okta_hooks.admin.dispatcher_statistics import DispatcherStatistics, SinkState, SinkStatistics
from okta_hooks.admin.statistics import JournalStatistics, ReceiverStatistics, SecretSeen
from okta_hooks.api.conditions import Reason
from okta_hooks.controller.receivers import evidence
from okta_hooks.controller.receivers.asking import Answers
from okta_hooks.controller.receivers.observing import Seen
from okta_hooks.kube.objects import Metadata
from okta_hooks.kube.rollout import Workload
from okta_hooks.kube.workload import ContainerStatus, Deployment, DeploymentStatus, Pod, PodStatus
from samples.kube import spec

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
WITH_SINK = spec(sinks=[{"name": "out", "stdout": {}}])
FOR_TRIALS: JsonValue = {"journal": {"emptyDir": {}}}


def seen(*answers: Answers, ready: bool = True) -> Seen:
    """A pod that Kubernetes calls ready or not, and what its processes say."""
    states = tuple(ContainerStatus(name=name, ready=ready) for name in ("receiver", "dispatcher"))
    pod = Pod(metadata=Metadata(name="pod", namespace="identity"), status=PodStatus(container_statuses=states))
    deployment = Deployment(metadata=Metadata(name="receiver"), status=DeploymentStatus())
    return Seen(Workload(deployment, [pod]), answers)


def receiver(refusal: str | None = None, last_event_at: datetime | None = None) -> Answers:
    return Answers(
        receiver=ReceiverStatistics(
            started_at=NOW,
            requests={},
            events={},
            event_bytes=0,
            last_event_at=last_event_at,
            hook_ids={},
            secrets=(SecretSeen("current", "fingerprint"),),
            rotation_pending=False,
            journal=JournalStatistics(0, 1, "", refusal),
        )
    )


def dispatcher(state: SinkState = SinkState.RUNNING, reason: str | None = None, dead_letters: int = 0) -> Answers:
    sink = SinkStatistics(state=state, reason=reason, backlog=7, delivered=1, dead_letters=dead_letters)
    return Answers(
        dispatcher=DispatcherStatistics(
            started_at=NOW,
            observed_at=NOW,
            unique={"hook": 5, "backfill": 2},
            quarantined={"differs": 1},
            last_event_at=NOW,
            sinks={"out": sink},
        )
    )


def test_a_ready_container_is_a_receiver_that_can_take_events() -> None:
    assert evidence.receivers(seen(), spec()).ready == 1


def test_a_receiver_that_answers_is_believed_before_kubernetes_has_looked() -> None:
    assert evidence.receivers(seen(receiver(), ready=False), spec()).ready == 1


def test_a_receiver_that_is_silent_is_not_ready_until_kubernetes_says_so() -> None:
    assert evidence.receivers(seen(Answers(), ready=False), spec()).ready == 0


def test_a_journal_that_ends_with_its_pod_is_told() -> None:
    assert "emptyDir" in evidence.receivers(seen(), spec(receiver=FOR_TRIALS)).can_lose


def test_a_receiver_that_keeps_no_event_says_why() -> None:
    problem = evidence.receivers(seen(receiver("the disk is full"), ready=False), spec()).problem
    assert problem is not None
    assert (problem.reason, "the disk is full" in problem.message) == (Reason.JOURNAL_FULL, True)


def test_events_are_counted_once_whatever_way_they_came() -> None:
    told = evidence.deliveries(seen(dispatcher()))
    assert told is not None
    assert (told.received, told.backlog, told.quarantined) == (7, 7, 1)


def test_where_nobody_answers_nothing_is_counted() -> None:
    assert evidence.deliveries(seen(Answers())) is None


def test_the_last_event_is_the_newest_that_anybody_saw() -> None:
    told = evidence.delivery(seen(receiver(last_event_at=NOW)))
    assert told is not None
    assert told.last_event_at == NOW


def test_a_receiver_that_has_had_no_event_says_so() -> None:
    told = evidence.delivery(seen(receiver()))
    assert told is not None
    assert told.last_event_at is None


def test_of_a_pod_that_does_not_answer_nobody_claims_that_no_event_has_come() -> None:
    assert evidence.delivery(seen(Answers())) is None


def test_a_hook_without_sinks_has_none_that_ails() -> None:
    assert evidence.sinks(seen(), spec()) == ()


def test_a_sink_that_runs_is_well() -> None:
    (sink,) = evidence.sinks(seen(dispatcher()), WITH_SINK) or ()
    assert sink.problem is None


def test_a_sink_that_takes_nothing_now_says_why() -> None:
    (sink,) = evidence.sinks(seen(dispatcher(SinkState.RETRYING, "connection refused")), WITH_SINK) or ()
    assert (sink.problem, sink.detail) == (Reason.SINK_UNAVAILABLE, "connection refused")


def test_a_sink_that_is_paused_rejects() -> None:
    (sink,) = evidence.sinks(seen(dispatcher(SinkState.PAUSED, "wrong token")), WITH_SINK) or ()
    assert sink.problem is Reason.SINK_REJECTING


def test_dead_letters_are_told_of_a_sink_that_runs() -> None:
    (sink,) = evidence.sinks(seen(dispatcher(dead_letters=1)), WITH_SINK) or ()
    assert sink.problem is Reason.DEAD_LETTERS
