"""What can be chosen of an organisation: Okta's limits, and each point on which the sources about it are unclear.

Every default is what Okta documents; where nothing is documented, it is the reading that makes a client work hardest.
`docs/simulator.md` lists the sources of each.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Literal, TypeAlias

import msgspec

_AtLeastOne: TypeAlias = Annotated[int, msgspec.Meta(ge=1)]
_AtLeastZero: TypeAlias = Annotated[int, msgspec.Meta(ge=0)]
_Part: TypeAlias = Annotated[float, msgspec.Meta(ge=0, le=1)]

LONGEST = timedelta(days=36_500)
"""The longest duration that can be chosen: Okta's clock, which ends in 2999, can be counted on and back by it."""


class _Group(msgspec.Struct, frozen=True, kw_only=True, rename="camel", forbid_unknown_fields=True):
    """Options that belong together."""

    def __post_init__(self) -> None:
        """Check the durations, for which msgspec has no bounds.

        Raises:
            ValueError: One is negative or longer than `LONGEST`.
        """
        for field in msgspec.structs.fields(self):
            value: object = getattr(self, field.name)
            if isinstance(value, timedelta) and not timedelta() <= value <= LONGEST:
                raise ValueError(f"`{field.encode_name}` must be a duration from P0D to P{LONGEST.days}D")


class Limits(_Group, frozen=True, kw_only=True):
    """Okta's published limits."""

    active_hooks: _AtLeastZero = 25
    """Event hooks that may be active at a time."""
    event_types_per_hook: _AtLeastZero = 300
    """Event types that one hook may list."""
    daily_events: _AtLeastZero = 400_000
    """Events that are delivered in 24 hours, counted from the first one; later ones are neither sent nor replayed."""
    daily_events_warning: _AtLeastZero = 280_000
    """Events after which the System Log gets a warning."""
    blocklist_zone_entries: _AtLeastZero = 1_000
    """Gateways of a zone whose usage is BLOCKLIST."""
    policy_zone_entries: _AtLeastZero = 150
    """Gateways of a zone whose usage is POLICY."""
    system_zone_entries: _AtLeastZero = 5_000
    """Gateways of a system zone."""


class RateLimits(_Group, frozen=True, kw_only=True):
    """Requests that Okta answers in a window of 60 s, and at a time."""

    buckets: dict[str, _AtLeastZero] = msgspec.field(
        default_factory=lambda: {"/api/v1": 600, "/api/v1/logs": 120, "/oauth2/v1/token": 600, "/api/v1/users": 600}
    )
    """Requests a window, by bucket; a bucket that is not listed has the number of `/api/v1`."""
    credential_share: _Part = 0.5
    """The part of a bucket that one credential may use (confirmed: 50 %)."""
    warning_at: _Part = 0.6
    """The part of a bucket after which the System Log gets a warning, once a window (the figure is not documented)."""
    concurrent: _AtLeastZero = 75
    """Requests under way at once in the organisation (35 in free ones)."""


FailureNames: TypeAlias = Literal["target and debugData", "target", "debugData", "nowhere"]


class CircuitBreaker(_Group, frozen=True, kw_only=True):
    """Skipping a hook that keeps timing out, as Okta's documentation described it until November 2024."""

    timeouts: _AtLeastOne = 1_500
    """Requests of one hook that time out until it is skipped (documented until November 2024)."""
    within: timedelta = timedelta(minutes=15)
    """The time in which they do (documented until November 2024)."""
    pause: timedelta = timedelta(minutes=15)
    """How long the hook is skipped; what was due then is never sent (documented until November 2024)."""


class Delivery(_Group, frozen=True, kw_only=True):
    """How events travel to a hook's endpoint."""

    timeout_seconds: Annotated[float, msgspec.Meta(gt=0, le=3_600)] = 3.0
    """What an endpoint has to answer, in seconds of real time (confirmed)."""
    batching_window: timedelta = timedelta(seconds=10)
    """Events of one hook that come within this time travel together (seen in two captures, not documented)."""
    events_per_delivery: _AtLeastOne = 100
    """Events in one request at most (not documented)."""
    deliveries_at_once: _AtLeastOne = 8
    """Requests to one hook under way at a time (the simulator's bound, not Okta's)."""
    waiting_events: _AtLeastOne = 100_000
    """Events that wait for one hook at most; later ones are given up (the simulator's bound, not Okta's)."""
    shuffled: bool = True
    """Whether the events of one delivery come in any order (confirmed: no order is promised)."""
    retry_delay: timedelta = timedelta(seconds=1)
    """Between an attempt and its one retry (not documented)."""
    retry_on_4xx: bool = msgspec.field(default=False, name="retryOn4xx")
    """Whether a 4xx is retried (the concept page says no; the best practices name no exception)."""
    retry_keeps_event_id: bool = True
    """Whether the retry carries the `eventId` of the first attempt (implied by the advice to dedupe by it)."""
    exponential_backoff_retries: Annotated[int, msgspec.Meta(ge=0, le=16)] = 0
    """Further retries, each after twice the delay (claimed by third parties only)."""
    success_statuses: Literal["200 and 204", "2xx"] = "2xx"
    """Which statuses count as delivered (documented for inline hooks; for event hooks 200 and 204 are named)."""
    circuit_breaker: CircuitBreaker | None = None
    """Skip a hook that keeps timing out (documented until November 2024, then removed without a reason)."""
    deactivate_after_failures: _AtLeastZero = 0
    """Deactivate a hook after so many failed deliveries in a row; 0 is never (claimed by third parties only)."""
    failure_entry_names_hook: FailureNames = "target and debugData"
    """Where an `event_hook.delivery` entry names its hook (that one is written is confirmed, what it holds is not)."""
    start_delay: timedelta = timedelta()
    """After a create, update or verification, events of this time are lost to the hook (Okta: "several minutes")."""
    target_ids_name_filtered_hooks: bool = True
    """Whether `targetEventHookIds` names hooks whose filter left the event out (not documented)."""
    console_deliver_keeps_uuid: bool = True
    """Whether the console's Deliver sends an edited event under its own uuid (bypassing filters is confirmed)."""


