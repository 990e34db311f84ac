"""The words of conditions: their types, and the reasons that each may give."""

from __future__ import annotations

from enum import StrEnum


class ConditionType(StrEnum):
    """What a condition is about."""

    SYNCED = "Synced"
    RECEIVER_READY = "ReceiverReady"
    ENDPOINT_REACHABLE = "EndpointReachable"
    VERIFIED = "Verified"
    DELIVERING = "Delivering"
    SINKS_HEALTHY = "SinksHealthy"
    READY = "Ready"
    RECONCILING = "Reconciling"
    STALLED = "Stalled"
    CREDENTIALS_VALID = "CredentialsValid"
    PERMISSIONS_GRANTED = "PermissionsGranted"
    QUOTA_AVAILABLE = "QuotaAvailable"


class Reason(StrEnum):
    """Why a condition has its status, in one word."""

    # good
    SYNCED = "Synced"
    READY = "Ready"
    RECEIVING = "Receiving"
    REACHABLE = "Reachable"
    VERIFIED = "Verified"
    DELIVERING = "Delivering"
    HEALTHY = "Healthy"
    VALID = "Valid"
    GRANTED = "Granted"
    AVAILABLE = "Available"
    # on the way
    PENDING = "Pending"
    PROGRESSING = "Progressing"
    # Synced
    ORG_NOT_READY = "OrgNotReady"
    ORG_NOT_FOUND = "OrgNotFound"
    ORG_NOT_ALLOWED = "OrgNotAllowed"
    EVENT_TYPE_REFUSED = "EventTypeRefused"
    REFUSED = "Refused"
    NAME_TAKEN = "NameTaken"
    NOT_OWNED = "NotOwned"
    NOT_FOUND = "NotFound"
    ADOPTION_FORBIDDEN = "AdoptionForbidden"
    QUOTA_EXCEEDED = "QuotaExceeded"
    CREDENTIALS_REJECTED = "CredentialsRejected"
    PERMISSION_MISSING = "PermissionMissing"
    RATE_LIMITED = "RateLimited"
    OKTA_UNAVAILABLE = "OktaUnavailable"
    DRIFT_DETECTED = "DriftDetected"
    CONTESTED = "Contested"
    SUSPENDED = "Suspended"
    FILTERS_UNAVAILABLE = "FiltersUnavailable"
    # ReceiverReady
    IMAGE_PULL_FAILED = "ImagePullFailed"
    CRASH_LOOPING = "CrashLooping"
    UNSCHEDULABLE = "Unschedulable"
    PODS_REFUSED = "PodsRefused"
    CHILD_REFUSED = "ChildRefused"
    NOT_ALLOWED = "NotAllowed"
    JOURNAL_FULL = "JournalFull"
    SECRET_MISSING = "SecretMissing"
    EXTERNAL = "External"
    # EndpointReachable
    NAME_NOT_RESOLVED = "NameNotResolved"
    CONNECTION_REFUSED = "ConnectionRefused"
    TLS_INVALID = "TlsInvalid"
    CERTIFICATE_EXPIRING = "CertificateExpiring"
    WRONG_STATUS = "WrongStatus"
    WRONG_ANSWER = "WrongAnswer"
    UNAUTHORIZED = "Unauthorized"
    TOO_SLOW = "TooSlow"
    NOT_REACHABLE_FROM_CLUSTER = "NotReachableFromCluster"
    PROBE_OFF = "ProbeOff"
    # Verified
    AWAITING_ENDPOINT = "AwaitingEndpoint"
    NOT_VERIFIED = "NotVerified"
    CHALLENGE_FAILED = "ChallengeFailed"
    URL_CHANGED = "UrlChanged"
    # Delivering
    NO_EVENTS_YET = "NoEventsYet"
    DELIVERY_FAILURES = "DeliveryFailures"
    EVENTS_MISSED = "EventsMissed"
    DEACTIVATED = "Deactivated"
    INACTIVE = "Inactive"
    DAILY_CAP_REACHED = "DailyCapReached"
    # SinksHealthy
    BACKLOGGED = "Backlogged"
    SINK_UNAVAILABLE = "SinkUnavailable"
    SINK_REJECTING = "SinkRejecting"
    DEAD_LETTERS = "DeadLetters"
    DISPATCHER_UNAVAILABLE = "DispatcherUnavailable"
    CONFIGURATION_REFUSED = "ConfigurationRefused"
    SINK_NOT_FOUND = "SinkNotFound"
    SINK_NOT_ALLOWED = "SinkNotAllowed"
    SINK_REMOVED = "SinkRemoved"
    ROUTE_WRONG = "RouteWrong"
