"""Which Secrets a sink names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from okta_hooks.api.model import ApiModel
from okta_hooks.api.values import SecretKeyRef

_SUFFIX = "SecretRef"


def credentials(settings: ApiModel) -> Mapping[str, SecretKeyRef]:
    """Every reference to a Secret that is somewhere in settings, by what it is for: `token` for `tokenSecretRef`.

    What a reference is for is its name among all settings of a sink, wherever it stands.
    """
    return dict(_found(settings))


def _found(settings: ApiModel) -> Iterator[tuple[str, SecretKeyRef]]:
    for name, field in type(settings).model_fields.items():
        value: object = getattr(settings, name)
        if isinstance(value, SecretKeyRef):
            yield (field.alias or name).removesuffix(_SUFFIX), value
        elif isinstance(value, ApiModel):
            yield from _found(value)
