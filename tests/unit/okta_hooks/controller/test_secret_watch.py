"""A look at every Secret that is named, each minute."""

from __future__ import annotations

import base64

from okta_hooks.api.values import SecretKeyRef
from okta_hooks.controller.secret_watch import Named, SecretWatch
from okta_hooks.controller.secrets import Hashing, SecretReader
from okta_hooks.controller.work_key import WorkKey
from okta_hooks.kube import errors
from okta_hooks.kube.objects import JsonObject, ObjectKey, Resource
from okta_hooks.kube.resources import HOOK

SIGN_INS = WorkKey(HOOK, ObjectKey("identity", "sign-ins"))
MINE = Named("identity", SecretKeyRef(name="mine", key="secret"))


class Secrets:
    """A store with one Secret, or none, or that does not answer."""

    def __init__(self) -> None:
        self.value: str | None = "first"
        self.is_down = False
        self.reads = 0

    async def get(self, resource: Resource, key: ObjectKey) -> JsonObject:
        self.reads += 1
        if self.is_down:
            raise errors.Unavailable(f"get {resource.kind} {key}", "no answer")
        if self.value is None:
            raise errors.NotFound(f"get {resource.kind} {key}", "not found")
        return {"data": {"secret": base64.b64encode(self.value.encode()).decode()}}

    async def create(self, resource: Resource, manifest: JsonObject) -> JsonObject:
        raise NotImplementedError

    async def replace(self, resource: Resource, manifest: JsonObject) -> JsonObject:
        raise NotImplementedError


class Watched:
    """A watch that has looked once."""

    def __init__(self) -> None:
        self.secrets, self.changed = Secrets(), list[WorkKey]()
        self.watch = SecretWatch(SecretReader(self.secrets), Hashing(b"key"), self.changed.append)
        self.watch.names(SIGN_INS, [MINE])

    async def looks(self) -> list[WorkKey]:
        self.changed.clear()
        await self.watch.look()
        return self.changed


async def test_the_first_look_is_no_change() -> None:
    assert await Watched().looks() == []


async def test_another_value_has_whoever_names_it_looked_at() -> None:
    watched = Watched()
    await watched.looks()
    watched.secrets.value = "second"
    assert await watched.looks() == [SIGN_INS]
    assert await watched.looks() == []


async def test_a_secret_that_goes_and_comes_is_a_change_each_time() -> None:
    watched = Watched()
    await watched.looks()
    watched.secrets.value = None
    assert await watched.looks() == [SIGN_INS]
    watched.secrets.value = "first"
    assert await watched.looks() == [SIGN_INS]


async def test_a_store_that_does_not_answer_is_no_change() -> None:
    watched = Watched()
    await watched.looks()
    watched.secrets.is_down = True
    assert await watched.looks() == []
    watched.secrets.is_down = False
    assert await watched.looks() == []


async def test_a_secret_that_many_name_is_read_once() -> None:
    watched = Watched()
    watched.watch.names(WorkKey(HOOK, ObjectKey("identity", "sign-outs")), [MINE])
    await watched.looks()
    assert watched.secrets.reads == 1


async def test_what_nobody_names_any_more_is_not_read() -> None:
    watched = Watched()
    watched.watch.names(SIGN_INS, [])
    await watched.looks()
    assert watched.secrets.reads == 0
