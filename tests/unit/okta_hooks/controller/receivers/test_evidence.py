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
FOR_TRIALS: JsonValue = {"journal": {"emptyDir": {}}}
ON_STREAM: JsonValue = {"replicas": 3, "journal": {"jetStream": {"urls": ["tls://nats.example.com"]}}}


def seen(*answers: Answers, ready: bool = True) -> Seen:
    """A pod that Kubernetes calls ready or not, and what its processes say."""
    states = tuple(ContainerStatus(name=name, ready=ready) for name in ("receiver", "dispatcher"))
    pod = Pod(metadata=Metadata(name="pod", namespace="identity"), status=PodStatus(container_statuses=states))
    deployment = Deployment(metadata=Metadata(name="receiver"), status=DeploymentStatus())
    return Seen(Workload(deployment, [pod]), answers)


def receiver(
    refusal: str | None = None,
    last_event_at: datetime | None = None,
    weakness: str | None = None,
    *,
    unavailable: bool = False,
) -> Answers:
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
            journal=JournalStatistics(0, 1, "", refusal, weakness, unavailable=unavailable),
        )
    )


def dispatcher() -> Answers:
    sink = SinkStatistics(state=SinkState.RUNNING, backlog=7, delivered=1, dead_letters=0)
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


def test_what_a_receiver_found_its_journal_not_to_survive_is_told() -> None:
    told = evidence.receivers(seen(receiver(weakness="a loss of power can lose events")), spec(receiver=ON_STREAM))
    assert told.can_lose == "What its journal does not survive: a loss of power can lose events."


def test_receivers_of_a_stream_are_counted() -> None:
    told = evidence.receivers(seen(receiver(), receiver()), spec(receiver=ON_STREAM))
    assert (told.wanted, told.ready) == (3, 2)


def test_a_receiver_that_keeps_no_event_says_why() -> None:
    problem = evidence.receivers(seen(receiver("the disk is full"), ready=False), spec()).problem
    assert problem is not None
    assert (problem.reason, "the disk is full" in problem.message) == (Reason.JOURNAL_FULL, True)


def test_a_receiver_without_its_servers_names_them_and_is_not_called_full() -> None:
    cut_off = seen(receiver("there is no connection", unavailable=True), ready=False)
    problem = evidence.receivers(cut_off, spec(receiver=ON_STREAM)).problem
    assert problem is not None
    assert problem.reason == Reason.JOURNAL_UNAVAILABLE
    assert "there is no connection. Its servers are tls://nats.example.com: see that they run" in problem.message


def test_a_stream_that_is_full_is_called_full() -> None:
    problem = evidence.receivers(seen(receiver("the stream is full"), ready=False), spec(receiver=ON_STREAM)).problem
    assert problem is not None
    assert problem.reason == Reason.JOURNAL_FULL


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
