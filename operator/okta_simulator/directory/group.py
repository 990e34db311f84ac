"""A group of the directory (Okta's `Group`)."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

import msgspec

from okta_simulator.audit import Target

GroupType = Literal["OKTA_GROUP", "APP_GROUP", "BUILT_IN"]


class Group(msgspec.Struct, frozen=True, kw_only=True):
    """A group and the ids of its members."""

    id: str
    type: GroupType
    name: str
    description: str
    created: datetime
    last_updated: datetime
    last_membership_updated: datetime
    members: tuple[str, ...] = ()

    def as_target(self) -> Target:
        """The group as the System Log names what something was done to."""
        return Target(id=self.id, type="UserGroup", display_name=self.name)