class Endpoints(_Group, frozen=True, kw_only=True):
    """How the endpoints of hooks are reached; certificates are always checked."""

    resolve: dict[str, str] = msgspec.field(default_factory=dict)
    """Addresses for names, as `hooks.example.com: 10.0.0.5` or, for one port, `hooks.example.com:443: 10.0.0.5:8443`;
    other names are looked up."""
    extra_ca_file: str | None = None
    """Certificate authorities (PEM) that are trusted besides the public ones."""
    connections: _AtLeastOne = 100
    """Requests to endpoints under way at a time in the whole organisation."""


class EventHooks(_Group, frozen=True, kw_only=True):
    """How the event hooks API behaves."""

    filters: bool = True
    """Whether the organisation has hook filters, a self-service Early Access feature."""
    replace_without_secret: Literal["removes", "keeps"] = "removes"
    """What a replace without `authScheme.value` does to the stored secret (not recorded)."""
    replace_resets_verification: Literal["uri", "channel", "always"] = "channel"
    """Which change of a replace makes the hook UNVERIFIED: of the URI (recorded), or of anything in the channel, its
    secret included (the specification says "the channel property")."""
    replace_answers_stale_last_updated: bool = True
    """Whether a replace answers with the time of the change before (recorded)."""
    verify_seconds: Annotated[float, msgspec.Meta(ge=0, le=3_600)] = 0.0
    """Real seconds that a verification takes besides the call to the endpoint (about 2 were recorded)."""
    verification_statuses: Literal["200", "2xx"] = "200"
    """Which statuses of a challenge's answer count (not documented)."""
    verify_inactive: Literal["refused", "possible"] = "refused"
    """Whether an inactive hook can be verified (its `_links` have no `verify`; the answer is not recorded)."""
    delete_active_status: Literal[400, 403] = 400
    """The answer to deleting an active hook (not recorded)."""


class Log(_Group, frozen=True, kw_only=True):
    """How the System Log behaves."""

    retention: timedelta = timedelta(days=90)
    """How long entries are kept (confirmed)."""
    most_entries: _AtLeastOne = 2_000_000
    """Entries kept at most; beyond it the oldest leave before their time (the simulator's bound, not Okta's)."""
    oldest_since: timedelta = timedelta(days=180)
    """A `since` older than this is refused."""
    persistence_delay: timedelta = timedelta()
    """How long an entry may take from `published` until a query shows it; each takes a random part of it."""
    filter_by_uuid: bool = True
    """Whether `uuid eq` works in a filter (not confirmed)."""
    explicit_nulls: bool = False
    """Whether fields without a value are printed as null (one sample) or left out (captures)."""
    addresses: Literal["client.ipChain", "request.ipChain", "both"] = "both"
    """Where an event carries its chain of addresses (specification and captures disagree)."""


class Credentials(_Group, frozen=True, kw_only=True):
    """How credentials behave."""

    dpop_required: bool = True
    """Whether new service apps need DPoP (the default since February 2024)."""
    access_token_lifetime: timedelta = timedelta(hours=1)
    """How long an access token is good for (confirmed: 3600 s)."""
    api_token_idle_expiry: timedelta = timedelta(days=30)
    """How long an API token lives without being used (confirmed)."""
    dpop_nonce_lifetime: timedelta = timedelta(hours=24)
    """How long a nonce is the one that Okta gives out (confirmed)."""
    dpop_nonce_accepted: timedelta = timedelta(days=3)
    """How long a nonce that was given out is accepted (confirmed)."""
    assertion_lifetime: timedelta = timedelta(hours=1)
    """How far ahead a client assertion's `exp` may be (confirmed)."""
    clock_skew: timedelta = timedelta(minutes=5)
    """How far a client's clock may be off (recorded for proofs; not documented for assertions)."""
    missing_credential: Literal["E0000005", "E0000004"] = "E0000005"
    """The answer to a request without a credential (reported as "Invalid session"; not documented)."""
    scheme_without_space: bool = False
    """Whether `Authorization: SSWSabc` counts as `SSWS abc` (a client sends it; whether Okta minds is not known)."""


class Options(_Group, frozen=True, kw_only=True):
    """Everything that can be chosen of an organisation."""

    limits: Limits = Limits()
    rate_limits: RateLimits = RateLimits()
    delivery: Delivery = Delivery()
    endpoints: Endpoints = Endpoints()
    event_hooks: EventHooks = EventHooks()
    log: Log = Log()
    credentials: Credentials = Credentials()
    engine: Literal["identity", "classic"] = "identity"
    """Okta Identity Engine, or Classic Engine: differs in defaults such as `forgetDevices`."""
    identity_threat_protection: bool = True
    """Whether the organisation is licensed for user risk and security event tokens."""
    adaptive_mfa: bool = True
    """Whether the organisation is licensed for more than one custom network zone (confirmed), and dynamic ones."""
