"""An OktaEventHook as it was read."""

from __future__ import annotations

from datetime import datetime

from pydantic import Field

from okta_hooks.api.group import GROUP
from okta_hooks.api.hook_status import OktaEventHookStatus
from okta_hooks.api.model import ApiModel
from okta_hooks.api.okta_event_hook import OktaEventHookSpec
from okta_hooks.controller.wishes import wish
from okta_hooks.kube.children.subject import Hook
from okta_hooks.kube.objects import Metadata
from okta_hooks.reconcile.ownership import Owner

FINALIZER = f"{GROUP}/hook"
"""Keeps an object until the operator has seen to its hook in Okta; put on before anything is made there."""


class HookObject(ApiModel):
    """The object: what is wanted, and what was last said of it."""

    metadata: Metadata
    spec: OktaEventHookSpec
    status: OktaEventHookStatus = Field(default_factory=OktaEventHookStatus)

    @property
    def deletion_asked_at(self) -> datetime | None:
        """Since when the object is to go."""
        asked = self.metadata.deletion_timestamp
        return datetime.fromisoformat(asked) if asked is not None else None

    @property
    def wish(self) -> str:
        """What the user's own annotation says: another word asks for a look now."""
        return wish(self.metadata.annotations)

    @property
    def has_finalizer(self) -> bool:
        """Whether the operator is still to see to its hook."""
        return FINALIZER in self.metadata.finalizers

    def owner(self, installation: str) -> Owner:
        """Whose the hook in Okta is."""
        return Owner(installation, self.metadata.namespace, self.metadata.name, self.metadata.uid)

    def subject(self) -> Hook:
        """What children are made from."""
        return Hook(self.metadata.namespace, self.metadata.name, self.metadata.uid, self.spec)
