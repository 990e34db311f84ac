"""Prometheus' own tool finds nothing wrong with what a dispatcher tells it."""

from __future__ import annotations

import asyncio
from pathlib import Path

import aiohttp

from dispatching.process import DispatcherFolder
from dispatching.statistics import has_all
from okta_hooks.journal import Record
from prometheus.promtool import Promtool
from samples.dispatch import events, until


async def test_a_dispatchers_metrics_have_nothing_that_promtool_complains_about(
    tmp_path: Path, promtool: Promtool
) -> None:
    folder = DispatcherFolder(tmp_path)
    folder.configure(
        {"name": "console", "to": {"type": "stdout"}}, routes=[{"name": "everything", "sinks": ["console"]}]
    )
    async with folder.journal() as journal:
        await journal.append([*events(3), events(1)[0], Record("", b"\xff", 1)])
    with folder.running() as dispatcher:
        port = await asyncio.to_thread(dispatcher.admin_port)
        await until(lambda: has_all(port, "console"))  # each metric has a value then
        async with aiohttp.ClientSession() as client, client.get(f"http://127.0.0.1:{port}/metrics") as answer:
            told = await answer.text()
    assert 'okta_hooks_dispatcher_route_failed_total{route="everything"}' in told
    assert promtool.complaints("check", "metrics", given=told) == ()
