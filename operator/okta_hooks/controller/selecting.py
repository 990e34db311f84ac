"""Which namespaces an object of the cluster serves."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from okta_hooks.api.values import LabelSelector
from okta_hooks.kube.api import KubernetesApi
from okta_hooks.kube.objects import Manifest, ObjectKey
from okta_hooks.kube.resources import NAMESPACE

HOLDS = timedelta(minutes=1)
"""For how long a namespace that is selected counts as such, so that not each of its hooks reads it at each look."""


class SelectedNamespaces:
    """Remembers which namespaces are selected; of one that is not, a label is seen at the next look.

    Args:
        api: Where namespaces are.
        clock: Tells the time.
    """

    def __init__(self, api: KubernetesApi, clock: Callable[[], datetime]) -> None:
        self._api = api
        self._clock = clock
        self._seen: dict[tuple[str, str], datetime] = {}

    async def have(self, namespace: str, selector: LabelSelector) -> bool:
        """Whether a namespace has all labels of a selector.

        Raises:
            KubernetesError: The namespace could not be read.
        """
        now, asked = self._clock(), (namespace, written(selector))
        self._seen = {each: at for each, at in self._seen.items() if timedelta() <= now - at < HOLDS}
        if asked in self._seen:
            return True
        selected = await is_selected(self._api, selector, namespace)
        if selected:
            self._seen[asked] = now
        return selected


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
