"""An OktaEventHook as kubectl shows it."""

from __future__ import annotations

import msgspec
from pydantic import ValidationError

from okta_hooks.api.group import GROUP
from okta_hooks.api.hook_status import OktaEventHookStatus
from okta_hooks.api.resource import OKTA_EVENT_HOOK
from okta_hooks.cli.cluster.address import HookAddress
from okta_hooks.cli.cluster.kubectl import Kubectl
from okta_hooks.cli.failures import Failed


class Metadata(msgspec.Struct, frozen=True, rename="camel"):
    """What names it, and which change of its spec it has seen."""

    name: str
    namespace: str
    generation: int = 0
    deletion_timestamp: str | None = None


class ShownHook(msgspec.Struct, frozen=True):
    """The object."""

    metadata: Metadata
    status: dict[str, object] = {}

    def read_status(self) -> OktaEventHookStatus:
        """Its status; fields that a newer operator writes are left out.

        Raises:
            Failed: It is the status of some other kind of thing.
        """
        try:
            return OktaEventHookStatus.model_validate(self.status)
        except ValidationError as error:
            raise Failed(
                f"the status of the hook {self.metadata.namespace}/{self.metadata.name} can't be read"
                f" ({error.error_count()} fields are unknown): use the version of okta-hooks that the operator has"
            ) from error


def shown(address: HookAddress) -> ShownHook:
    """The hook as it is now.

    Raises:
        Failed, NotAllowed, NotThere: It can't be had.
    """
    kubectl = Kubectl(address.kubectl_options)
    return kubectl.get(ShownHook, f"the hook {address}", f"{OKTA_EVENT_HOOK.plural}.{GROUP}", address.name)
