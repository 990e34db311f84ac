"""One stage for all tests of a module; each test has a life of its own on it."""

from __future__ import annotations

import uuid
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from contract.okta_hooks.controller.okta import Certificates, issue, listening
from crash.okta_hooks.controller.life import Life
from crash.okta_hooks.controller.stage import Stage, set_up
from localcluster.controlplane import ControlPlane
from okta_hooks.kube.api_server import connect


@pytest.fixture(scope="session")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return issue(tmp_path_factory.mktemp("certificates"))


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def stage(
    kinds: ControlPlane, certificates: Certificates, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Stage]:
    async with (
        connect(kinds.kubeconfig) as api,
        set_up(kinds, api, certificates, tmp_path_factory.mktemp("stage")) as stage,
    ):
        yield stage


@pytest_asyncio.fixture(loop_scope="module")
async def life(stage: Stage) -> AsyncIterator[Life]:
    """With the operator running, and with nothing of it left afterwards."""
    async with (
        listening("", stage.certificates) as here,
        listening("", stage.certificates) as there,
    ):
        life = Life(stage, f"hook-{uuid.uuid4().hex[:8]}", here, there)
        await life.let_secret_be("correct horse battery staple")
        await stage.operator.start()
        yield life
        await life.end()
