"""A hook whose endpoint is the user's own, from the operator's first start to the object's end."""

from __future__ import annotations

from contract.okta_hooks.controller.world import SECRET_VALUE
from crash.okta_hooks.controller.interposer import Moment, Passage
from crash.okta_hooks.controller.life import Life
from crash.okta_hooks.controller.phases.phase import (
    ACTIVATE,
    CREATE,
    DEACTIVATE,
    DELETE,
    FINALIZERS,
    GET,
    LIST,
    REPLACE,
    STATUS,
    VERIFY,
    Phase,
    apply,
    delete,
    delete_and_start,
    die,
    exist,
    is_gone,
    start,
    work,
)
from okta_hooks.controller.attention import RECONCILE_AT


async def _ask_for_rest(life: Life) -> None:
    await life.apply(state="Inactive")


async def _rests(life: Life) -> None:
    await life.until_okta(lambda hook: hook.status == "INACTIVE")
    await life.until_ready()


async def _rest(life: Life) -> None:
    """From the beginning, so that it was never verified."""
    await life.work()
    await _ask_for_rest(life)
    await _rests(life)


async def _rest_twice(life: Life) -> None:
    await _rest(life)
    await life.apply()
    await life.until_ready()
    await _ask_for_rest(life)
    await _rests(life)


async def _be_applied_while_nobody_works(life: Life) -> None:
    await life.world.apply_org(resyncInterval="1h")
    await life.apply()


async def _be_changed_while_nobody_works(life: Life) -> None:
    await exist(life)
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


async def _be_half_made(life: Life) -> None:
    """Okta has a hook of which the object does not know."""
    await life.work()
    await die(life, Passage(Moment.AFTER, CREATE), apply)


async def _have_half_a_new_secret(life: Life) -> None:
    """Okta has a secret of which the object does not know."""
    await exist(life)
    await die(life, Passage(Moment.AFTER, REPLACE), _change_secret)


async def _turn_secret_back(life: Life) -> None:
    await life.let_secret_be(SECRET_VALUE)
    await life.stage.operator.start()


FIRST_START = Phase(
    "first start",
    begin=_be_applied_while_nobody_works,
    act=start,
    end=Life.until_ready,
    calls=("create leases", "create secrets", "patch oktaorgs/status"),
)

ENDPOINT = (
    FIRST_START,
    Phase("start", begin=_be_changed_while_nobody_works, act=start, end=_has_more, calls=("update leases",)),
    Phase(
        "create",
        begin=work,
        act=apply,
        end=Life.until_ready,
        calls=(FINALIZERS, LIST, CREATE, GET, VERIFY, STATUS, "create events"),
    ),
    Phase("change", begin=exist, act=_ask_for_more, end=_has_more, calls=(REPLACE, GET, STATUS)),
    Phase("move", begin=exist, act=_move, end=_has_moved, calls=(REPLACE, VERIFY, STATUS)),
    Phase("new secret", begin=exist, act=_change_secret, end=_has_other_secret, calls=(STATUS, REPLACE, VERIFY)),
    Phase("deactivate", begin=exist, act=_ask_for_rest, end=_rests, calls=(DEACTIVATE, STATUS)),
    Phase("activate", begin=_rest, act=apply, end=Life.until_ready, calls=(ACTIVATE, VERIFY, STATUS)),
    Phase("repeat", begin=_rest_twice, act=apply, end=Life.until_ready, calls=("get events", "update events")),
    Phase("delete", begin=exist, act=delete, end=is_gone, calls=(LIST, DEACTIVATE, DELETE, FINALIZERS), hooks=0),
    Phase(
        "delete half made",
        begin=_be_half_made,
        act=delete_and_start,
        end=is_gone,
        calls=(DEACTIVATE, DELETE, FINALIZERS),
        hooks=0,
    ),
    Phase(
        "old secret again",
        begin=_have_half_a_new_secret,
        act=_turn_secret_back,
        end=_has_other_secret,
        calls=(REPLACE, VERIFY, STATUS),
    ),
)
