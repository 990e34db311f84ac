"""The phases of a life: where each begins, what happens, what the operator writes then, and how it has to end."""

from __future__ import annotations

import contextlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from crash.okta_hooks.controller.interposer import Moment, Passage
from crash.okta_hooks.controller.life import Life
from okta_hooks.controller.attention import RECONCILE_AT
from okta_hooks.controller.installation import KEY_SECRET
from okta_hooks.kube import errors
from okta_hooks.kube.permissions import LEASE_NAME
from okta_hooks.kube.resources import HOOK, LEASE, ORG, SECRET

CREATE = "POST /api/v1/eventHooks"
REPLACE = "PUT /api/v1/eventHooks/{id}"
VERIFY = "POST /api/v1/eventHooks/{id}/lifecycle/verify"
ACTIVATE = "POST /api/v1/eventHooks/{id}/lifecycle/activate"
DEACTIVATE = "POST /api/v1/eventHooks/{id}/lifecycle/deactivate"
DELETE = "DELETE /api/v1/eventHooks/{id}"

FINALIZERS = "patch oktaeventhooks"
STATUS = "patch oktaeventhooks/status"

SECONDS_TO_COME_TO_A_CALL = 30.0

Doing = Callable[[Life], Awaitable[object]]


@dataclass(frozen=True)
class Phase:
    """A part of a life.

    Args:
        name: What happens.
        begin: Brings a life to where the phase begins.
        act: What a user does, or whoever starts the operator.
        end: Waits until that has come true.
        writes: The calls that change something at which the operator is killed: all that are new in this phase, and
            those of others that mean something else here.
        hooks: How many Okta has of the object in the end.
    """

    name: str
    begin: Doing
    act: Doing
    end: Doing
    writes: tuple[str, ...]
    hooks: int = 1


async def _nothing(_: Life) -> None:
    pass


async def _exist(life: Life) -> None:
    await life.apply()
    await life.until_ready()


async def _ask_for_rest(life: Life) -> None:
    await life.apply(state="Inactive")


async def _rests(life: Life) -> None:
    await life.until_okta(lambda hook: hook.status == "INACTIVE")
    await life.until_ready()


async def _rest(life: Life) -> None:
    await _ask_for_rest(life)
    await _rests(life)


async def _rest_twice(life: Life) -> None:
    await _rest(life)
    await life.apply()
    await life.until_ready()
    await _rest(life)


async def _be_applied_while_nobody_works(life: Life) -> None:
    stage = life.stage
    await stage.operator.kill()
    for resource, name in ((LEASE, LEASE_NAME), (SECRET, KEY_SECRET), (ORG, "default")):
        with contextlib.suppress(errors.NotFound):
            await stage.world.delete(resource, name)
    await stage.apply_org()
    await life.apply()


async def _be_changed_while_nobody_works(life: Life) -> None:
    await _exist(life)
    await life.stage.operator.kill()
    await _ask_for_more(life)


async def _ask_for_more(life: Life) -> None:
    await life.apply(eventTypes=["user.session.start", "user.session.end"])


async def _has_more(life: Life) -> None:
    await life.until_okta(lambda hook: len(hook.event_types) == 2)
    await life.until_ready()


async def _move(life: Life) -> None:
    await life.apply(exposure={"url": life.there.url})


async def _has_moved(life: Life) -> None:
    await life.until_okta(lambda hook: (hook.channel.uri, hook.verification_status) == (life.there.url, "VERIFIED"))
    await life.until_ready()


async def _change_secret(life: Life) -> None:
    await life.let_secret_be("another battery staple")
    await life.apply({RECONCILE_AT: "now"})


async def _has_other_secret(life: Life) -> None:
    await life.until_okta(lambda hook: hook.channel.auth is not None and hook.channel.auth.value == life.here.secret)
    await life.until_okta(lambda hook: hook.verification_status == "VERIFIED")
    await life.until_ready()


async def _delete(life: Life) -> None:
    await life.stage.world.delete(HOOK, life.name)


async def _is_gone(life: Life) -> None:
    await life.stage.world.until_gone(HOOK, life.name)


async def _be_half_made(life: Life) -> None:
    """Okta has a hook of which the object does not know."""
    await _die(life, Passage(Moment.AFTER, CREATE), Life.apply)


async def _be_deleted_while_nobody_works(life: Life) -> None:
    await _delete(life)
    await life.stage.operator.start()


async def _have_half_a_new_secret(life: Life) -> None:
    """Okta has a secret of which the object does not know."""
    await _exist(life)
    await _die(life, Passage(Moment.AFTER, REPLACE), _change_secret)


async def _turn_secret_back(life: Life) -> None:
    await life.let_secret_be("correct horse battery staple")
    await life.stage.operator.start()


async def _die(life: Life, passage: Passage, act: Doing) -> None:
    life.stage.trap.arm(passage)
    await act(life)
    await life.stage.trap.until_sprung(within=SECONDS_TO_COME_TO_A_CALL)
    await life.stage.operator.kill()


PHASES = (
    Phase(
        "first start",
        begin=_be_applied_while_nobody_works,
        act=lambda life: life.stage.operator.start(),
        end=Life.until_ready,
        writes=("create leases", "create secrets", "patch oktaorgs/status"),
    ),
    Phase(
        "start",
        begin=_be_changed_while_nobody_works,
        act=lambda life: life.stage.operator.start(),
        end=_has_more,
        writes=("update leases",),
    ),
    Phase(
        "create",
        begin=_nothing,
        act=Life.apply,
        end=Life.until_ready,
        writes=(FINALIZERS, CREATE, VERIFY, STATUS, "create events"),
    ),
    Phase("change", begin=_exist, act=_ask_for_more, end=_has_more, writes=(REPLACE, STATUS)),
    Phase("move", begin=_exist, act=_move, end=_has_moved, writes=(REPLACE, VERIFY, STATUS)),
    Phase("new secret", begin=_exist, act=_change_secret, end=_has_other_secret, writes=(STATUS, REPLACE, VERIFY)),
    Phase("deactivate", begin=_exist, act=_ask_for_rest, end=_rests, writes=(DEACTIVATE, STATUS)),
    Phase("activate", begin=_rest, act=Life.apply, end=Life.until_ready, writes=(ACTIVATE, VERIFY, STATUS)),
    Phase("repeat", begin=_rest_twice, act=Life.apply, end=Life.until_ready, writes=("update events",)),
    Phase("delete", begin=_exist, act=_delete, end=_is_gone, writes=(DEACTIVATE, DELETE, FINALIZERS), hooks=0),
    Phase(
        "delete half made",
        begin=_be_half_made,
        act=_be_deleted_while_nobody_works,
        end=_is_gone,
        writes=(DEACTIVATE, DELETE, FINALIZERS),
        hooks=0,
    ),
    Phase(
        "old secret again",
        begin=_have_half_a_new_secret,
        act=_turn_secret_back,
        end=_has_other_secret,
        writes=(REPLACE, VERIFY, STATUS),
    ),
)
