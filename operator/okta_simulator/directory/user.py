"""A person of the directory (Okta's `User`)."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

import msgspec
from msgspec import UNSET, UnsetType

from okta_simulator.audit import Target

UserStatus = Literal[
    "STAGED", "PROVISIONED", "ACTIVE", "RECOVERY", "PASSWORD_EXPIRED", "LOCKED_OUT", "SUSPENDED", "DEPROVISIONED"
]


class Profile(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """What is known of a person; Okta prints the first six attributes always and the others where they have a value."""

    first_name: str
    last_name: str
    mobile_phone: str | None = None
    second_email: str | None = None
    login: str
    email: str
    title: str | UnsetType = UNSET
    department: str | UnsetType = UNSET
    city: str | UnsetType = UNSET
    state: str | UnsetType = UNSET
    country_code: str | UnsetType = UNSET
    timezone: str | UnsetType = UNSET

    @property
    def full_name(self) -> str:
        """First and last name, the System Log's `displayName`."""
        return f"{self.first_name} {self.last_name}"


class User(msgspec.Struct, frozen=True, kw_only=True):
    """A person and the state of the account.

    Attributes:
        factors: Enrolled authenticators, by Okta's factor types such as `push`.
        temporary_password: Whether the password is one that an administrator was shown.
    """

    id: str
    type_id: str
    status: UserStatus
    profile: Profile
    created: datetime
    last_updated: datetime
    activated: datetime | None = None
    status_changed: datetime | None = None
    last_login: datetime | None = None
    password_changed: datetime | None = None
    factors: tuple[str, ...] = ()
    temporary_password: bool = False

    @property
    def may_sign_in(self) -> bool:
        """Whether Okta lets the person in, were the password right."""
        return self.status == "ACTIVE"

    def as_target(self) -> Target:
        """The person as the System Log names whom something was done to."""
        return Target(id=self.id, type="User", display_name=self.profile.full_name, alternate_id=self.profile.login)
