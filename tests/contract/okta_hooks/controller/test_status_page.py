"""`okta-hooks status` about a hook that a real operator looks after."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from asyncio.subprocess import PIPE

import pytest

from contract.okta_hooks.controller.operators import SOURCES
from contract.okta_hooks.controller.world import World, is_ready, says
from localcluster.controlplane import ControlPlane

pytestmark = [pytest.mark.controlplane, pytest.mark.usefixtures("operator")]


async def asked(kinds: ControlPlane, world: World, *arguments: str) -> tuple[int, str]:
    """How the command ends, and what it prints."""
    path = f"{kinds.kubectl.program.parent}{os.pathsep}{os.environ['PATH']}"
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "okta_hooks", "status", *arguments, f"--namespace={world.namespace}",
        f"--kubeconfig={kinds.kubeconfig}",
        env={**os.environ, "PATH": path, "PYTHONPATH": str(SOURCES)}, stdout=PIPE, stderr=PIPE,
    )  # fmt: skip
    out, error = await process.communicate()
    return process.returncode or 0, (out or error).decode()


async def test_a_hook_that_is_well_has_a_chain_that_holds(kinds: ControlPlane, world: World) -> None:
    await world.apply_org()
    await world.apply_hook()
    await world.until_hook(is_ready)
    code, page = await asked(kinds, world, "sign-ins")
    assert (code, "What is wrong" in page) == (0, False)
    assert f"{world.namespace}/sign-ins: ready" in page


async def test_a_broken_link_is_marked_with_what_to_do(kinds: ControlPlane, world: World) -> None:
    world.endpoint.is_up = False
    await world.apply_org()
    await world.apply_hook()
    await world.until_hook(lambda hook: says(hook, "EndpointReachable", "False"))
    code, printed = await asked(kinds, world, "sign-ins", "-o", "json")
    (link,) = (each for each in json.loads(printed)["links"] if each["name"] == "Public address")
    assert (code, link["mark"], link["reason"]) == (1, "!!", "WrongStatus")
    assert "503" in link["message"]


async def test_a_hook_that_is_not_there_is_said_so(kinds: ControlPlane, world: World) -> None:
    code, said = await asked(kinds, world, "other")
    assert code == 3
    assert "is not there" in said
