"""What things are done to, besides people: apps, policies, tokens and the rest of an organisation's furniture."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random

from okta_simulator.ids import Ids
from okta_simulator.json_values import JsonObject

_APPS = ("Wiki", "Payroll", "Source Code", "Support Desk", "Customer Records", "Expenses", "Chat")

# type of a target: the prefix of its ids, and names
_KINDS: Mapping[str, tuple[str, Sequence[str]]] = {
    "A2AServer": ("rsa", ("Travel agents", "Research agents")),
    "AccessRequest": ("req", ("Access to Payroll", "Access to Source Code")),
    "AccessReview": ("rvw", ("Quarterly review", "Contractors' review")),
    "AiAgent": ("wlp", ("Support assistant", "Release helper", "Report writer")),
    "AiAgentProvider": ("aip", ("Agents in the cloud", "Agents of our own")),
    "ApiServer": ("rss", ("Orders API", "Billing API")),
    "AppInstance": ("0oa", _APPS),
    "ApprovalSequence": ("seq", ("Manager, then owner", "Owner")),
    "Authenticator": ("aut", ("Okta Verify", "Security key", "Phone", "Email")),
    "AuthenticatorEnrollment": ("pfd", ("Okta Verify", "Password", "Security Key or Biometric Authenticator")),
    "AuthorizationServer": ("aus", ("default", "Partners")),
    "Bucket": ("", ("/api/v1/users", "/api/v1/logs", "/oauth2/v1/token", "/api/v1/authn")),
    "CUSTOM_ROLE": ("cr0", ("Password resetter", "App owner")),
    "Campaign": ("icm", ("Access of contractors", "Payroll, twice a year")),
    "ClientAuthenticationSettings": ("cas", ("Signed requests only",)),
    "Credential": ("crd", ("Key of March", "Key of September")),
    "EventHook": ("who", ("Security events", "Joiners and leavers")),
    "Hook": ("cal", ("Token enrichment", "Registration check")),
    "IdentityProvider": ("0oa", ("Partner directory", "Social sign-in")),
    "LogStream": ("0oa", ("Events to the lake", "Events to the SIEM")),
    "McpServer": ("mcp", ("Tickets for agents", "Documents for agents")),
    "Policy": ("pol", ("Access to production", "Access of guests")),
    "PolicyEntity": ("00p", ("Default policy", "Administrators", "Contractors")),
    "PolicyRule": ("0pr", ("Catch-all rule", "Second factor outside the office", "No anonymous networks")),
    "PublicClientApp": ("0oa", ("Reports", "Mobile app", "Nightly export")),
    "RESOURCE_SET": ("iam", ("Engineering's apps", "Contractors")),
    "ROLE": ("irb", ("Help Desk Administrator", "Super Administrator", "Report Administrator")),
    "RequestCondition": ("rcn", ("Engineers may ask", "Anybody may ask")),
    "RequestSettings": ("rst", ("Settings",)),
    "SecurityEventsProvider": ("sse", ("Device posture", "Mail security")),
    "Token": ("00T", ("Provisioning", "Backup", "Dashboards")),
    "TrustedOrigin": ("tos", ("https://portal.example.com", "https://shop.example.com")),
    "VirtualMcpServer": ("vms", ("Tools of sales", "Tools of support")),
    "Zone": ("nzo", ("Offices", "BlockedIpZone", "Anonymous networks")),
    "access_token": ("AT.", ("Access Token",)),
}
_CHANGES: Mapping[str, tuple[JsonObject, JsonObject]] = {
    "AppInstance": ({"label": "Wiki (old)"}, {"label": "Wiki"}),
    "PolicyRule": ({"factorMode": "1FA", "maxSessionLifetime": 480}, {"factorMode": "2FA", "maxSessionLifetime": 120}),
    "PolicyEntity": ({"priority": 2}, {"priority": 1}),
    "User": ({"title": "Software Engineer"}, {"title": "Staff Engineer"}),
    "UserGroup": ({"description": "Everybody in Sales"}, {"description": "Sales, with partners"}),
}


class Things:
    """The furniture of one organisation: a thing keeps its id in every event.

    Args:
        ids: Gives the ids.
    """

    def __init__(self, ids: Ids) -> None:
        self._things: Mapping[str, Sequence[JsonObject]] = {
            kind: [_thing(kind, prefix and ids.new(prefix), name) for name in names]
            for kind, (prefix, names) in _KINDS.items()
        }

    def one(self, kind: str, random: Random) -> JsonObject:
        """A thing of a kind, as a target."""
        return random.choice(self._things[kind])

    def named(self, kind: str, name: str) -> JsonObject:
        """The thing of a kind that has a name."""
        return next(thing for thing in self._things[kind] if thing["displayName"] == name)


def changed(target: JsonObject) -> JsonObject:
    """A target with what an update changed of it, where its kind tells."""
    change = _CHANGES.get(str(target["type"]))
    return target if change is None else {**target, "changeDetails": {"from": change[0], "to": change[1]}}


def _thing(kind: str, thing_id: str, name: str) -> JsonObject:
    details: JsonObject = {
        "AuthenticatorEnrollment": {"methodTypeUsed": "Password" if name == "Password" else "Get a push notification"},
        "PolicyEntity": {"policyType": "OktaSignOn"},
        "Bucket": {"bucketScope": "ORG"},
        "access_token": {"expires": "3600"},
    }
    return {
        "id": thing_id or name,
        "type": kind,
        "alternateId": name if kind in ("AppInstance", "Bucket") else "unknown",
        "displayName": name,
        "detailEntry": details.get(kind),
    }
