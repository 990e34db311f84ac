"""What kind of event each type is in ECS: `event.kind`, `event.category`, `event.type`. Pure.

What happened is told from a type's last word where the table does not say it. Every pair of category and type is one
that ECS expects.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from okta_hooks.formats.patterns import is_about_a_part, patterns

Kind = Literal["event", "alert"]


@dataclass(frozen=True)
class Categories:
    """A row of the table.

    Attributes:
        category: `event.category`.
        type: `event.type`, but for what the last word says.
        by_word: Whether the last word says more.
        kind: `event.kind`.
    """

    category: tuple[str, ...]
    type: tuple[str, ...] = ()
    by_word: bool = False
    kind: Kind = "event"


_SIGN_IN = Categories(("authentication",), ("start",))
_SIGN_OUT = Categories(("authentication", "session"), ("end",))
_ABOUT_A_SIGN_IN = Categories(("authentication",), ("info",))
_OF_A_USER = Categories(("iam",), ("user",), by_word=True)
_OF_A_GROUP = Categories(("iam",), ("group",), by_word=True)
_OF_ACCESS = Categories(("iam",), by_word=True)
_OF_AN_ADMINISTRATOR = Categories(("iam",), ("admin",), by_word=True)
_SUSPICION = Categories(("intrusion_detection",), ("info",), kind="alert")

TABLE: Mapping[str, Categories] = {
    "access.*": _OF_ACCESS,
    "app.access_request.*": _OF_ACCESS,
    "app.oauth2.*": _ABOUT_A_SIGN_IN,
    "app.oauth2.client.privilege.*": _OF_AN_ADMINISTRATOR,
    "app.oauth2.trusted_server.*": Categories(("configuration",), by_word=True),
    "app.user_management.*": _OF_A_USER,
    "app.user_management": _OF_A_USER,
    "app.user_management.user_group_import.*": _OF_A_GROUP,
    "application.account.*": _OF_A_USER,
    "application.policy.sign_on.*": _ABOUT_A_SIGN_IN,
    "application.provision.group_push.*": _OF_A_GROUP,
    "application.provision.user.*": _OF_A_USER,
    "application.user_membership.*": _OF_A_USER,
    "certification.*": _OF_ACCESS,
    "core.concurrency.*": Categories(("api",), ("denied",)),
    "device.user.*": Categories(("configuration",), ("change",)),
    "group.*": _OF_A_GROUP,
    "group.privilege.*": Categories(("iam",), ("admin", "group"), by_word=True),
    "iam.*": _OF_AN_ADMINISTRATOR,
    "inline_hook.*": Categories(("api",), ("info",)),
    "policy.auth_reevaluate.*": _ABOUT_A_SIGN_IN,
    "policy.evaluate_sign_on": _ABOUT_A_SIGN_IN,
    "security.attack.*": _SUSPICION,
    "security.breached_credential.*": _SUSPICION,
    "security.request.blocked": Categories(("network",), ("denied",)),
    "security.threat.*": _SUSPICION,
    "system.api_token.request_outside_allowed_range": Categories(("api",), ("denied",)),
    "system.email.*": Categories(("email",), ("info",)),
    "system.import.group.*": _OF_A_GROUP,
    "system.oauth2.token.request_outside_allowed_range": Categories(("api",), ("denied",)),
    "system.org.rate_limit.*": Categories(("api",), ("info",)),
    "system.org.rate_limit.violation": Categories(("api",), ("denied",)),
    "system.push.*": _ABOUT_A_SIGN_IN,
    "system.sms.*": _ABOUT_A_SIGN_IN,
    "system.voice.*": _ABOUT_A_SIGN_IN,
    "user.*": _OF_A_USER,
    "user.account.privilege.*": Categories(("iam",), ("admin", "user"), by_word=True),
    "user.account.report_suspicious_activity_by_enduser": _SUSPICION,
    "user.authentication.*": _SIGN_IN,
    "user.authentication.universal_logout": _SIGN_OUT,
    "user.authentication.universal_logout.scheduled": _ABOUT_A_SIGN_IN,
    "user.authentication.verify": _ABOUT_A_SIGN_IN,
    "user.identity_verification.*": _ABOUT_A_SIGN_IN,
    "user.identity_verification": _ABOUT_A_SIGN_IN,
    "user.risk.*": _SUSPICION,
    "user.session.clear": _SIGN_OUT,
    "user.session.context.change": Categories(("session",), ("info",)),
    "user.session.end": _SIGN_OUT,
    "user.session.expire": _SIGN_OUT,
    "user.session.start": Categories(("authentication", "session"), ("start",)),
    "*": Categories(("configuration",), by_word=True),
}

_WORDS: Mapping[str, str] = {
    **dict.fromkeys(("create", "created", "register", "launch", "enroll", "push"), "creation"),
    **dict.fromkeys(("delete", "deleted", "delete_all", "initiated", "revoke", "remove"), "deletion"),
    **dict.fromkeys(
        (
            *("update", "updated", "change", "activate", "activated", "deactivate", "deactivated", "reactivate"),
            *(
                "suspend",
                "unsuspend",
                "lock",
                "unlock",
                "unlock_by_admin",
                "add",
                "grant",
                "push_profile",
                "reset",
                "reset_all",
            ),
            *("reset_password", "update_password", "update_profile", "change_password", "remove_entitlements"),
        ),
        "change",
    ),
}


@lru_cache(maxsize=1024)
def categories(event_type: str) -> Categories:
    """What kind of event a type is; one that is not in the table is about configuration."""
    row = next(TABLE[pattern] for pattern in patterns(event_type) if pattern in TABLE)
    return Categories(row.category, (*row.type, _by_word(event_type)), kind=row.kind) if row.by_word else row


def _by_word(event_type: str) -> str:
    happened = _WORDS.get(event_type.rpartition(".")[2], "info")
    return "change" if happened != "info" and is_about_a_part(event_type) else happened
