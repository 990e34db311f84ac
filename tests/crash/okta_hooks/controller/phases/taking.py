"""A hook that somebody made by hand: taken over, only looked at, or let go at the end."""

from __future__ import annotations

from contract.okta_hooks.controller.world import SECRET_VALUE, says
from crash.okta_hooks.controller.interposer import Moment, Passage
from crash.okta_hooks.controller.life import Life
from crash.okta_hooks.controller.phases.phase import (
    DEACTIVATE,
    DELETE,
    FINALIZERS,
    REPLACE,
    STATUS,
    VERIFY,
    Phase,
    delete,
    delete_and_start,
    die,
    is_gone,
)

_BY_HAND = "made by hand"


async def _be_made_by_hand(life: Life) -> None:
    life.world.okta.make_by_hand(_BY_HAND, life.here.url, SECRET_VALUE)
    await life.work()


async def _adopt_by_name(life: Life) -> None:
    await life.apply(displayName=_BY_HAND, adoptionPolicy="Adopt")


async def _adopt_by_id(life: Life) -> None:
    (hook,) = life.hooks()
    await life.apply(adoptionPolicy="Adopt", adoptHookId=hook.id)


async def _ask_for_its_name(life: Life) -> None:
    await life.apply(displayName=_BY_HAND)


async def _has_not_got_it(life: Life) -> None:
    await life.world.until_hook(lambda seen: says(seen, "Synced", "False", "NameTaken"))
    await _is_as_it_was_made(life)


async def _be_half_adopted(life: Life) -> None:
    """Okta's hook has our mark, of which the object does not know."""
    await _be_made_by_hand(life)
    await die(life, Passage(Moment.AFTER, REPLACE), _adopt_by_name)


async def _be_about_to_be_adopted(life: Life) -> None:
    """Nothing has become of it yet."""
    await _be_made_by_hand(life)
    await die(life, Passage(Moment.BEFORE, REPLACE), _adopt_by_name)


async def _observe(life: Life) -> None:
    await life.apply(displayName=_BY_HAND, managementPolicy="Observe", eventTypes=["user.session.end"])


async def _is_as_it_was_made(life: Life) -> None:
    """Somebody else's: with its event types, without our mark."""
    await life.until_okta(
        lambda hook: (hook.created, hook.event_types) == (hook.last_updated, frozenset({"user.session.start"}))
    )


async def _is_observed(life: Life) -> None:
    await life.world.until_hook(lambda seen: says(seen, "Synced", "False", "DriftDetected"))
    await _is_as_it_was_made(life)


async def _be_observed(life: Life) -> None:
    await _be_made_by_hand(life)
    await _observe(life)
    await _is_observed(life)


async def _is_let_be(life: Life) -> None:
    await is_gone(life)
    await _is_as_it_was_made(life)


async def _end_in_rest(life: Life) -> None:
    await life.work()
    await life.apply(deletionPolicy="Deactivate")
    await life.until_ready()


async def _rests(life: Life) -> None:
    await is_gone(life)
    await life.until_okta(lambda hook: hook.status == "INACTIVE")


async def _end_as_orphan(life: Life) -> None:
    await life.work()
    await life.apply(deletionPolicy="Orphan")
    await life.until_ready()


async def _goes_on(life: Life) -> None:
    await is_gone(life)
    await life.until_okta(lambda hook: hook.status == "ACTIVE")


TAKING = (
    Phase(
        "adopt by name",
        begin=_be_made_by_hand,
        act=_adopt_by_name,
        end=Life.until_ready,
        calls=(FINALIZERS, REPLACE, VERIFY, STATUS),
    ),
    Phase("adopt by id", begin=_be_made_by_hand, act=_adopt_by_id, end=Life.until_ready, calls=(REPLACE, STATUS)),
    Phase(
        "delete half adopted",
        begin=_be_half_adopted,
        act=delete_and_start,
        end=is_gone,
        calls=(DEACTIVATE, DELETE, FINALIZERS),
        hooks=0,
    ),
    Phase(
        "delete before adopted",
        begin=_be_about_to_be_adopted,
        act=delete_and_start,
        end=_is_let_be,
        calls=(FINALIZERS,),
    ),
    Phase(
        "find its name taken",
        begin=_be_made_by_hand,
        act=_ask_for_its_name,
        end=_has_not_got_it,
        calls=(STATUS,),
        knows=False,
    ),
    Phase("observe", begin=_be_made_by_hand, act=_observe, end=_is_observed, calls=(FINALIZERS, STATUS)),
    Phase("observe no more", begin=_be_observed, act=delete, end=_is_let_be, calls=(FINALIZERS,)),
    Phase("delete and deactivate", begin=_end_in_rest, act=delete, end=_rests, calls=(DEACTIVATE, FINALIZERS)),
    Phase("delete and orphan", begin=_end_as_orphan, act=delete, end=_goes_on, calls=(FINALIZERS,)),
)
