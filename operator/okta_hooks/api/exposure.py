"""How Okta reaches the receiver."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from okta_hooks.api.model import ApiModel, Rule, exactly_one_of, rules, validated_by
from okta_hooks.api.url import PERCENT, PORT, SIGNS
from okta_hooks.api.values import ObjectName

Hostname = Annotated[
    str,
    Field(max_length=253, pattern=r"^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)+$"),
]
_DIRECT = Rule(
    "!self.matches('//|/[.][.]?(/|$)')",
    "a path has no empty part, no . and no ..: gateways take them away, so write the path that they leave",
)
UrlPath = Annotated[
    str, Field(max_length=512, pattern=r"^/[-A-Za-z0-9._~/]*$", json_schema_extra=validated_by(_DIRECT))
]
Annotations = dict[str, Annotated[str, Field(max_length=4096)]]

_HTTPS = Rule(
    "self.startsWith('https://')",
    "Okta calls https addresses only: write https://",
    "'Okta calls https addresses only: write https://' + self.replace('http://', '')",
)
_WITH_HOST = Rule(
    "!self.startsWith('https://')"
    f" || self.matches('^https://[A-Za-z0-9]([-A-Za-z0-9.]*[A-Za-z0-9])?(:{PORT})?([/?].*)?$')",
    "write https://, a host name, a port where it is not 443, and a path; no user and no password",
)
_URL_AT_MOST = 1023  # Okta takes 1024 characters; the normal form of an address without a path has one more


class IngressTls(ApiModel):
    """Where the certificate of an Ingress comes from."""

    secret_name: ObjectName | None = Field(
        None,
        description=(
            "Secret in the hook's namespace with tls.crt and tls.key; cert-manager makes it. Default: the controller's"
            " own certificate."
        ),
    )


class IngressExposure(ApiModel):
    """An Ingress that the operator makes and keeps."""

    host: Hostname = Field(description="Public host name, such as events.example.com; Okta calls it over https.")
    path: UrlPath | None = Field(
        None, description="Path that Okta calls, and the only one that is routed. Default: /<namespace>/<name>."
    )
    class_name: ObjectName | None = Field(
        None, description="Name of the IngressClass. Default: the cluster's default class."
    )
    tls: IngressTls | None = Field(
        None,
        description=(
            "Has the Ingress end TLS for the host. Default: the Ingress says nothing of TLS, and the controller serves"
            " its own certificate."
        ),
    )
    annotations: Annotations | None = Field(
        None,
        description=(
            "Annotations of the Ingress, such as cert-manager.io/cluster-issuer; only those that the operator is"
            " started to allow (--allow annotation=...). Default: none."
        ),
        max_length=32,
    )


class ParentRef(ApiModel):
    """A Gateway to attach to."""

    name: ObjectName = Field(description="Name of the Gateway.")
    namespace: ObjectName | None = Field(
        None, description="Namespace of the Gateway, which has to admit routes from here. Default: the hook's."
    )
    section_name: ObjectName | None = Field(
        None, description="Name of one of the Gateway's listeners. Default: all that fit."
    )


class HttpRouteExposure(ApiModel):
    """An HTTPRoute of the Gateway API that the operator makes and keeps."""

    hostname: Hostname = Field(description="Public host name, such as events.example.com; Okta calls it over https.")
    path: UrlPath | None = Field(
        None, description="Path that Okta calls, and the only one that is routed. Default: /<namespace>/<name>."
    )
    parent_refs: list[ParentRef] = Field(description="Gateways to attach to, 1 to 8.", min_length=1, max_length=8)
    annotations: Annotations | None = Field(
        None,
        description=(
            "Annotations of the HTTPRoute; only those that the operator is started to allow (--allow annotation=...)."
            " Default: none."
        ),
        max_length=32,
    )


class Exposure(ApiModel):
    """How Okta reaches the receiver: exactly one of url, ingress and httpRoute."""

    model_config = rules(exactly_one_of("url", "ingress", "httpRoute"))

    url: (
        Annotated[
            str, Field(max_length=_URL_AT_MOST, json_schema_extra=validated_by(_HTTPS, _WITH_HOST, SIGNS, PERCENT))
        ]
        | None
    ) = Field(
        None,
        description=(
            "Public https address, such as https://events.example.com/sign-ins. You route it: to port 80 of the Service"
            " <name>-receiver, or, with receiver.mode External, to an endpoint of your own. Okta is given its"
            " normal form (RFC 3986, section 6.2.2): /~a for /%7Ea."
        ),
    )
    ingress: IngressExposure | None = Field(
        None, description="The operator makes an Ingress that routes a host and a path to the receiver."
    )
    http_route: HttpRouteExposure | None = Field(
        None,
        description="The operator makes an HTTPRoute of the Gateway API that routes a host and a path to the receiver.",
    )
    probe: Literal["On", "Off"] | None = Field(
        None,
        description=(
            "On: the operator calls the public address as Okta does, before it asks Okta to verify and every 5m, and"
            " EndpointReachable tells what it saw. Off: it calls nothing, for a cluster that cannot reach its own"
            " public name. Default: On."
        ),
    )
