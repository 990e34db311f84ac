"""From what the watch shows to what is reconciled."""

from __future__ import annotations

import pytest

from okta_hooks.controller.attention import RECONCILE_AT
from okta_hooks.controller.bindings import Bindings
from okta_hooks.controller.children_seen import ChildrenSeen
from okta_hooks.controller.heartbeat import Heartbeat
from okta_hooks.controller.noticing import Noticing
from okta_hooks.controller.work_key import WorkKey
from okta_hooks.controller.work_queue import WorkQueue
from okta_hooks.kube.children.metadata import HOOK_LABEL
from okta_hooks.kube.objects import Metadata, ObjectKey, Resource
from okta_hooks.kube.resources import HOOK, LEASE, ORG, POD
from unit.okta_hooks.controller.given import SteppingClock

LEASE_KEY = ObjectKey("okta-event-hooks", "okta-event-hooks")
SIGN_INS = WorkKey(HOOK, ObjectKey("identity", "sign-ins"))
DEFAULT = WorkKey(ORG, ObjectKey("identity", "default"))
HOOK_METADATA = Metadata(namespace="identity", name="sign-ins", uid="1", generation=1, resource_version="10")
ORG_METADATA = Metadata(namespace="identity", name="default", uid="2", generation=1)


class Queue(WorkQueue[WorkKey]):
    """Remembers what was put into it."""

    def __init__(self) -> None:
        super().__init__()
        self.added: list[WorkKey] = []

    def add(self, key: WorkKey, *_: object) -> None:
        self.added.append(key)


class Watched:
    """What the watch tells, and what comes of it."""

    def __init__(self, *namespaces: str) -> None:
        self.queue, self.bindings, self.seconds = Queue(), Bindings(), 0.0
        self.heartbeat = Heartbeat(lambda: self.seconds)
        self.children = ChildrenSeen(SteppingClock())
        self.noticing = Noticing(self.queue, self.bindings, self.children, self.heartbeat, namespaces, LEASE_KEY)

    def shows(self, resource: Resource, metadata: Metadata, *, gone: bool = False) -> list[WorkKey]:
        """What an event puts into the queue."""
        self.queue.added.clear()
        self.noticing(resource, metadata, gone)
        return list(self.queue.added)


def test_an_object_that_is_seen_first_is_looked_at() -> None:
    assert Watched().shows(HOOK, HOOK_METADATA) == [SIGN_INS]


def test_our_own_write_to_a_status_is_no_reason_to_look() -> None:
    watched = Watched()
    watched.shows(HOOK, HOOK_METADATA)
    assert watched.shows(HOOK, HOOK_METADATA.model_copy(update={"resource_version": "11"})) == []


@pytest.mark.parametrize(
    "change",
    [
        {"generation": 2},
        {"deletion_timestamp": "2026-11-23T12:00:00Z"},
        {"annotations": {RECONCILE_AT: "now"}},
        {"uid": "another object of the same name"},
    ],
)
def test_a_change_that_means_something_is(change: dict[str, object]) -> None:
    watched = Watched()
    watched.shows(HOOK, HOOK_METADATA)
    assert watched.shows(HOOK, HOOK_METADATA.model_copy(update=change)) == [SIGN_INS]


def test_an_object_that_is_gone_is_looked_at_once_more() -> None:
    watched = Watched()
    watched.shows(HOOK, HOOK_METADATA)
    assert watched.shows(HOOK, HOOK_METADATA, gone=True) == [SIGN_INS]
    assert watched.noticing.live_uids() == frozenset()


def test_the_uids_of_hooks_are_known_and_of_nothing_else() -> None:
    watched = Watched()
    watched.shows(HOOK, HOOK_METADATA)
    watched.shows(ORG, ORG_METADATA)
    assert watched.noticing.live_uids() == {"1"}


def test_a_change_of_a_child_has_its_hook_looked_at() -> None:
    pod = Metadata(namespace="identity", name="sign-ins-receiver-1", labels={HOOK_LABEL: "sign-ins"})
    watched = Watched()
    assert watched.shows(POD, pod) == [SIGN_INS]
    assert watched.children.changes(SIGN_INS.key) == 1


def test_a_change_of_an_organisation_has_its_hooks_looked_at() -> None:
    watched = Watched()
    watched.bindings.looked_for(SIGN_INS, [DEFAULT])
    assert watched.shows(ORG, ORG_METADATA) == [DEFAULT, SIGN_INS]


def test_objects_of_other_namespaces_are_not_served() -> None:
    assert Watched("elsewhere").shows(HOOK, HOOK_METADATA) == []


def test_the_operators_own_lease_shows_that_the_watch_hears() -> None:
    watched = Watched("elsewhere")
    watched.seconds = 60
    assert watched.heartbeat.silence().total_seconds() == 60
    watched.shows(LEASE, Metadata(namespace=LEASE_KEY.namespace, name=LEASE_KEY.name))
    assert watched.heartbeat.silence().total_seconds() == 0


def test_another_operators_lease_does_not() -> None:
    watched = Watched()
    watched.seconds = 60
    watched.shows(LEASE, Metadata(namespace="elsewhere", name=LEASE_KEY.name))
    assert watched.heartbeat.silence().total_seconds() == 60
