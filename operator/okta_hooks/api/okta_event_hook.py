"""OktaEventHook: an event hook in Okta, the receiver it delivers to, and its health."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from okta_hooks.api.delivery import DeliverySpec
from okta_hooks.api.exposure import Exposure
from okta_hooks.api.model import ApiModel, Rule, rules
from okta_hooks.api.receiver import Receiver
from okta_hooks.api.route import Route
from okta_hooks.api.sinks.hook_sink import HookSink, SinkName
from okta_hooks.api.system_log import SystemLogSpec
from okta_hooks.api.values import Duration, EventType, HeaderName, ObjectName, SecretKeyRef

_SET_BY_OTHERS = (
    # what Okta sends by itself
    "accept", "content-type", "content-length", "host", "user-agent",
    # what is between two neighbours, so that a proxy takes it away or changes it (RFC 9110, section 7.6.1)
    "connection", "expect", "keep-alive", "proxy-authorization", "proxy-connection", "te", "trailer",
    "transfer-encoding", "upgrade",
    # the mark of ownership
    "oktahooks-owner",
)  # fmt: skip


def _free(name: str) -> str:
    """CEL: whether a header may be given the name, whatever its case; `name` is the expression that gives it."""
    taken = ", ".join(f"'{each}'" for each in _SET_BY_OTHERS)
    return f"!{name}.lowerAscii().startsWith('x-okta') && !({name}.lowerAscii() in [{taken}])"


class OrgRef(ApiModel):
    """An organisation object."""

    kind: Literal["OktaOrg", "ClusterOktaOrg"] | None = Field(
        None, description="OktaOrg, of the hook's namespace, or ClusterOktaOrg, of the cluster. Default: OktaOrg."
    )
    name: ObjectName = Field(description="Name of the organisation object.")


class Filter(ApiModel):
    """Which events of a type Okta delivers."""

    event_type: EventType = Field(description="One of eventTypes.")
    expression: str = Field(
        description=(
            "Okta Expression Language over event, such as event.outcome.result == 'FAILURE'; an event for which it is"
            " false is not delivered."
        ),
        min_length=1,
        max_length=1024,
    )


Labels = dict[str, Annotated[str, Field(max_length=256)]]


class Rotation(ApiModel):
    """Changing the generated secret from time to time."""

    interval: Duration = Field(description="Age at which the secret is replaced, such as 720h.")
    overlap: Duration | None = Field(
        None,
        description="How long the old secret is accepted after Okta was given the new one, such as 30m. Default: 10m.",
    )


class HookAuth(ApiModel):
    """The secret that Okta sends with each call."""

    model_config = rules(
        Rule(
            "!(has(self.secretRef) && has(self.rotation))",
            "rotation is for the generated secret: change the Secret that secretRef names instead",
        ),
        Rule(
            f"!has(self.headerName) || ({_free('self.headerName')})",
            "Okta, the operator or the connection sets the header of this headerName: leave headerName out, for"
            " Authorization, or choose another, such as X-Hook-Secret",
        ),
    )

    header_name: HeaderName | None = Field(
        None,
        description=(
            "Header that carries the secret, in upper or lower case; none that Okta or a connection sets, and none of"
            " headers. Default: Authorization."
        ),
    )
    secret_ref: SecretKeyRef | None = Field(
        None, description="A secret of your own, in the hook's namespace. Default: the operator generates one."
    )
    rotation: Rotation | None = Field(None, description="When a generated secret is replaced. Default: never.")


_ORG_BOUND = Rule(
    "has(self.orgRef) == has(oldSelf.orgRef) && (!has(self.orgRef) || self.orgRef == oldSelf.orgRef)",
    "orgRef cannot change, and cannot be added or taken away: make another hook in the other organisation",
)
_FILTERS_FIT = Rule(
    "!has(self.filters) || self.filters.all(filter, filter.eventType in self.eventTypes)",
    "each filter is for one of eventTypes: add its type there, or remove the filter",
)
_EXTERNAL_BY_URL = Rule(
    "!has(self.receiver) || !has(self.receiver.mode) || self.receiver.mode != 'External' || has(self.exposure.url)",
    "with receiver.mode External, exposure.url names your endpoint: give url instead of ingress or httpRoute",
)


def _on_jet_stream(spec: str) -> str:
    """CEL: whether a spec has a distributed journal."""
    return f"(has({spec}.receiver) && has({spec}.receiver.journal) && has({spec}.receiver.journal.jetStream))"


def _external(spec: str) -> str:
    """CEL: whether the endpoint of a spec is the user's own."""
    return f"(has({spec}.receiver) && has({spec}.receiver.mode) && {spec}.receiver.mode == 'External')"


