"""The phases of a life with a receiver, as far as they go where no pod runs: its children come, and go."""

from __future__ import annotations

from contract.okta_hooks.controller.world import says
from crash.okta_hooks.controller.life import Life
from crash.okta_hooks.controller.phases import CREATE, FINALIZERS, Phase
from okta_hooks.kube.resources import HOOK

_JOURNAL = "PersistentVolumeClaim -journal"
_CHILDREN = (
    "ConfigMap -configuration",
    "Deployment -receiver",
    "NetworkPolicy -receiver",
    _JOURNAL,
    "Secret -admin",
    "Secret -secret",
    "Service -admin",
    "Service -receiver",
    "ServiceAccount -receiver",
)


async def _nothing(_: Life) -> None:
    pass


async def _ask_for_receiver(life: Life) -> None:
    await life.apply(receiver={"mode": "Managed"}, auth={})


async def _has_receiver(life: Life) -> None:
    """With the secret that was generated for it, which Okta knows."""
    world = life.stage.world
    await world.until_hook(lambda seen: says(seen, "ReceiverReady", "False", "Progressing"), life.name)
    await world.until_hook(lambda seen: says(seen, "Synced", "True"), life.name)
    await world.until(lambda seen: seen == _CHILDREN, life.children)
    accepted = await life.accepted_secret()
    await life.until_okta(lambda hook: hook.channel.auth is not None and hook.channel.auth.value == accepted)


async def _receive(life: Life) -> None:
    await _ask_for_receiver(life)
    await _has_receiver(life)


async def _has_no_receiver(life: Life) -> None:
    """But its journal, which may hold events."""
    await life.until_ready()
    await life.stage.world.until(lambda seen: seen == (_JOURNAL,), life.children)


async def _delete(life: Life) -> None:
    await life.stage.world.delete(HOOK, life.name)


async def _nothing_is_left(life: Life) -> None:
    await life.stage.world.until_gone(HOOK, life.name)
    await life.stage.world.until(lambda seen: not seen, life.children)


RECEIVER_PHASES = (
    Phase(
        "create with receiver",
        begin=_nothing,
        act=_ask_for_receiver,
        end=_has_receiver,
        writes=(
            "patch secrets",
            "patch configmaps",
            "patch serviceaccounts",
            "patch persistentvolumeclaims",
            "patch networkpolicies",
            "patch services",
            "patch deployments",
            CREATE,
        ),
    ),
    Phase(
        "receive elsewhere",
        begin=_receive,
        act=Life.apply,
        end=_has_no_receiver,
        writes=(
            "delete secrets",
            "delete configmaps",
            "delete serviceaccounts",
            "delete networkpolicies",
            "delete services",
            "delete deployments",
        ),
    ),
    Phase(
        "delete with receiver",
        begin=_receive,
        act=_delete,
        end=_nothing_is_left,
        writes=("delete persistentvolumeclaims", FINALIZERS),
        hooks=0,
    ),
)
