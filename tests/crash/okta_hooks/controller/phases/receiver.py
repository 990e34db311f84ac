"""A hook with a receiver: its children come and go, its pod becomes ready, its secret changes."""

from __future__ import annotations

from pydantic import JsonValue

from contract.okta_hooks.controller.world import says
from crash.okta_hooks.controller.life import Life
from crash.okta_hooks.controller.phases.phase import (
    CREATE,
    FINALIZERS,
    REPLACE,
    STATUS,
    VERIFY,
    Phase,
    apply,
    delete,
    is_gone,
    work,
)
from okta_hooks.controller.attention import RECONCILE_AT

_JOURNAL = "PersistentVolumeClaim -journal"
_CHILDREN = (
    "ConfigMap -configuration",
    "Deployment -receiver",
    "NetworkPolicy -receiver",
    _JOURNAL,
    "Secret -admin",
    "Secret -secret",
    "Secret -sinks",
    "Service -admin",
    "Service -receiver",
    "ServiceAccount -receiver",
)
_INGRESS, _ROUTE = "Ingress -receiver", "HTTPRoute -receiver"

_MANAGED: dict[str, JsonValue] = {"receiver": {"mode": "Managed"}, "auth": {}}
_BEHIND_INGRESS: JsonValue = {"ingress": {"host": "hooks.example.com"}}
_BEHIND_GATEWAY: JsonValue = {"httpRoute": {"hostname": "hooks.example.com", "parentRefs": [{"name": "public"}]}}


async def _ask_for_receiver(life: Life) -> None:
    await life.apply(**_MANAGED)


async def _ask_for_ingress(life: Life) -> None:
    await life.apply(**_MANAGED, exposure=_BEHIND_INGRESS)


async def _ask_for_route(life: Life) -> None:
    await life.apply(**_MANAGED, exposure=_BEHIND_GATEWAY)


async def _has(life: Life, *further: str) -> None:
    """With the secret that was generated for it, which Okta knows."""
    world = life.world
    await world.until(lambda seen: seen == tuple(sorted((*_CHILDREN, *further))), life.children)
    await world.until_hook(lambda seen: says(seen, "Synced", "True"))
    await _okta_has_what_is_accepted(life)


async def _okta_has_what_is_accepted(life: Life) -> None:
    current = (await life.pod.accepted())["current"]
    await life.until_okta(lambda hook: hook.channel.auth is not None and hook.channel.auth.value == current)


async def _has_receiver(life: Life) -> None:
    await _has(life)


async def _has_ingress(life: Life) -> None:
    await _has(life, _INGRESS)
    await life.until_okta(lambda hook: hook.channel.uri.startswith("https://hooks.example.com/"))


async def _has_route(life: Life) -> None:
    await _has(life, _ROUTE)


async def _receive(life: Life) -> None:
    await life.work()
    await _ask_for_receiver(life)
    await _has_receiver(life)


async def _receive_behind_ingress(life: Life) -> None:
    await life.work()
    await _ask_for_ingress(life)
    await _has_ingress(life)


async def _receive_behind_gateway(life: Life) -> None:
    await life.work()
    await _ask_for_route(life)
    await _has_route(life)


async def _has_no_receiver(life: Life) -> None:
    """But its journal, which may hold events."""
    await life.until_ready()
    await life.world.until(lambda seen: seen == (_JOURNAL,), life.children)


async def _nothing_is_left(life: Life) -> None:
    await is_gone(life)
    await life.world.until(lambda seen: not seen, life.children)


async def _receive_for_good(life: Life) -> None:
    await life.work()
    await life.apply(receiver={"mode": "Managed", "journal": {"onDelete": "Retain", "persistentVolume": {}}}, auth={})
    await _has_receiver(life)


async def _only_journal_is_left(life: Life) -> None:
    await is_gone(life)
    await life.world.until(lambda seen: seen == (_JOURNAL,), life.children)


async def _become_ready(life: Life) -> None:
    life.here.secret = (await life.pod.accepted())["current"]
    await life.pod.become_ready()


async def _be_ready(life: Life) -> None:
    await _receive(life)
    await _become_ready(life)
    await life.until_ready()