_JOURNAL_STAYS = Rule(
    f"{_external('self')} || {_external('oldSelf')} || {_on_jet_stream('self')} == {_on_jet_stream('oldSelf')}",
    "receiver.journal cannot change to or from jetStream, since events in the journal before would be left behind: make"
    " another hook with the other journal, and delete this one when its sinks have no backlog",
)
_ADOPT_WITH_SECRET = Rule(
    "!has(self.adoptionPolicy) || self.adoptionPolicy != 'Adopt' || (has(self.auth) && has(self.auth.secretRef))",
    "adopting needs auth.secretRef: the hook's present secret cannot be read from Okta and must not change by surprise",
)
_ADOPT_BY_POLICY = Rule(
    "!has(self.adoptHookId) || (has(self.adoptionPolicy) && self.adoptionPolicy == 'Adopt')",
    "adoptHookId needs adoptionPolicy: Adopt",
)
_EXTERNAL_WITH_SECRET = Rule(
    "!has(self.receiver) || !has(self.receiver.mode) || self.receiver.mode != 'External'"
    " || (has(self.auth) && has(self.auth.secretRef))",
    "with receiver.mode External your endpoint checks the secret: name it in auth.secretRef",
)
_HEADERS_FREE = Rule(
    f"!has(self.headers) || self.headers.all(name, {_free('name')} && name.lowerAscii() != 'authorization')",
    "Okta, the operator or the connection sets one of these headers, or it carries the secret: choose another name,"
    " and auth for the secret",
)
_HEADERS_NAMED = Rule(
    "!has(self.headers) || self.headers.all(name, name.matches('^[-A-Za-z0-9!#$%&*+.^_|~]+$'))",
    "the name of a header has letters, digits and dashes: write it like X-Team",
)
_HEADERS_ONCE = Rule(
    "!has(self.headers) || self.headers.all(name,"
    " self.headers.exists_one(other, other.lowerAscii() == name.lowerAscii()))",
    "headers names one header twice, in upper and lower case: give it once",
)
_SECRET_APART = Rule(
    "!has(self.headers) || !has(self.auth) || !has(self.auth.headerName)"
    " || self.headers.all(name, name.lowerAscii() != self.auth.headerName.lowerAscii())",
    "auth.headerName carries the secret and is also in headers: take it out of headers, or choose another headerName",
)


_ROUTES_LEAD_SOMEWHERE = Rule(
    "!has(self.routes) || self.routes.all(route, route.sinks.all(name,"
    " has(self.sinks) && self.sinks.exists(sink, sink.name == name)))",
    "a route leads to a sink that is not in sinks: add it there, or take its name out of the route",
)
_ABANDONED_ARE_GONE = Rule(
    "!has(self.abandonSinks) || !has(self.sinks) || self.abandonSinks.all(name,"
    " !self.sinks.exists(sink, sink.name == name))",
    "abandonSinks names sinks that are gone for good: take the name out of abandonSinks, or the sink out of sinks",
)

_POLLED_INTO_A_RECEIVER = Rule(
    "!has(self.systemLog) || !has(self.receiver) || !has(self.receiver.mode) || self.receiver.mode != 'External'",
    "systemLog needs a receiver of the operator's: take it out, or set receiver.mode: Managed",
)


