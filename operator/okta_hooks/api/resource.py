"""The kinds that the Kubernetes API serves: names, scope, columns, spec and status of each."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from okta_hooks.api.hook_status import OktaEventHookStatus
from okta_hooks.api.model import ApiModel
from okta_hooks.api.okta_event_hook import OktaEventHookSpec
from okta_hooks.api.okta_org import ClusterOktaOrgSpec, OktaOrgSpec, OktaOrgStatus
from okta_hooks.api.sinks.okta_event_sink import ClusterOktaEventSinkSpec, OktaEventSinkSpec, OktaEventSinkStatus

ColumnType = Literal["string", "integer", "date"]


@dataclass(frozen=True)
class Column:
    """A column of `kubectl get`; those with wide are shown with `-o wide` only."""

    name: str
    path: str
    type: ColumnType = "string"
    wide: bool = False
    description: str = ""


@dataclass(frozen=True)
class Kind:
    """A custom resource."""

    kind: str
    plural: str
    scope: Literal["Namespaced", "Cluster"]
    spec: type[ApiModel]
    status: type[ApiModel]
    description: str
    short_names: tuple[str, ...] = ()
    columns: tuple[Column, ...] = field(default=())

    @property
    def singular(self) -> str:
        """The name of one."""
        return self.kind.lower()


def _condition(name: str, part: str) -> str:
    return f".status.conditions[?(@.type=='{name}')].{part}"


_AGE = Column("Age", ".metadata.creationTimestamp", "date")
_ORG_COLUMNS = (
    Column("Ready", _condition("Ready", "status")),
    Column("Status", _condition("Ready", "reason")),
    Column("URL", ".spec.url"),
    Column("Hooks", ".status.activeHooks.used", "integer", description="Active event hooks in the organisation"),
    Column("Unmanaged", ".status.unmanagedHooks", "integer", wide=True),
    Column("Message", _condition("Ready", "message"), wide=True),
    _AGE,
)

_SINK_COLUMNS = (
    Column("Ready", _condition("Ready", "status")),
    Column("Status", _condition("Ready", "reason")),
    Column("Hooks", ".status.hooks", "integer", description="Hooks that use the sink"),
    Column("Backlog", ".status.backlog", "integer", description="Events that wait for it"),
    Column("Dead Letters", ".status.deadLetters", "integer"),
    Column("Last Success", ".status.lastSuccessTime", "date", wide=True),
    Column("Message", _condition("Ready", "message"), wide=True),
    _AGE,
)

OKTA_EVENT_HOOK = Kind(
    kind="OktaEventHook",
    plural="oktaeventhooks",
    scope="Namespaced",
    spec=OktaEventHookSpec,
    status=OktaEventHookStatus,
    description="An event hook in Okta, the receiver that it delivers to, and its health.",
    short_names=("oeh",),
    columns=(
        Column("Ready", _condition("Ready", "status")),
        Column("Status", _condition("Ready", "reason")),
        Column("Verified", ".status.okta.verificationStatus"),
        Column("Received", ".status.deliveries.received", "integer"),
        Column("Last Event", ".status.deliveries.lastEventTime", "date"),
        Column("Hook ID", ".status.hookId", wide=True),
        Column("URL", ".status.url", wide=True),
        Column("Missed", ".status.deliveries.missed", "integer", wide=True),
        Column("Backlog", ".status.deliveries.backlog", "integer", wide=True),
        Column("Message", _condition("Ready", "message"), wide=True),
        _AGE,
    ),
)

OKTA_ORG = Kind(
    kind="OktaOrg",
    plural="oktaorgs",
    scope="Namespaced",
    spec=OktaOrgSpec,
    status=OktaOrgStatus,
    description="An Okta organisation, for the event hooks of its namespace.",
    columns=_ORG_COLUMNS,
)

CLUSTER_OKTA_ORG = Kind(
    kind="ClusterOktaOrg",
    plural="clusteroktaorgs",
    scope="Cluster",
    spec=ClusterOktaOrgSpec,
    status=OktaOrgStatus,
    description="An Okta organisation, for the event hooks of several namespaces.",
    columns=_ORG_COLUMNS,
)

OKTA_EVENT_SINK = Kind(
    kind="OktaEventSink",
    plural="oktaeventsinks",
    scope="Namespaced",
    spec=OktaEventSinkSpec,
    status=OktaEventSinkStatus,
    description="Somewhere events are copied to, for the event hooks of its namespace.",
    short_names=("oes",),
    columns=_SINK_COLUMNS,
)

CLUSTER_OKTA_EVENT_SINK = Kind(
    kind="ClusterOktaEventSink",
    plural="clusteroktaeventsinks",
    scope="Cluster",
    spec=ClusterOktaEventSinkSpec,
    status=OktaEventSinkStatus,
    description="Somewhere events are copied to, for the event hooks of several namespaces.",
    columns=_SINK_COLUMNS,
)

KINDS = (OKTA_EVENT_HOOK, OKTA_ORG, CLUSTER_OKTA_ORG, OKTA_EVENT_SINK, CLUSTER_OKTA_EVENT_SINK)
