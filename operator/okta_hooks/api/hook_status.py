"""What the operator has seen of an OktaEventHook."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from okta_hooks.api.delivery import BackfillStatus
from okta_hooks.api.model import ApiModel
from okta_hooks.api.system_log import FailuresState, SystemLogState
from okta_hooks.api.values import Condition, Handled, Timestamp


class BoundOrg(ApiModel):
    """The organisation that the hook belongs to, found once and never changed by itself."""

    kind: Literal["OktaOrg", "ClusterOktaOrg"] = Field(
        description="Kind of the organisation object: OktaOrg or ClusterOktaOrg."
    )
    name: str = Field(description="Its name.", max_length=253)
    url: str = Field(description="Address of the organisation.", max_length=255)


class OktaState(ApiModel):
    """The hook as Okta last showed it."""

    status: Literal["ACTIVE", "INACTIVE"] = Field(description="ACTIVE: Okta delivers. INACTIVE: it does not.")
    verification_status: Literal["UNVERIFIED", "VERIFIED"] = Field(
        description="VERIFIED: the endpoint answered Okta's challenge. UNVERIFIED: Okta does not call it."
    )
    display_name: str = Field(description="The hook's name in Okta.", max_length=255)
    last_updated: str = Field(description="When it changed last, by Okta's clock.", max_length=64)


class EndpointState(ApiModel):
    """The public address as it answered the operator's own challenge last."""

    certificate_expires: Timestamp = Field(
        description="When the certificate ends that it showed; Okta delivers nothing after that."
    )


class SecretState(ApiModel):
    """Which secret Okta sends; of secrets themselves, only keyed hashes are kept."""

    applied_hash: str = Field(description="Keyed hash of the secret that Okta was last given.", max_length=64)
    applied_time: Timestamp = Field(description="When Okta was given it.")


class RepairsState(ApiModel):
    """What the operator put right because somebody else had changed the hook in Okta."""

    count: int = Field(0, description="How often, since the object exists.", ge=0)
    in_a_row: int = Field(
        0,
        description="How many followed each other before one held for half an hour; after 8 the operator stops.",
        ge=0,
    )
    last_message: str | None = Field(None, description="What happened last, and what was done.", max_length=2000)
    last_time: Timestamp | None = Field(None, description="When.")


class Deliveries(ApiModel):
    """What the receiver was given; written at most once a minute."""

    received: int = Field(0, description="Events received, each counted once.", ge=0)
    last_event_time: Timestamp | None = Field(None, description="When an event came last.")
    missed: int = Field(0, description="Events that Okta had to deliver and that never came.", ge=0)
    filled: int = Field(0, description="Of those missed, events that were brought from Okta's System Log.", ge=0)
    backlog: int = Field(0, description="Events that wait for a sink.", ge=0)
    quarantined: int = Field(
        0, description="Of what came with the right secret, how much was held back from sinks, for either reason.", ge=0
    )
    differing: int = Field(0, description="Held back: the uuid had come before, with other content.", ge=0)
    unreadable: int = Field(0, description="Held back: it has no uuid, or could not be read as events.", ge=0)


class JournalState(ApiModel):
    """What the journal holds, and what is wrong with it; written at most once a minute."""

    used_bytes: int = Field(0, description="What it takes on its volume.", ge=0)
    limit_bytes: int = Field(0, description="At which size deliveries are refused.", ge=0)
    damaged_files: list[str] | None = Field(
        None,
        description="Files of it, and of the dispatcher, that were damaged and are kept aside; at most 20 are named.",
        max_length=20,
        json_schema_extra={"items": {"type": "string", "maxLength": 253}},
    )
    lost_ranges: int = Field(0, description="Parts of it that cannot be read any more.", ge=0)
    missing: int = Field(0, description="Events in them that have not come again, as far as they are known.", ge=0)


class SinkStatus(ApiModel):
    """How a sink does; numbers are written at most once a minute."""

    name: str = Field(description="Name of the sink in the hook.", max_length=40)
    state: Literal["Pending", "Running", "Retrying", "Paused", "Removed", "Unusable"] = Field(
        description=(
            "Pending: the dispatcher has not said yet. Running: it takes events. Retrying: it cannot take events now."
            " Paused: it takes none until somebody corrects something. Removed: it is not in sinks any more, and events"
            " wait for it. Unusable: its object or its Secret is missing or not to be used."
        )
    )
    reason: str | None = Field(
        None, description="One word that says what is wrong with it, as in SinksHealthy.", max_length=64
    )
    message: str | None = Field(None, description="A sentence that says what, and what to do.", max_length=2000)
    backlog: int = Field(0, description="Events that wait for it, repeats included.", ge=0)
    oldest_event_time: Timestamp | None = Field(None, description="When the oldest event that waits was received.")
    last_success_time: Timestamp | None = Field(None, description="When it last took an event.")
    delivered: int = Field(0, description="Events that it has taken.", ge=0)
    dead_letters: int = Field(0, description="Events that it refused for good, and that are kept.", ge=0)
    skipped: int = Field(0, description="Events that a full journal has dropped before it had them.", ge=0)


class OktaEventHookStatus(ApiModel):
    """What was seen, and since when."""

    observed_generation: int = Field(0, description="The generation of the spec that this speaks of.", ge=0)
    conditions: list[Condition] = Field(
        default_factory=list,
        description=(
            "Synced, ReceiverReady, EndpointReachable, Verified, Delivering, SinksHealthy, and Ready for all of them;"
            " Reconciling and Stalled while they hold."
        ),
        max_length=16,
        json_schema_extra={"x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": ["type"]},
    )
    org: BoundOrg | None = Field(None, description="The organisation that the hook belongs to.")
    hook_id: str | None = Field(None, description="Identifier of the hook in Okta.", max_length=64)
    url: str | None = Field(None, description="The public address that Okta calls.", max_length=1024)
    okta: OktaState | None = Field(None, description="The hook as Okta last showed it.")
    endpoint: EndpointState | None = Field(
        None, description="The public address as it answered the operator's own challenge last."
    )
    secret: SecretState | None = Field(None, description="Which secret Okta sends.")
    synced_generation: int | None = Field(
        None,
        description="The generation of the spec that the hook in Okta equalled last; what differs was changed there.",
        ge=0,
    )
    repairs: RepairsState | None = Field(
        None, description="What was put right because somebody else had changed the hook in Okta."
    )
    deliveries: Deliveries | None = Field(None, description="What was received.")
    failures: FailuresState | None = Field(None, description="Deliveries that Okta gave up, as its System Log says.")
    system_log: SystemLogState | None = Field(
        None, description="Events that were polled for, which no hook can deliver."
    )
    backfill: BackfillStatus | None = Field(None, description="The search for events that never came.")
    journal: JournalState | None = Field(None, description="What is kept for the sinks.")
    sinks: list[SinkStatus] | None = Field(
        None,
        description="How each sink does.",
        max_length=80,
        json_schema_extra={"x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": ["name"]},
    )
    handled_reconcile_at: Handled | None = None
    last_sync_time: Timestamp | None = Field(None, description="When the hook in Okta was last compared with the spec.")
