"""When the API server serves the kinds that CustomResourceDefinitions tell it of."""

import time

from pydantic import BaseModel

from localcluster.errors import ClusterError
from localcluster.kubectl import Kubectl

_WITHIN = 90.0
_POLL = 0.1


class _Condition(BaseModel):
    type: str
    status: str


class _Status(BaseModel):
    conditions: list[_Condition] | None = None


class _Metadata(BaseModel):
    name: str


class _Definition(BaseModel):
    metadata: _Metadata
    status: _Status = _Status()

    @property
    def is_established(self) -> bool:
        return any((each.type, each.status) == ("Established", "True") for each in self.status.conditions or ())


class _Definitions(BaseModel):
    items: list[_Definition]


def wait_until_established(kubectl: Kubectl, *, within: float = _WITHIN) -> None:
    """Return once all kinds are served.

    `kubectl wait --for=condition=Established` fails at once where a definition's conditions are null, which they are
    for the moment between its creation and the API server's first look at it ("accessor error", kubectl 1.37).

    Args:
        kubectl: Of the cluster.
        within: Seconds.

    Raises:
        ClusterError: One is not served in time.
    """
    deadline = time.monotonic() + within
    while awaited := _awaited(kubectl):
        if time.monotonic() > deadline:
            raise ClusterError(f"the API does not serve {', '.join(awaited)} after {within:.0f} s")
        time.sleep(_POLL)


def _awaited(kubectl: Kubectl) -> list[str]:
    found = _Definitions.model_validate_json(kubectl("get", "customresourcedefinitions", "--output=json"))
    return [each.metadata.name for each in found.items if not each.is_established]
