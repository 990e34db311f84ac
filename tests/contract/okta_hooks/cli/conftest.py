"""A dispatcher that runs, and a namespace of a real API server."""

from __future__ import annotations

import uuid
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from contract.okta_hooks.cli.asked import Asked
from dispatching.process import TOKEN, DispatcherFolder
from localcluster.controlplane import ControlPlane
from okta_hooks.cli.cluster.dispatcher import connected


@pytest.fixture
async def asked(tmp_path: Path) -> AsyncIterator[Asked]:
    """A dispatcher with one sink, `console`."""
    folder = DispatcherFolder(tmp_path)
    async with folder.journal() as journal:
        with folder.running() as process:
            port = process.admin_port()
            with connected(port, TOKEN) as dispatcher:
                yield Asked(dispatcher, journal, process, port)


@pytest.fixture
def namespace(kinds: ControlPlane) -> Iterator[str]:
    name = f"cli-{uuid.uuid4().hex[:12]}"
    kinds.kubectl("create", "namespace", name)
    yield name
    kinds.kubectl("delete", "namespace", name, "--wait=false")
