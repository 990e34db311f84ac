"""What a phase of a life is, and what many of them begin with."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from crash.okta_hooks.controller.interposer import Passage
from crash.okta_hooks.controller.life import Life

LIST = "GET /api/v1/eventHooks"
CREATE = "POST /api/v1/eventHooks"
GET = "GET /api/v1/eventHooks/{id}"
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
        calls: At which the operator is killed: all that are new in this phase, and those of others that mean something
            else here.
        hooks: How many Okta has in the end.
        knows: Whether the object, where it is still there, has them as its own.
    """

    name: str
    begin: Doing
    act: Doing
    end: Doing
    calls: tuple[str, ...]
    hooks: int = 1
    knows: bool = True


async def work(life: Life) -> None:
    """An organisation and an operator, and no object yet."""
    await life.work()


async def apply(life: Life) -> None:
    """Apply an object whose endpoint is the user's own."""
    await life.apply()


async def start(life: Life) -> None:
    """Start the operator."""
    await life.stage.operator.start()


async def exist(life: Life) -> None:
    """An object that is Ready."""
    await life.work()
    await life.apply()
    await life.until_ready()


async def delete(life: Life) -> None:
    """Ask for the object's deletion."""
    await life.delete()


async def delete_and_start(life: Life) -> None:
    """Ask for the object's deletion while nobody works."""
    await life.delete()
    await life.stage.operator.start()


async def is_gone(life: Life) -> None:
    """Wait until there is no object."""
    await life.world.until_gone()


async def die(life: Life, passage: Passage, act: Doing) -> None:
    """Do something, and let the operator be killed by that."""
    life.stage.trap.arm(passage)
    await act(life)
    await life.stage.trap.until_sprung(within=SECONDS_TO_COME_TO_A_CALL)
    await life.stage.operator.kill()
    life.stage.trap.disarm()
