"""Secrets that objects name: read when they are needed, compared by a keyed hash, never kept in a status or a log."""

from __future__ import annotations

import base64
import binascii
import hmac
from dataclasses import dataclass

from okta_hooks.api.conditions import Reason
from okta_hooks.api.model import ApiModel
from okta_hooks.api.values import SecretKeyRef
from okta_hooks.controller.blocked import Blocked
from okta_hooks.kube import errors
from okta_hooks.kube.api import ObjectStore
from okta_hooks.kube.objects import ObjectKey
from okta_hooks.kube.resources import SECRET
from okta_hooks.reconcile.problem import Problem


class _Secret(ApiModel):
    data: dict[str, str] | None = None


class SecretReader:
    """Reads keys of Secrets.

    Args:
        api: Where they are.
    """

    def __init__(self, api: ObjectStore) -> None:
        self._api = api

    async def value(self, namespace: str, reference: SecretKeyRef) -> bytes:
        """What a key holds.

        Raises:
            Blocked: There is no such Secret or key.
            KubernetesError: It could not be read.
        """
        key = ObjectKey(namespace, reference.name)
        try:
            found = _Secret.model_validate(await self._api.get(SECRET, key))
        except errors.NotFound:
            raise _missing(f"There is no Secret {key}: create it with the key {reference.key}.") from None
        encoded = (found.data or {}).get(reference.key)
        if not encoded:
            raise _missing(f"Secret {key} has no key {reference.key}, or an empty one: put the value there.")
        try:
            return base64.b64decode(encoded, validate=True)
        except binascii.Error:
            raise _missing(f"Secret {key} has a key {reference.key} that is no base64: write it again.") from None

    async def text(self, namespace: str, reference: SecretKeyRef) -> str:
        """What a key holds, as text without white space around it.

        Raises:
            Blocked: There is no such Secret or key, or it holds no text.
            KubernetesError: It could not be read.
        """
        try:
            text = (await self.value(namespace, reference)).decode().strip()
        except UnicodeDecodeError:
            raise _missing(
                f"Secret {namespace}/{reference.name} has a key {reference.key} that is no text: write it again."
            ) from None
        if not text:
            raise _missing(f"Secret {namespace}/{reference.name} has an empty key {reference.key}: put the value there")
        return text


@dataclass(frozen=True)
class Hashing:
    """Tells whether a secret has changed, to those only who know the installation's key."""

    key: bytes

    def of(self, secret: str | bytes) -> str:
        """A keyed hash."""
        data = secret.encode() if isinstance(secret, str) else secret
        return hmac.digest(self.key, data, "sha256").hex()[:32]


def _missing(sentence: str) -> Blocked:
    return Blocked(Problem(Reason.SECRET_MISSING, sentence, for_people=True))
