"""What a spec says about the hook in Okta, with every default filled in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from okta_hooks.api.endpoint import public_url
from okta_hooks.api.okta_event_hook import HookAuth, OktaEventHookSpec
from okta_hooks.okta.port import HookDefinition
from okta_hooks.reconcile.ownership import MARK_HEADER, Owner


@dataclass(frozen=True)
class Desired:
    """The hook as it is to be, and what may be done to make it so.

    Args:
        owner: Whose it is.
        definition: What it consists of, its mark included.
        active: Whether Okta is to deliver.
        observe_only: Whether nothing in Okta may change.
        adopt: Whether a hook made by hand may be taken over.
        adopt_id: Which one; found by its name when empty.
        on_deletion: What becomes of it with its object.
        suspended: Whether it is left alone for a while.
        managed_receiver: Whether the operator runs its receiver.
        probe: Whether the operator calls the public address itself.
    """

    owner: Owner
    definition: HookDefinition
    active: bool = True
    observe_only: bool = False
    adopt: bool = False
    adopt_id: str = ""
    on_deletion: Literal["Delete", "Deactivate", "Orphan"] = "Delete"
    suspended: bool = False
    managed_receiver: bool = True
    probe: bool = True


def desired(spec: OktaEventHookSpec, owner: Owner) -> Desired:
    """What a spec says."""
    return Desired(
        owner=owner,
        definition=_definition(spec, owner),
        active=spec.state != "Inactive",
        observe_only=spec.management_policy == "Observe",
        adopt=spec.adoption_policy == "Adopt",
        adopt_id=spec.adopt_hook_id or "",
        on_deletion=spec.deletion_policy or "Delete",
        suspended=bool(spec.suspend),
        managed_receiver=spec.receiver is None or spec.receiver.mode != "External",
        probe=spec.exposure.probe != "Off",
    )


def _definition(spec: OktaEventHookSpec, owner: Owner) -> HookDefinition:
    own = {name: value for name, value in (spec.headers or {}).items() if name.lower() != MARK_HEADER.lower()}
    return HookDefinition(
        name=spec.display_name or f"{owner.installation}/{owner.namespace}/{owner.name}",
        uri=public_url(spec.exposure, namespace=owner.namespace, name=owner.name),
        event_types=frozenset(spec.event_types),
        description=spec.description or "",
        filters={each.event_type: each.expression for each in spec.filters or ()},
        headers={**own, MARK_HEADER: owner.mark},
        auth_header=(spec.auth or HookAuth()).header_name or "Authorization",
    )
