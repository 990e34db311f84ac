"""The secret that Okta is to send: read where the spec says, or made by the operator."""

from __future__ import annotations

from dataclasses import dataclass, field

from okta_hooks.api.conditions import Reason
from okta_hooks.controller.blocked import Blocked
from okta_hooks.controller.hooks.hook_object import HookObject
from okta_hooks.controller.secrets import Hashing, SecretReader
from okta_hooks.okta.port import Secret
from okta_hooks.reconcile.problem import Problem


@dataclass(frozen=True)
class HookSecret:
    """What Okta is to have now.

    Args:
        value: The secret; never printed.
        hash: Its keyed hash.
    """

    value: Secret = field(repr=False)
    hash: str


async def external_secret(hook: HookObject, secrets: SecretReader, hashing: Hashing) -> HookSecret:
    """The secret of a hook whose endpoint is the user's own: what their Secret holds, at once.

    Raises:
        Blocked: It is not there.
        KubernetesError: It could not be read.
    """
    reference = hook.spec.auth.secret_ref if hook.spec.auth is not None else None
    if reference is None:
        raise Blocked(
            Problem(
                Reason.SECRET_MISSING,
                "Name the secret that your endpoint checks in auth.secretRef.",
                for_people=True,
            )
        )
    text = await secrets.text(hook.metadata.namespace, reference)
    return HookSecret(Secret(text), hashing.of(text))
