"""What tells this installation from another, found or made once."""

from __future__ import annotations

import base64
import contextlib
import secrets

from okta_hooks.api.values import SecretKeyRef
from okta_hooks.bad_input import BadInput
from okta_hooks.controller.secrets import Hashing, SecretReader
from okta_hooks.kube import errors
from okta_hooks.kube.api import KubernetesApi
from okta_hooks.kube.children.metadata import MANAGED_BY
from okta_hooks.kube.objects import JsonObject, Manifest, ObjectKey
from okta_hooks.kube.resources import NAMESPACE, SECRET

KEY_SECRET = "okta-event-hooks-installation"  # noqa: S105 -- the name of a Secret
"""Secret in the operator's namespace with the key of the hashes by which changes of secrets are noticed."""

_KEY = "hash-key"
_BYTES = 32


async def installation_id(api: KubernetesApi, chosen: str | None) -> str:
    """What marks this installation's hooks in Okta: what was chosen, else the uid of the namespace kube-system.

    Raises:
        BadInput: Nothing was chosen, and the namespace may not be read.
        KubernetesError: The namespace could not be read.
    """
    if chosen:
        return chosen
    try:
        return Manifest.model_validate(await api.get(NAMESPACE, ObjectKey("", "kube-system"))).metadata.uid
    except errors.Forbidden as error:
        raise BadInput(
            f"the namespace kube-system may not be read ({error.summary}): give --installation-id, a name of this"
            " installation that never changes"
        ) from error


async def hashing(api: KubernetesApi, namespace: str) -> Hashing:
    """How secrets are compared: with a key that is made on the first start.

    Raises:
        Blocked: Somebody emptied the Secret with the key.
        KubernetesError: It could not be read or made.
    """
    manifest: JsonObject = {
        "apiVersion": SECRET.api_version,
        "kind": SECRET.kind,
        "metadata": {
            "name": KEY_SECRET,
            "namespace": namespace,
            "labels": {"app.kubernetes.io/managed-by": MANAGED_BY, "app.kubernetes.io/part-of": MANAGED_BY},
        },
        "type": "Opaque",
        "data": {_KEY: base64.b64encode(secrets.token_bytes(_BYTES)).decode()},
    }
    with contextlib.suppress(errors.Conflict):  # there is one already
        await api.create(SECRET, manifest)
    return Hashing(await SecretReader(api).value(namespace, SecretKeyRef(name=KEY_SECRET, key=_KEY)))