async def _ask_for_another_secret(life: Life, **annotations: JsonValue) -> None:
    """Once an hour, since for so long the one before is accepted."""
    rotation: JsonValue = {"interval": "1ms", "overlap": "1h"}
    await life.apply(annotations, receiver={"mode": "Managed"}, auth={"rotation": rotation})


async def _shows_another_secret(life: Life) -> None:
    await _be_ready(life)
    await _ask_for_another_secret(life)
    await _accepts_both(life)


async def _accepts_both(life: Life) -> None:
    await life.world.until(lambda seen: seen.get("previous") == life.here.secret, life.pod.accepted)


async def _let_look(life: Life) -> None:
    """What the pod has read is seen with the next look, which is due in a minute."""
    await _ask_for_another_secret(life, **{RECONCILE_AT: "now"})


async def _has_another_secret(life: Life) -> None:
    """Okta has the new one, and deliveries with the one before are still on their way."""
    await _accepts_both(life)
    await _let_look(life)
    await _okta_has_what_is_accepted(life)
    await life.world.until_hook(lambda seen: says(seen, "Synced", "True"))


async def _be_ready_with_a_secret_of_the_users(life: Life) -> None:
    await life.work()
    await life.apply(receiver={"mode": "Managed"})
    await _has_receiver(life)
    await life.pod.become_ready()
    await life.until_ready()


async def _change_secret(life: Life) -> None:
    await life.let_secret_be("another battery staple")
    await life.apply({RECONCILE_AT: "now"}, receiver={"mode": "Managed"})


async def _has_other_secret(life: Life) -> None:
    await life.world.until(lambda seen: seen.get("current") == life.here.secret, life.pod.accepted)
    await life.apply({RECONCILE_AT: "again"}, receiver={"mode": "Managed"})
    await _okta_has_what_is_accepted(life)
    await life.until_ready()


RECEIVER = (
    Phase(
        "create with receiver",
        begin=work,
        act=_ask_for_receiver,
        end=_has_receiver,
        calls=(
            "patch secrets",
            "get configmaps",
            "patch configmaps",
            "get serviceaccounts",
            "patch serviceaccounts",
            "get persistentvolumeclaims",
            "patch persistentvolumeclaims",
            "get networkpolicies",
            "patch networkpolicies",
            "get services",
            "patch services",
            "get deployments",
            "patch deployments",
            CREATE,
        ),
    ),
    Phase(
        "expose by Ingress",
        begin=_receive,
        act=_ask_for_ingress,
        end=_has_ingress,
        calls=("get ingresses", "patch ingresses"),
    ),
    Phase(
        "expose by HTTPRoute",
        begin=_receive_behind_ingress,
        act=_ask_for_route,
        end=_has_route,
        calls=("get httproutes", "patch httproutes", "delete ingresses"),
    ),
    Phase(
        "expose by address",
        begin=_receive_behind_gateway,
        act=_ask_for_receiver,
        end=_has_receiver,
        calls=("delete httproutes",),
    ),
    Phase("become ready", begin=_receive, act=_become_ready, end=Life.until_ready, calls=(VERIFY, STATUS)),
    Phase(
        "show another secret",
        begin=_be_ready,
        act=_ask_for_another_secret,
        end=_has_another_secret,
        calls=("patch secrets",),
    ),
    Phase(
        "give Okta another secret",
        begin=_shows_another_secret,
        act=_let_look,
        end=_has_another_secret,
        calls=(STATUS, REPLACE),
    ),
    Phase(
        "new secret of the user's",
        begin=_be_ready_with_a_secret_of_the_users,
        act=_change_secret,
        end=_has_other_secret,
        calls=("patch secrets",),
    ),
    Phase(
        "receive elsewhere",
        begin=_receive,
        act=apply,
        end=_has_no_receiver,
        calls=(
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
        act=delete,
        end=_nothing_is_left,
        calls=("get persistentvolumeclaims", "delete persistentvolumeclaims", FINALIZERS),
        hooks=0,
    ),
    Phase(
        "delete and retain journal",
        begin=_receive_for_good,
        act=delete,
        end=_only_journal_is_left,
        calls=(FINALIZERS,),
        hooks=0,
    ),
)
