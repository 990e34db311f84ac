"""Whom a security event is about (subject identifiers, RFC 9493)."""

from __future__ import annotations

from okta_simulator.directory.directory import Directory
from okta_simulator.directory.user import User
from okta_simulator.json_values import Json

_NAMES = {"email": "email", "iss_sub": "sub", "opaque": "id"}
"""For each format the member that names the person: by e-mail address, login or Okta's id."""


def user_of(subjects: Json, directory: Directory) -> User | None:
    """The person among an event's subjects; None where it names nobody of the directory."""
    user = subjects.get("user") if isinstance(subjects, dict) else None
    if not isinstance(user, dict):
        return None
    name = user.get(_NAMES.get(str(user.get("format")), ""))
    if not isinstance(name, str):
        return None
    by_address = (one for one in directory.users() if one.profile.email.casefold() == name.casefold())
    return directory.find_user(name) or next(by_address, None)
