"""Which class and activity of OCSF 1.8 each type of event has. Pure.

The most specific pattern counts. Where a row leaves the activity open, the last word of the type that says one decides.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from okta_hooks.formats.patterns import is_about_a_part, patterns

OTHER = 99
"""The activity that no class has a better number for."""


class OcsfClass(IntEnum):
    """A class by its `class_uid`."""

    BASE_EVENT = 0
    DETECTION_FINDING = 2004
    ACCOUNT_CHANGE = 3001
    AUTHENTICATION = 3002
    ENTITY_MANAGEMENT = 3004
    USER_ACCESS = 3005
    GROUP_MANAGEMENT = 3006
    API_ACTIVITY = 6003

    @property
    def category_uid(self) -> int:
        """The category that it is in."""
        return self // 1000


@dataclass(frozen=True)
class Meaning:
    """What a type of event is in OCSF.

    Attributes:
        ocsf_class: The class.
        activity_id: The activity within it.
    """

    ocsf_class: OcsfClass
    activity_id: int

    @property
    def type_uid(self) -> int:
        """The number of class and activity together."""
        return self.ocsf_class * 100 + self.activity_id


@dataclass(frozen=True)
class Row:
    """A row of the table; without an activity, the type's words tell it."""

    ocsf_class: OcsfClass
    activity_id: int | None = None


_READ, _UPDATE = 2, 3  # activities of Entity Management
_BASE = Row(OcsfClass.BASE_EVENT, OTHER)
_ENTITY = Row(OcsfClass.ENTITY_MANAGEMENT)
_ACCOUNT = Row(OcsfClass.ACCOUNT_CHANGE)
_LOGON = Row(OcsfClass.AUTHENTICATION, 1)
_LOGOFF = Row(OcsfClass.AUTHENTICATION, 2)
_TICKET = Row(OcsfClass.AUTHENTICATION, 3)
_ABOUT_A_LOGON = Row(OcsfClass.AUTHENTICATION, OTHER)
_ACCESS = Row(OcsfClass.USER_ACCESS)
_GROUP = Row(OcsfClass.GROUP_MANAGEMENT)
_FINDING = Row(OcsfClass.DETECTION_FINDING, 1)
_API = Row(OcsfClass.API_ACTIVITY, OTHER)

TABLE: Mapping[str, Row] = {
    "access.request.*": _ACCESS,
    "access.request.condition.*": _ENTITY,
    "access.request.sequence.*": _ENTITY,
    "access.request.settings.*": _ENTITY,
    "access.review.*": _ACCESS,
    "app.access_request.*": _ACCESS,
    "app.ad.*": Row(OcsfClass.ACCOUNT_CHANGE, OTHER),
    "app.ai_agent_provider.*": _ENTITY,
    "app.ai_agent_provider.import.*": _BASE,
    "app.interclient_mapping.*": _ENTITY,
    "app.oauth2.*": _TICKET,
    "app.oauth2.as.authorize": _ABOUT_A_LOGON,
    "app.oauth2.as.consent.*": _ACCESS,
    "app.oauth2.client.lifecycle.*": _ENTITY,
    "app.oauth2.client.privilege.*": _ACCESS,
    "app.oauth2.client_id_rate_limit_warning": _API,
    "app.oauth2.trusted_server.*": _ENTITY,
    "app.user_management": _ACCOUNT,
    "app.user_management.user_group_import.*": _GROUP,
    "application.account.*": _ACCOUNT,
    "application.lifecycle.*": _ENTITY,
    "application.policy.sign_on.*": _LOGON,
    "application.provision.group_push.*": _GROUP,
    "application.provision.user.*": _ACCOUNT,
    "application.provision.user.remove_entitlements": Row(OcsfClass.USER_ACCESS, 2),
    "application.provision.user.remove_entitlements.schedule": Row(OcsfClass.USER_ACCESS, OTHER),
    "application.user_membership.*": _ACCESS,
    "application.user_membership.change_password": Row(OcsfClass.ACCOUNT_CHANGE, 3),
    "certification.campaign.*": _ENTITY,
    "certification.campaign.item.*": _ACCESS,
    "core.concurrency.*": _API,
    "device.*": _ENTITY,
    "event_hook.*": _ENTITY,
    "group.*": _GROUP,
    "iam.*": _ENTITY,
    "iam.resourceset.bindings.*": _ACCESS,
    "inline_hook.*": _API,
    "policy.*": _ENTITY,
    "policy.auth_reevaluate.*": _ABOUT_A_LOGON,
    "policy.evaluate_sign_on": _LOGON,
    "resource_servers.*": _ENTITY,
    "security.attack.end": Row(OcsfClass.DETECTION_FINDING, 3),
    "security.attack.start": _FINDING,
    "security.authenticator.*": _ENTITY,
    "security.breached_credential.*": _FINDING,
    "security.events.provider.*": _ENTITY,
    "security.events.provider.receive_event": _FINDING,
    "security.request.blocked": _API,
    "security.threat.*": _FINDING,
    "security.trusted_origin.*": _ENTITY,
    "system.api_token.*": _ENTITY,
    "system.api_token.request_outside_allowed_range": _ABOUT_A_LOGON,
    "system.idp.*": _ENTITY,
    "system.import.group.*": _GROUP,
    "system.log_stream.*": _ENTITY,
    "system.oauth2.token.request_outside_allowed_range": _ABOUT_A_LOGON,
    "system.org.rate_limit.*": _API,
    "user.account.*": _ACCOUNT,
    "user.account.privilege.*": _ACCESS,
    "user.account.report_suspicious_activity_by_enduser": _FINDING,
    "user.authentication.*": _LOGON,
    "user.authentication.slo": _LOGOFF,
    "user.authentication.universal_logout": _LOGOFF,
    "user.authentication.universal_logout.scheduled": _ABOUT_A_LOGON,
    "user.authentication.verify": _ABOUT_A_LOGON,
    "user.behavior.*": Row(OcsfClass.ACCOUNT_CHANGE, OTHER),
    "user.credential.*": _ACCOUNT,
    "user.identity_verification": _ABOUT_A_LOGON,
    "user.identity_verification.*": _ABOUT_A_LOGON,
    "user.import.*": Row(OcsfClass.ACCOUNT_CHANGE, 3),
    "user.lifecycle.*": _ACCOUNT,
    "user.mfa.*": Row(OcsfClass.ACCOUNT_CHANGE, OTHER),
    "user.mfa.attempt_bypass": _ABOUT_A_LOGON,
    "user.mfa.factor.activate": Row(OcsfClass.ACCOUNT_CHANGE, 10),
    "user.mfa.factor.deactivate": Row(OcsfClass.ACCOUNT_CHANGE, 11),
    "user.mfa.factor.reset_all": Row(OcsfClass.ACCOUNT_CHANGE, 11),
    "user.mfa.factor.suspend": Row(OcsfClass.ACCOUNT_CHANGE, 11),
    "user.mfa.factor.unsuspend": Row(OcsfClass.ACCOUNT_CHANGE, 10),
    "user.mfa.okta_verify": _ABOUT_A_LOGON,
    "user.mfa.okta_verify.*": _ABOUT_A_LOGON,
    "user.risk.change": Row(OcsfClass.DETECTION_FINDING, 2),
    "user.risk.detect": _FINDING,
    "user.session.*": _ABOUT_A_LOGON,
    "user.session.clear": _LOGOFF,
    "user.session.end": _LOGOFF,
    "user.session.expire": _LOGOFF,
    "user.session.start": _LOGON,
    "workload_principal.*": _ENTITY,
    "zone.*": _ENTITY,
    "*": _BASE,
}

