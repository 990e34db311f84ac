"""How the API shows people, groups, roles and risks."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from okta_simulator.directory.group import Group
from okta_simulator.directory.risk import Risk
from okta_simulator.directory.role import LABELS, RoleAssignment
from okta_simulator.directory.user import User, UserStatus
from okta_simulator.json_values import Json, JsonObject
from okta_simulator.timestamps import whole_seconds, whole_seconds_or_none

_ACTIONS: Mapping[UserStatus, Mapping[str, str]] = {
    "STAGED": {"activate": "lifecycle/activate"},
    "PROVISIONED": {"reactivate": "lifecycle/reactivate", "resetPassword": "lifecycle/reset_password"},
    "ACTIVE": {
        "suspend": "lifecycle/suspend",
        "resetPassword": "lifecycle/reset_password",
        "expirePassword": "lifecycle/expire_password",
        "resetFactors": "lifecycle/reset_factors",
    },
    "RECOVERY": {"resetPassword": "lifecycle/reset_password"},
    "PASSWORD_EXPIRED": {
        "resetPassword": "lifecycle/reset_password",
        "expirePassword": "lifecycle/expire_password",
    },
    "LOCKED_OUT": {"unlock": "lifecycle/unlock", "resetPassword": "lifecycle/reset_password"},
    "SUSPENDED": {"unsuspend": "lifecycle/unsuspend"},
    "DEPROVISIONED": {"activate": "lifecycle/activate", "delete": ""},
}


def user_in_list(user: User, organization_url: str) -> JsonObject:
    """A person as a list shows it, with a link to itself only."""
    password: JsonObject = {} if user.password_changed is None else {"password": {}}
    profile: JsonObject = msgspec.to_builtins(user.profile)
    return {
        "id": user.id,
        "status": user.status,
        "created": whole_seconds(user.created),
        "activated": whole_seconds_or_none(user.activated),
        "statusChanged": whole_seconds_or_none(user.status_changed),
        "lastLogin": whole_seconds_or_none(user.last_login),
        "lastUpdated": whole_seconds(user.last_updated),
        "passwordChanged": whole_seconds_or_none(user.password_changed),
        "type": {"id": user.type_id},
        "profile": profile,
        "credentials": {**password, "provider": {"type": "OKTA", "name": "OKTA"}},
        "_links": {"self": {"href": _user_url(user, organization_url)}},
    }


def user_alone(user: User, organization_url: str) -> JsonObject:
    """A person asked for by name, with links to what can be done in the account's status."""
    url = _user_url(user, organization_url)
    links: JsonObject = {
        "self": {"href": url},
        "type": {"href": f"{organization_url}/api/v1/meta/types/user/{user.type_id}"},
    }
    for name, path in _ACTIONS[user.status].items():
        if name != "resetFactors" or user.factors:
            links[name] = {"href": f"{url}/{path}".rstrip("/"), "method": "POST" if path else "DELETE"}
    if user.status not in ("SUSPENDED", "DEPROVISIONED"):
        links["deactivate"] = {"href": f"{url}/lifecycle/deactivate", "method": "POST"}
    return {**user_in_list(user, organization_url), "_links": links}


def group(one: Group, organization_url: str) -> JsonObject:
    """A group."""
    url = f"{organization_url}/api/v1/groups/{one.id}"
    logos: list[Json] = [
        {"name": size, "href": f"{organization_url}/img/logos/groups/okta-{size}.png", "type": "image/png"}
        for size in ("medium", "large")
    ]
    return {
        "id": one.id,
        "created": whole_seconds(one.created),
        "lastUpdated": whole_seconds(one.last_updated),
        "lastMembershipUpdated": whole_seconds(one.last_membership_updated),
        "objectClass": ["okta:user_group"],
        "type": one.type,
        "profile": {"name": one.name, "description": one.description},
        "_links": {"logo": logos, "users": {"href": f"{url}/users"}, "apps": {"href": f"{url}/apps"}},
    }


def role(one: RoleAssignment, organization_url: str) -> JsonObject:
    """A role and who has it."""
    kind = "users" if one.assignment == "USER" else "groups"
    return {
        "id": one.id,
        "label": LABELS[one.type],
        "type": one.type,
        "status": "ACTIVE",
        "created": whole_seconds(one.created),
        "lastUpdated": whole_seconds(one.created),
        "assignmentType": one.assignment,
        "_links": {"assignee": {"href": f"{organization_url}/api/v1/{kind}/{one.assignee}"}},
    }


def assignee(user: User, organization_id: str, organization_url: str) -> JsonObject:
    """A person who has some role."""
    url = _user_url(user, organization_url)
    return {
        "id": user.id,
        "orn": f"orn:okta:directory:{organization_id}:users:{user.id}",
        "_links": {"self": {"href": url}, "roles": {"href": f"{url}/roles"}},
    }


def risk(one: Risk | None, user: User, organization_url: str) -> JsonObject:
    """A person's risk; `NONE` has no reason."""
    url = _user_url(user, organization_url)
    shown: JsonObject = {"riskLevel": "NONE"} if one is None else {"riskLevel": one.level, "reason": one.reason}
    return shown | {
        "_links": {
            "self": {"href": f"{url}/risk", "hints": {"allow": ["GET", "PUT"]}},
            "user": {"href": url, "hints": {"allow": ["GET"]}},
        }
    }


def _user_url(user: User, organization_url: str) -> str:
    return f"{organization_url}/api/v1/users/{user.id}"
