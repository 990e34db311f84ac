"""Of several dispatchers of a hook, the one in charge is asked."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from aiohttp.test_utils import TestServer

from okta_hooks.admin.token import AdminToken
from okta_hooks.cli.cluster.dispatcher import StandsBy, connected
from okta_hooks.dispatch.standing_by import standing_by


async def test_one_that_stands_by_says_so(tmp_path: Path) -> None:
    (tmp_path / "token").write_text("the-token")
    async with TestServer(standing_by(AdminToken(tmp_path / "token")), host="127.0.0.1") as server:
        assert server.port is not None
        with connected(server.port, "the-token") as dispatcher, pytest.raises(StandsBy):
            await asyncio.to_thread(dispatcher.statistics)
