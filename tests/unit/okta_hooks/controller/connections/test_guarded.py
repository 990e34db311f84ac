"""Calls to Okta: not without the lease, counted, and remembered in the list."""

from __future__ import annotations

import pytest

from okta_hooks.controller.connections.guard import REJECTION_HOLDS, Guard
from okta_hooks.controller.connections.guarded import GuardedHooks
from okta_hooks.controller.connections.hook_list import HookList
from okta_hooks.controller.gate import NotLeading
from okta_hooks.okta.errors import CredentialsRejected, Unavailable
from okta_hooks.okta.port import Secret
from unit.okta_hooks.controller.given import START, Counted, OpenGate, SteppingClock, definition
from unit.okta_hooks.controller.okta_in_memory import HooksInMemory

SECRET = Secret("s")


class ShutGate:
    def check(self) -> None:
        raise NotLeading


class Guarded:
    """The calls, and everything around them."""

    def __init__(self) -> None:
        self.okta, self.listed, self.counted, self.seconds = HooksInMemory(), HookList(SteppingClock()), Counted(), 0.0
        self.hooks = GuardedHooks(self.okta, self.listed, Guard(OpenGate(), self.counted, clock=lambda: self.seconds))

    async def ids(self) -> set[str]:
        return {hook.id for hook in (await self.listed.get(self.okta.list, START)).hooks}


async def test_without_the_lease_nothing_is_asked_of_okta() -> None:
    okta = HooksInMemory()
    hooks = GuardedHooks(okta, HookList(), Guard(ShutGate(), Counted()))
    with pytest.raises(NotLeading):
        await hooks.create(definition(), SECRET)
    assert okta.calls == []


async def test_what_was_made_is_in_the_list() -> None:
    given = Guarded()
    await given.ids()
    made = await given.hooks.create(definition(), SECRET)
    assert await given.ids() == {made.id}
    assert given.okta.calls == ["list", "create"]


async def test_what_was_deleted_is_not() -> None:
    given = Guarded()
    made = await given.hooks.create(definition(), SECRET)
    await given.ids()
    await given.hooks.delete(made.id)
    assert await given.ids() == set()


async def test_a_lost_answer_makes_the_list_doubtful() -> None:
    given = Guarded()
    await given.ids()
    given.okta.lost["create"] = [Unavailable("create event hook", "the connection was lost")]
    with pytest.raises(Unavailable):
        await given.hooks.create(definition(), SECRET)
    assert len(await given.ids()) == 1


async def test_a_request_that_never_left_does_not() -> None:
    given = Guarded()
    await given.ids()
    given.okta.failures["create"] = [Unavailable("create event hook", "no connection", reached=False)]
    with pytest.raises(Unavailable):
        await given.hooks.create(definition(), SECRET)
    await given.ids()
    assert given.okta.calls == ["list", "create"]


async def test_a_rejected_credential_is_not_shown_again_by_every_hook() -> None:
    given = Guarded()
    given.okta.failures["list"] = [CredentialsRejected("list event hooks", "Invalid token provided")]
    for _ in range(25):
        with pytest.raises(CredentialsRejected, match="Invalid token"):
            await given.hooks.list()
    assert given.okta.calls == ["list"]


async def test_after_a_while_it_is() -> None:
    given = Guarded()
    given.okta.failures["list"] = [CredentialsRejected("list event hooks", "Invalid token provided")]
    with pytest.raises(CredentialsRejected):
        await given.hooks.list()
    given.seconds = REJECTION_HOLDS.total_seconds()
    assert await given.hooks.list() == ()


async def test_every_call_is_counted_with_what_came_of_it() -> None:
    given = Guarded()
    given.okta.failures["list"] = [Unavailable("list event hooks", "no answer")]
    with pytest.raises(Unavailable):
        await given.hooks.list()
    await given.hooks.list()
    assert given.counted.calls == [("list event hooks", "Unavailable"), ("list event hooks", "Ok")]
