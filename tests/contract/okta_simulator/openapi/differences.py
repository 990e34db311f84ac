"""Where the organisation differs from Okta's document on purpose, each with its source."""

from __future__ import annotations

from dataclasses import dataclass
from fnmatch import fnmatchcase

from contract.okta_simulator.openapi.checking import Complaint


@dataclass(frozen=True)
class Difference:
    """One difference.

    Attributes:
        operation: Okta's `operationId`, or method and path; `*` stands for anything.
        place: What differs, as complaints name it; `*` stands for anything.
        source: Why the organisation is right.
    """

    operation: str
    place: str
    source: str

    def explains(self, complaint: Complaint) -> bool:
        """Whether a complaint is about this."""
        return fnmatchcase(complaint.operation, self.operation) and complaint.place == self.place


KNOWN: tuple[Difference, ...] = (
    Difference("* /api/v1/users/*/risk", "operation", "in Okta's document since 2025; this one is of June 2024"),
    Difference("POST /oauth2/v1/token", "operation", "OAuth 2.0 is not part of the management API: RFC 6749"),
    Difference("GET /oauth2/v1/keys", "operation", "OAuth 2.0 is not part of the management API: RFC 7517"),
    Difference("GET /.well-known/oauth-authorization-server", "operation", "not part of the management API: RFC 8414"),
    Difference("revokeUserSessions", "query forgetDevices", "in Okta's document since 2024, after this one"),
    Difference("*", "401", "Okta's catalogue of error codes has E0000004, E0000005 and E0000011 for all operations"),
    Difference("*", "500", "Okta's catalogue of error codes has E0000009 for all operations"),
    Difference("listLogEvents", "400", "Okta's guide to System Log queries has E0000001, E0000031 and E0000053"),
    Difference("listNetworkZones", "400", "a filter that cannot be read: E0000031 in Okta's catalogue of error codes"),
    Difference("deleteEventHook", "400", "only inactive hooks can be deleted; how Okta refuses others is not recorded"),
    Difference(
        "deleteNetworkZone", "400", "only inactive zones can be deleted; how Okta refuses others is not recorded"
    ),
    Difference(
        "unsuspendUser",
        "400",
        "only for users that are suspended, says its description; the status is the one that suspending has",
    ),
    Difference("*EventHook", "200 /_links/activate", "recorded: the links of an inactive hook"),
    Difference("*EventHook", "200 /_links/delete", "recorded: the links of an inactive hook"),
    Difference("list*Assigned*", "200 /*/_links/assignee", "in Okta's document since 2024, after this one"),
    Difference("*NetworkZone", "200 /asns/exclude", "in Okta's document since 2024, after this one"),
    Difference("listNetworkZones", "200 /*/asns/exclude", "in Okta's document since 2024, after this one"),
    Difference("listLogEvents", "200 /*/authenticationContext/rootSessionId", "Okta's guide to System Log queries"),
    Difference("listLogEvents", "200 /*/client/ipChain", "captured deliveries, and the sample of Okta's concept page"),
    Difference("listLogEvents", "200 /*/device", "the sample of Okta's concept page"),
    *(
        Difference(
            operation,
            "200",
            "declared without a body; Okta's earlier reference says that an empty object is returned",
        )
        for operation in ("suspendUser", "unsuspendUser", "resetFactors")
    ),
)