_ACTIVITIES: Mapping[OcsfClass, Mapping[str, int]] = {
    OcsfClass.ACCOUNT_CHANGE: {
        **dict.fromkeys(("create", "push"), 1),
        **dict.fromkeys(("activate", "reactivate", "unsuspend"), 2),
        **dict.fromkeys(("update_password",), 3),
        **dict.fromkeys(("reset_password",), 4),
        **dict.fromkeys(("deactivate", "suspend"), 5),
        **dict.fromkeys(("delete", "initiated", "completed", "remove"), 6),
        "lock": 9,
        **dict.fromkeys(("unlock", "unlock_by_admin"), 12),
    },
    OcsfClass.ENTITY_MANAGEMENT: {
        **dict.fromkeys(("create", "created", "register", "launch"), 1),
        **dict.fromkeys(("read_client_secret", "discover"), 2),
        **dict.fromkeys(("update", "updated", "add", "remove"), 3),
        **dict.fromkeys(("delete", "deleted", "delete_all", "revoke"), 4),
        **dict.fromkeys(("activate", "activated"), 10),
        **dict.fromkeys(("deactivate", "deactivated"), 11),
        "suspend": 12,
        "unsuspend": 13,
    },
    OcsfClass.USER_ACCESS: {
        **dict.fromkeys(("add", "grant"), 1),
        **dict.fromkeys(("delete", "remove", "revoke"), 2),
    },
    OcsfClass.GROUP_MANAGEMENT: {"create": 6, "delete": 5},
}
_EXACT: Mapping[str, int] = {
    "access.request.create": OTHER,
    "app.access_request.delete": OTHER,
    "app.oauth2.as.consent.revoke.implicit.as": 2,
    "app.oauth2.as.consent.revoke.implicit.client": 2,
    "app.oauth2.as.consent.revoke.implicit.scope": 2,
    "app.oauth2.as.consent.revoke.implicit.user": 2,
    "app.oauth2.as.consent.revoke.user": 2,
    "app.oauth2.as.consent.revoke.user.client": 2,
    "device.enrollment.create": 6,
    "group.application_assignment.add": 1,
    "group.application_assignment.remove": 2,
    "group.privilege.grant": 1,
    "group.privilege.revoke": 2,
    "group.user_membership.add": 3,
    "group.user_membership.remove": 4,
}
"""Activities that the last word would not tell, or not rightly."""


@lru_cache(maxsize=1024)
def meaning(event_type: str) -> Meaning:
    """What a type of event is; one that is not in the table is a base event."""
    row = next(TABLE[pattern] for pattern in patterns(event_type) if pattern in TABLE)
    activity = _told(event_type, row.ocsf_class) if row.activity_id is None else row.activity_id
    return Meaning(row.ocsf_class, activity)


def _told(event_type: str, ocsf_class: OcsfClass) -> int:
    """The activity that a type's words tell."""
    if event_type in _EXACT:
        return _EXACT[event_type]
    activity = _ACTIVITIES[ocsf_class].get(event_type.rpartition(".")[2], OTHER)
    is_change = (
        ocsf_class is OcsfClass.ENTITY_MANAGEMENT and activity not in (OTHER, _READ) and is_about_a_part(event_type)
    )
    return _UPDATE if is_change else activity
