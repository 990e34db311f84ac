"""How often a receiver is asked in one look."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import UTC, datetime, timedelta

from pydantic import JsonValue

from okta_hooks.admin.statistics import JournalStatistics, ReceiverStatistics
from okta_hooks.controller.receivers.asking import Answers
from okta_hooks.controller.receivers.observing import ReceiverObserver
from okta_hooks.kube.difference import Live
from okta_hooks.kube.objects import JsonObject, ObjectKey, Resource
from okta_hooks.kube.resources import DEPLOYMENT, POD
from samples.kube import hook

LIVE: Live = {
    (DEPLOYMENT, ObjectKey("identity", "sign-ins-receiver")): {
        "metadata": {"name": "sign-ins-receiver", "namespace": "identity"}
    }
}
ON_STREAM: JsonValue = {"journal": {"jetStream": {"urls": ["tls://nats.example.com"]}}}
SILENT = Answers()
ANSWERING = Answers(
    ReceiverStatistics(
        started_at=datetime(2026, 11, 23, tzinfo=UTC),
        requests={},
        events={},
        event_bytes=0,
        last_event_at=None,
        hook_ids={},
        secrets=(),
        rotation_pending=False,
        journal=JournalStatistics(0, 1, "", None),
    )
)


class OnePod:
    """A cluster with one pod, whose receiver is in some state."""

    def __init__(self, state: JsonObject, restarts: int = 0) -> None:
        self._status: JsonObject = {"name": "receiver", "ready": False, "restartCount": restarts, "state": state}

    async def list(
        self, resource: Resource, namespace: str, labels: Mapping[str, str] | None = None
    ) -> tuple[JsonObject, ...]:
        assert resource == POD
        assert labels
        status: JsonObject = {"podIP": "10.0.0.7", "containerStatuses": [self._status]}
        return ({"metadata": {"name": "pod", "namespace": namespace}, "status": status},)


class Asked:
    """Gives one answer after the other, and counts."""

    def __init__(self, *answers: Answers) -> None:
        self._answers: Iterator[Answers] = iter(answers)
        self.times = 0

    async def ask(self, address: str, token: str, containers: Collection[str]) -> Answers:
        assert (address, token, containers) == ("10.0.0.7", "token", {"receiver"})
        self.times += 1
        return next(self._answers)


async def look(pods: OnePod, asked: Asked) -> bool:
    """Whether the receiver answered in one look, which asks again twice at most."""
    seen = await ReceiverObserver(pods, asked, pauses=(timedelta(),) * 2).look(hook(), LIVE, "token")
    return any(answers.receiver is not None for answers in seen.answers)


async def test_a_receiver_that_has_just_started_is_asked_until_it_answers() -> None:
    asked = Asked(SILENT, ANSWERING)
    assert await look(OnePod({"running": {}}), asked)
    assert asked.times == 2


async def test_a_receiver_that_starts_slowly_is_left_to_kubernetes() -> None:
    asked = Asked(SILENT, SILENT, SILENT)
    assert not await look(OnePod({"running": {}}), asked)
    assert asked.times == 3


async def test_a_receiver_that_answers_is_asked_once() -> None:
    asked = Asked(ANSWERING)
    assert await look(OnePod({"running": {}}), asked)
    assert asked.times == 1


async def test_a_receiver_that_crashes_is_asked_once() -> None:
    asked = Asked(SILENT)
    assert not await look(OnePod({"running": {}}, restarts=1), asked)
    assert asked.times == 1


async def test_a_receiver_that_is_still_being_made_is_asked_once() -> None:
    asked = Asked(SILENT)
    assert not await look(OnePod({"waiting": {"reason": "ContainerCreating"}}), asked)
    assert asked.times == 1


class TwoPods:
    """A cluster with a receiver and a dispatcher, each in a pod of its own."""

    async def list(
        self, resource: Resource, namespace: str, labels: Mapping[str, str] | None = None
    ) -> tuple[JsonObject, ...]:
        assert resource == POD
        assert labels
        return tuple(
            {
                "metadata": {"name": name, "namespace": namespace, "labels": {"app.kubernetes.io/component": name}},
                "status": {"podIP": address, "containerStatuses": [{"name": name, "ready": True, "state": {}}]},
            }
            for name, address in (("receiver", "10.0.0.7"), ("dispatcher", "10.0.0.8"))
        )


class Noted:
    """Notes who was asked for what."""

    def __init__(self) -> None:
        self.containers: dict[str, Collection[str]] = {}

    async def ask(self, address: str, token: str, containers: Collection[str]) -> Answers:
        assert token == "token"
        self.containers[address] = containers
        return SILENT


async def test_of_a_pod_only_what_it_runs_is_asked() -> None:
    noted = Noted()
    await ReceiverObserver(TwoPods(), noted).look(hook(receiver=ON_STREAM), LIVE, "token")
    assert noted.containers == {"10.0.0.7": {"receiver"}, "10.0.0.8": {"dispatcher"}}


async def test_receivers_and_the_dispatcher_are_looked_at_apart_where_they_are() -> None:
    seen = await ReceiverObserver(TwoPods(), Noted()).look(hook(receiver=ON_STREAM), LIVE, "token")
    assert [[pod.metadata.name for pod in each.pods] for each in (seen.workload, seen.dispatching)] == [
        ["receiver"],
        ["dispatcher"],
    ]
