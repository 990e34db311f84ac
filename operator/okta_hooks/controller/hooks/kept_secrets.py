"""The Secrets that the operator keeps for a hook with a receiver: what receivers accept, and what they know it by."""

from __future__ import annotations

import secrets as randomness
from dataclasses import dataclass, field

from okta_hooks.api.values import SecretKeyRef
from okta_hooks.controller.blocked import Blocked
from okta_hooks.controller.hooks.hook_object import HookObject
from okta_hooks.controller.secrets import SecretReader
from okta_hooks.kube.children import names

_BYTES = 32


@dataclass(frozen=True)
class KeptSecrets:
    """What they hold; never printed.

    Args:
        admin_token: With which the operator calls the admin ports.
        current: What Okta is to send; None where it was not written yet.
        previous: What Okta may still send, during a change.
    """

    admin_token: str = field(repr=False)
    current: str | None = field(default=None, repr=False)
    previous: str | None = field(default=None, repr=False)


def fresh() -> str:
    """A secret that nobody has guessed."""
    return randomness.token_urlsafe(_BYTES)


async def read_kept(hook: HookObject, reader: SecretReader) -> KeptSecrets:
    """Read them; a token that is missing is made, and written with the other children.

    Raises:
        KubernetesError: They could not be read.
    """
    namespace, name = hook.metadata.namespace, hook.metadata.name
    secret = names.hook_secret(name)
    return KeptSecrets(
        admin_token=await _text(reader, namespace, names.admin(name), names.TOKEN_KEY) or fresh(),
        current=await _text(reader, namespace, secret, names.CURRENT_KEY),
        previous=await _text(reader, namespace, secret, names.PREVIOUS_KEY),
    )


async def _text(reader: SecretReader, namespace: str, name: str, key: str) -> str | None:
    try:
        return await reader.text(namespace, SecretKeyRef(name=name, key=key))
    except Blocked:
        return None
