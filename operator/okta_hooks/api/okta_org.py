"""OktaOrg and ClusterOktaOrg: an Okta organisation, and the credential to manage it with."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from okta_hooks.api.model import ApiModel, Rule, exactly_one_of, rules, validated_by
from okta_hooks.api.values import (
    Condition,
    Duration,
    Handled,
    LabelSelector,
    SecretKeyRef,
    Timestamp,
    duration_between,
)

_IMMUTABLE_URL = Rule(
    "self == oldSelf", "url cannot change, since hooks live in the organisation it names: make another object"
)
_ADDRESS_ONLY = Rule(
    "self.matches('^https://[a-zA-Z0-9][-a-zA-Z0-9.]*(:[0-9]{1,5})?$')",
    "write scheme and host only, such as https://example.okta.com",
    "'write scheme and host only: https://' + self.replace('https://', '').replace('http://', '').split('/')[0]",
)
_NOT_THE_CONSOLE = Rule(
    "!self.matches('^https://[^/]*-admin[.](okta|oktapreview|okta-emea|okta-gov)[.]com(:|/|$)')"
    " && !self.matches('^https://[^/]*-admin[.]okta[.]mil(:|/|$)')",
    "this is the address of the admin console: write it without -admin",
    "'this is the address of the admin console: write ' + self.replace('-admin.', '.')",
)

_POLL = duration_between("1s", "1h", "logPollInterval is from 1s to 1h: write it like 60s")

Adoption = Literal["Forbidden", "Allowed"]

_ADOPTION = (
    "Allowed: an OktaEventHook may take over (adoptionPolicy: Adopt) or show (managementPolicy: Observe) an event hook"
    " that somebody made by hand in the organisation. Forbidden: none may. What another object manages is never taken"
    " over; what was taken over stays with its object when this changes. "
)

OktaUrl = Annotated[
    str, Field(max_length=255, json_schema_extra=validated_by(_IMMUTABLE_URL, _ADDRESS_ONLY, _NOT_THE_CONSOLE))
]


_SOME_SHARE = Rule(
    "!self.matches('^0[.]0+$')", "a share of nothing lets nothing be asked of Okta: write more than 0, such as 0.05"
)
RateLimitShare = Annotated[
    str,
    Field(
        pattern=r"^(0\.[0-9]{1,2}|1(\.0{1,2})?)$",
        max_length=4,
        examples=["0.5"],
        json_schema_extra=validated_by(_SOME_SHARE),
    ),
]


class ApiToken(ApiModel):
    """An SSWS token: it has all rights of the administrator who made it, and ends after 30 days without use."""

    secret_ref: SecretKeyRef = Field(description="Where the token is.")


class OAuth(ApiModel):
    """A service app of the organisation, which signs in with its private key; DPoP is used where Okta asks for it."""

    client_id: str = Field(description="Client ID of the service app.", min_length=1, max_length=255)
    private_key_secret_ref: SecretKeyRef = Field(description="Where the app's private key is, as PEM or as a JWK.")
    key_id: str | None = Field(
        None, description="Key ID (kid) under which Okta knows the key. Default: the JWK's own.", max_length=255
    )
    scopes: list[Annotated[str, Field(max_length=128)]] | None = Field(
        None,
        description=(
            "Scopes to ask for. Default: okta.eventHooks.manage, okta.eventHooks.read, okta.logs.read. Without the last"
            " one hooks work; PermissionsGranted says that it is missing."
        ),
        min_length=1,
        max_length=32,
        json_schema_extra={"x-kubernetes-list-type": "set"},
    )


class OrgAuth(ApiModel):
    """The credential: an API token or a service app."""

    model_config = rules(exactly_one_of("apiToken", "oauth"))

    api_token: ApiToken | None = Field(
        None, description="An API token (SSWS), with all rights of the administrator who made it."
    )
    oauth: OAuth | None = Field(
        None,
        description=(
            "A service app of the organisation, which signs in with its private key (OAuth 2.0, private_key_jwt, with"
            " DPoP where Okta asks for it); preferred, since it can have few rights."
        ),
    )


class OktaOrgSpec(ApiModel):
    """An Okta organisation as it is to be used."""

    url: OktaUrl = Field(
        description=(
            "Address of the organisation: https and host, no path, such as https://example.okta.com, or a custom"
            " domain. Immutable."
        )
    )
    auth: OrgAuth = Field(description="The credential to manage it with: exactly one of apiToken and oauth.")
    ca_secret_ref: SecretKeyRef | None = Field(
        None,
        description="Certificates (PEM) to trust, for a proxy or a simulator. Default: the public authorities.",
    )
    resync_interval: Duration | None = Field(
        None,
        description=(
            "How often hooks are compared with Okta while nothing changes, such as 90s, 5m or 1h; at least 1s. Default:"
            " 5m."
        ),
    )
    log_poll_interval: Annotated[Duration, Field(json_schema_extra=validated_by(_POLL))] | None = Field(
        None,
        description=(
            "How often the organisation's System Log is polled, for all of its hooks at once, from 1s to 1h; less often"
            " while Okta is busy. Default: 60s."
        ),
    )
    rate_limit_share: RateLimitShare | None = Field(
        None,
        description=(
            "Part to use at most of each rate limit that Okta grants the credential, above 0 and up to 1, such as"
            ' "0.5". Where several objects name one organisation, each keeps to its own share, and all of them together'
            ' to the largest. Default: "0.5".'
        ),
    )
    adoption: Adoption | None = Field(
        None,
        description=f"{_ADOPTION}Default: Allowed, since whoever may edit hooks here may edit this object too.",
    )

    @property
    def allows_adoption(self) -> bool:
        """Whether hooks that were made by hand may be taken over, with the default filled in."""
        return self.adoption != "Forbidden"


class ClusterOktaOrgSpec(OktaOrgSpec):
    """An Okta organisation that several namespaces use; its Secrets are in the operator's namespace."""

    namespace_selector: LabelSelector | None = Field(
        None, description="Namespaces whose hooks may name this organisation. Default: all."
    )
    adoption: Adoption | None = Field(
        None,
        description=f"{_ADOPTION}Default: Forbidden, since hooks made by hand belong to none of its namespaces.",
    )

    @property
    def allows_adoption(self) -> bool:
        """Whether hooks that were made by hand may be taken over: somebody has to say so, for every namespace."""
        return self.adoption == "Allowed"


class Quota(ApiModel):
    """How much of an organisation's limit is used."""

    used: int = Field(description="In use now.", ge=0)
    limit: int = Field(description="What Okta allows.", ge=0)


class OktaOrgStatus(ApiModel):
    """What was seen of an organisation."""

    observed_generation: int = Field(0, description="The generation of the spec that this speaks of.", ge=0)
    conditions: list[Condition] = Field(
        default_factory=list,
        description="Ready, CredentialsValid, PermissionsGranted and QuotaAvailable.",
        max_length=16,
        json_schema_extra={"x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": ["type"]},
    )
    active_hooks: Quota | None = Field(None, description="Active event hooks, and how many Okta allows.")
    unmanaged_hooks: int | None = Field(None, description="Event hooks in Okta that no object here manages.", ge=0)
    rate_limit_remaining: dict[str, int] | None = Field(
        None, description="Requests left in each of Okta's rate limits when it last told."
    )
    handled_reconcile_at: Handled | None = None
    last_contact_time: Timestamp | None = Field(None, description="When Okta last answered.")
    orphaned_hooks: list[str] | None = Field(
        None,
        description="Hooks left behind in Okta, by identifier, since Okta could not be reached when they were deleted.",
        max_length=100,
    )
