"""When only a new start can help."""

from __future__ import annotations

from okta_hooks.controller.heartbeat import Heartbeat
from okta_hooks.controller.probes import Health
from okta_hooks.controller.work_key import WorkKey
from okta_hooks.controller.work_queue import WorkQueue
from okta_hooks.kube.objects import ObjectKey
from okta_hooks.kube.resources import HOOK

WORK = WorkKey(HOOK, ObjectKey("identity", "sign-ins"))


class Operator:
    """An operator whose clock is set."""

    def __init__(self, *, leads: bool = True, started: bool = True) -> None:
        self.seconds = 0.0
        self.queue = WorkQueue[WorkKey]()
        heartbeat = Heartbeat(lambda: self.seconds)
        self.health = Health(self.queue, heartbeat, is_started=lambda: started, is_leading=lambda: leads)


async def test_one_that_hears_and_works_is_well() -> None:
    assert Operator().health.illness() is None


async def test_one_whose_watch_is_silent_is_not() -> None:
    operator = Operator()
    operator.seconds = 600
    assert "Lease" in str(operator.health.illness())


async def test_one_whose_queue_is_stuck_is_not() -> None:
    operator = Operator()
    operator.queue.add(WORK)
    operator.queue._entries[WORK].due = -600.0 + operator.queue.clock()
    assert "identity/sign-ins" in str(operator.health.illness())


async def test_one_that_stands_by_is_well_whatever_waits() -> None:
    operator = Operator(leads=False)
    operator.seconds = 600
    assert operator.health.illness() is None


async def test_it_is_ready_as_soon_as_it_watches() -> None:
    assert Operator(started=False).health.unreadiness() == "the operator is starting"
    assert Operator().health.unreadiness() is None
