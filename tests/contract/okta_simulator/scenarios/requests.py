"""Every operation that an organisation answers, and a request of each that could be carried out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from okta_simulator.management.endpoint import Endpoint
from okta_simulator.organization import Organization
from unit.okta_simulator.event_hooks.receiver import Receiver

CONFIG: Mapping[str, object] = {
    "uri": "https://hooks.example.com/okta",
    "headers": [{"key": "X-Team", "value": "risk"}],
    "authScheme": {"type": "HEADER", "key": "Authorization", "value": "the-secret"},
}
CHANNEL: Mapping[str, object] = {"type": "HTTP", "version": "1.0.0", "config": CONFIG}
HOOK: Mapping[str, object] = {
    "name": "Risk engine",
    "description": "Feeds the risk engine",
    "events": {
        "type": "EVENT_TYPE",
        "items": ["user.session.start", "user.account.lock"],
        "filter": {
            "eventFilterMap": [
                {"event": "user.account.lock", "condition": {"expression": "event.outcome.result eq 'SUCCESS'"}}
            ],
        },
    },
    "channel": CHANNEL,
}
IP_ZONE: Mapping[str, object] = {
    "type": "IP",
    "name": "Bad addresses",
    "usage": "BLOCKLIST",
    "gateways": [{"type": "CIDR", "value": "203.0.113.9/32"}, {"type": "RANGE", "value": "198.51.100.1-198.51.100.9"}],
}
DYNAMIC_ZONE: Mapping[str, object] = {
    "type": "DYNAMIC",
    "name": "Far away",
    "usage": "POLICY",
    "locations": [{"country": "AF", "region": "AF-BGL"}, {"country": "DE"}],
    "asns": ["23457"],
    "proxyType": "Any",
}
ENHANCED_ZONE: Mapping[str, object] = {
    "type": "DYNAMIC_V2",
    "name": "Proxies",
    "usage": "POLICY",
    "locations": {"include": [{"country": "DE"}], "exclude": []},
    "asns": {"include": ["23457"]},
    "ipServiceCategories": {"include": ["ALL_PROXIES_VPNS"], "exclude": []},
}
PROVIDER: Mapping[str, object] = {
    "name": "Transmitter",
    "type": "endpoint protection",
    "settings": {"issuer": "https://transmitter.example.com", "jwks_url": "https://transmitter.example.com/keys"},
}
RISK: Mapping[str, object] = {"riskLevel": "HIGH", "riskReason": "Seen on a list"}

_BODIES: Mapping[tuple[str, str], Mapping[str, object]] = {
    ("POST", "/api/v1/eventHooks"): HOOK,
    ("PUT", "/api/v1/eventHooks/{id}"): HOOK,
    ("POST", "/api/v1/zones"): IP_ZONE,
    ("PUT", "/api/v1/zones/{zoneId}"): IP_ZONE,
    ("POST", "/api/v1/security-events-providers"): PROVIDER,
    ("PUT", "/api/v1/security-events-providers/{providerId}"): PROVIDER,
    ("PUT", "/api/v1/users/{userId}/risk"): RISK,
}


def hook_at(receiver: Receiver, **changes: object) -> dict[str, object]:
    """A hook whose endpoint is a receiver."""
    channel = {**CHANNEL, "config": {**CONFIG, "uri": receiver.url}}
    return {**HOOK, "channel": channel, **changes}


def endpoints(organization: Organization) -> Sequence[Endpoint]:
    """The operations of the management API that need a credential."""
    return [endpoint for resource in organization.resources() for endpoint in resource.endpoints()]


def path_of(endpoint: Endpoint, identifier: str = "x") -> str:
    """The operation's path, with an identifier in place of each parameter."""
    return "/".join(identifier if part.startswith("{") else part for part in endpoint.path.split("/"))


def body_of(endpoint: Endpoint) -> object:
    """What the operation takes; None where it takes nothing."""
    return _BODIES.get((endpoint.method, endpoint.path))