class OktaEventHookSpec(ApiModel):
    """An event hook as it is to be."""

    model_config = rules(
        _ORG_BOUND,
        _FILTERS_FIT,
        _EXTERNAL_BY_URL,
        _EXTERNAL_WITH_SECRET,
        _JOURNAL_STAYS,
        _ADOPT_WITH_SECRET,
        _ADOPT_BY_POLICY,
        _HEADERS_FREE,
        _HEADERS_NAMED,
        _HEADERS_ONCE,
        _SECRET_APART,
        _ROUTES_LEAD_SOMEWHERE,
        _ABANDONED_ARE_GONE,
        _POLLED_INTO_A_RECEIVER,
    )

    org_ref: OrgRef | None = Field(
        None,
        description=(
            "The organisation. Default: the OktaOrg named default in this namespace, else the ClusterOktaOrg named"
            " default. Immutable, its absence too."
        ),
    )
    display_name: Annotated[str, Field(min_length=1, max_length=255)] | None = Field(
        None, description="Name in Okta. Default: <installation>/<namespace>/<name>."
    )
    description: Annotated[str, Field(max_length=1000)] | None = Field(
        None, description="Description in Okta. Default: none."
    )
    event_types: list[EventType] = Field(
        description=(
            "Types of events to deliver, 1 to 300, such as user.session.start. Types that this version does not know"
            " are sent to Okta all the same, with a warning."
        ),
        min_length=1,
        max_length=300,
        json_schema_extra={"x-kubernetes-list-type": "set"},
    )
    filters: list[Filter] | None = Field(
        None,
        description="Which events of a type are delivered; an Early Access feature of Okta. Default: all.",
        max_length=300,
        json_schema_extra={"x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": ["eventType"]},
    )
    headers: dict[str, Annotated[str, Field(max_length=1024)]] | None = Field(
        None,
        description="Further headers that Okta sends. Never for secrets: Okta shows them in clear. Default: none.",
        max_length=20,
    )
    state: Literal["Active", "Inactive"] | None = Field(
        None,
        description="Active: Okta delivers. Inactive: the hook stays in Okta and delivers nothing. Default: Active.",
    )
    auth: HookAuth | None = Field(None, description="The secret that Okta sends. Default: a generated one.")
    exposure: Exposure = Field(
        description="How Okta reaches the receiver: exactly one of url, ingress and httpRoute, and how it is watched."
    )
    receiver: Receiver | None = Field(
        None, description="The pods that Okta calls. Default: the operator runs one, with a journal of 10Gi."
    )
    sinks: list[HookSink] | None = Field(
        None,
        description="Where events are copied to. Default: nowhere; they stay in the journal.",
        max_length=16,
        json_schema_extra={"x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": ["name"]},
    )
    routes: list[Route] | None = Field(
        None,
        description=(
            "Which events go to which sinks. A sink gets an event once if any route sends it there. Default: every"
            " event to every sink."
        ),
        max_length=32,
        json_schema_extra={"x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": ["name"]},
    )
    abandon_sinks: list[SinkName] | None = Field(
        None,
        description=(
            "Names of former sinks whose backlog is given up. The backlog of a sink that was taken out of sinks stays"
            " in the journal until the sink comes back or is named here. Default: none."
        ),
        max_length=64,
        json_schema_extra={"x-kubernetes-list-type": "set"},
    )
    labels: Labels | None = Field(
        None,
        description="What every event carries besides, such as environment: production. Default: nothing.",
        max_length=16,
    )
    delivery: DeliverySpec | None = Field(
        None, description="What becomes of events that Okta did not deliver. Default: they are found and filled."
    )
    system_log: SystemLogSpec | None = Field(
        None,
        description=(
            "Events that no hook can deliver, polled from Okta's System Log into the same sinks. Default: none."
        ),
    )
    management_policy: Literal["Manage", "Observe"] | None = Field(
        None,
        description=(
            "Manage: make the hook in Okta what the spec says. Observe: report the difference and change nothing in"
            " Okta; the operator still calls the endpoint, as exposure.probe says. Default: Manage."
        ),
    )
    adoption_policy: Literal["Never", "Adopt"] | None = Field(
        None,
        description=(
            "Adopt: take over the hook with adoptHookId or displayName that somebody made by hand, where"
            " spec.adoption of the organisation lets that be. Never: a name that is taken is reported. Default: Never."
        ),
    )
    adopt_hook_id: Annotated[str, Field(pattern=r"^who[A-Za-z0-9]{17}$", max_length=20)] | None = Field(
        None, description="Identifier in Okta of the hook to take over. Default: it is found by its name."
    )
    deletion_policy: Literal["Delete", "Deactivate", "Orphan"] | None = Field(
        None,
        description=(
            "What becomes of the hook in Okta when this object is deleted. Delete: it goes. Deactivate: it stays and"
            " delivers nothing. Orphan: it stays as it is. Default: Delete."
        ),
    )
    suspend: bool | None = Field(
        None, description="Stop managing the hook for a while; nothing is undone. Default: false."
    )
    resync_interval: Duration | None = Field(
        None,
        description=(
            "How often the hook is compared with Okta while nothing changes, such as 90s, 5m or 1h30m; at least 1s."
            " Default: that of the organisation, which is 5m where it says nothing."
        ),
    )
