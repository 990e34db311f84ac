"""Which namespaces an object of the cluster serves."""

from __future__ import annotations

from okta_hooks.api.values import LabelSelector
from okta_hooks.kube.api import KubernetesApi
from okta_hooks.kube.objects import Manifest, ObjectKey
from okta_hooks.kube.resources import NAMESPACE


async def is_selected(api: KubernetesApi, selector: LabelSelector, namespace: str) -> bool:
    """Whether a namespace has all labels of a selector.

    Raises:
        KubernetesError: The namespace could not be read.
    """
    labels = Manifest.model_validate(await api.get(NAMESPACE, ObjectKey("", namespace))).metadata.labels
    return selector.match_labels.items() <= labels.items()


def written(selector: LabelSelector) -> str:
    """A selector as `kubectl label` takes it."""
    return " ".join(f"{name}={value}" for name, value in sorted(selector.match_labels.items()))
