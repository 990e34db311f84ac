"""A hook with a sink that is shared: the operator follows the reference, copies the credential, and counts the hook."""

from __future__ import annotations

import base64

from contract.okta_hooks.controller.world import NAME
from crash.okta_hooks.controller.life import Life
from crash.okta_hooks.controller.phases.phase import Phase, work
from okta_hooks.kube.resources import SECRET
from samples.kube import within


async def _work_with_a_sink(life: Life) -> None:
    await work(life)
    await life.world.apply_sink()


async def _name_it(life: Life) -> None:
    await life.apply(receiver={"mode": "Managed"}, auth={}, sinks=[{"name": "siem", "ref": {"name": "siem"}}])


async def _is_fed(life: Life) -> None:
    world = life.world
    await world.until(bool, lambda: world.exists(SECRET, f"{NAME}-sinks"))
    copied = within(await world.api.get(SECRET, world.key(f"{NAME}-sinks")), "data", "siem.token")
    assert base64.b64decode(str(copied)) == b"a token of the sink"
    await world.until_sink(lambda sink: sink.status.hooks == 1)
    await life.until_okta(lambda hook: hook.status == "ACTIVE")
    await world.until_hook(lambda hook: hook.status.hook_id is not None)


SINKS = (
    Phase(
        "feed a shared sink",
        begin=_work_with_a_sink,
        act=_name_it,
        end=_is_fed,
        calls=("get oktaeventsinks", "patch oktaeventsinks/status"),
    ),
)
