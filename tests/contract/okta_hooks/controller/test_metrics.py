"""Prometheus' own tool finds nothing wrong with what an operator tells it."""

from __future__ import annotations

import aiohttp
import pytest

from contract.okta_hooks.controller.operators import Operator
from contract.okta_hooks.controller.world import World, is_ready
from prometheus.promtool import Promtool

pytestmark = pytest.mark.controlplane


async def test_an_operators_metrics_have_nothing_that_promtool_complains_about(
    operator: Operator, world: World, promtool: Promtool
) -> None:
    await world.apply_org()
    await world.apply_hook()
    await world.until_hook(is_ready)
    async with aiohttp.ClientSession() as client, client.get(f"http://127.0.0.1:{operator.port}/metrics") as answer:
        told = await answer.text()
    assert "okta_hooks_reconciles_total" in told
    assert promtool.complaints("check", "metrics", given=told) == ()
