"""Namespaces for tests of the operator."""

from __future__ import annotations

import contextlib
import uuid
from collections.abc import AsyncIterator

from localcluster.controlplane import ControlPlane
from okta_hooks.kube import errors
from okta_hooks.kube.api_server import ApiServer
from okta_hooks.kube.objects import Manifest
from okta_hooks.kube.resources import HOOK


@contextlib.asynccontextmanager
async def fresh(plane: ControlPlane, api: ApiServer) -> AsyncIterator[str]:
    """A namespace of a test's own, which goes with everything in it: by then its operator has ended."""
    name = f"operator-{uuid.uuid4().hex[:12]}"
    plane.kubectl("create", "namespace", name)
    try:
        yield name
    finally:
        plane.kubectl("delete", "namespace", name, "--wait=false", "--ignore-not-found")
        for left in await api.list(HOOK, name):
            metadata = Manifest.model_validate(left).metadata
            with contextlib.suppress(errors.NotFound, errors.Conflict):
                await api.set_finalizers(HOOK, metadata.key, (), resource_version=metadata.resource_version)
