"""Prometheus' own tool finds nothing wrong with what a receiver tells it."""

from __future__ import annotations

import aiohttp

from prometheus.promtool import Promtool
from receiving.bodies import delivery
from receiving.process import SECRET, ReceiverProcess


async def test_a_receivers_metrics_have_nothing_that_promtool_complains_about(
    receiver: ReceiverProcess, promtool: Promtool
) -> None:
    async with aiohttp.ClientSession() as client:
        async with client.post(receiver.url, data=delivery(["u1"]), headers={"Authorization": SECRET}) as answer:
            assert answer.status == 200
        async with client.get(f"{receiver.admin_url}/metrics") as answer:
            told = await answer.text()
    assert "okta_hooks_receiver_" in told
    assert promtool.complaints("check", "metrics", given=told) == ()
