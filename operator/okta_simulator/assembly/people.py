"""People and places: the directory, sessions, risks, and network zones."""

from __future__ import annotations

import msgspec

from okta_simulator.assembly.foundation import AuditedFoundation
from okta_simulator.directory.directory import Directory
from okta_simulator.directory.lifecycle import Lifecycle
from okta_simulator.directory.risk import UserRisk
from okta_simulator.directory.seed import found
from okta_simulator.directory.sessions import Sessions
from okta_simulator.directory.user import User
from okta_simulator.management.endpoint import Resource
from okta_simulator.management.groups import GroupsResource
from okta_simulator.management.risk import RiskResource
from okta_simulator.management.sessions import SessionsResource
from okta_simulator.management.users import UsersResource
from okta_simulator.management.zones import ZonesResource
from okta_simulator.state.collection import Collection
from okta_simulator.zones.blocklists import Blocklists
from okta_simulator.zones.registry import Zones


class _Identity(msgspec.Struct, frozen=True):
    organization_id: str


class People:
    """The services about people and places; an organisation that begins gets a company to look after.

    Args:
        base: What they stand on.
    """

    def __init__(self, base: AuditedFoundation) -> None:
        self._base = base
        self.organization_id = _kept_identity(base)
        self.directory = Directory(base.recorder)
        if self.directory.is_empty():
            found(self.directory, base.ids, base.clock)
        self.lifecycle = Lifecycle(self.directory, base.clock, base.ids, base.audit)
        self.sessions = Sessions(base.recorder, base.clock, base.ids, base.audit)
        self.risks = UserRisk(base.recorder, base.audit)
        self.zones = Zones(base.recorder, base.clock, base.ids, base.audit, base.options)
        self.blocklists = Blocklists(self.zones, base.audit)

    def super_administrator(self) -> User:
        """Somebody who may do everything."""
        return next(
            user
            for user in self.directory.administrators()
            if any(role.type == "SUPER_ADMIN" for role in self.directory.roles_of(user))
        )

    def resources(self) -> tuple[Resource, ...]:
        """The part of the management API about people and places."""
        url, options = self._base.url, self._base.options
        return (
            UsersResource(self.directory, self.lifecycle, self.organization_id, url),
            GroupsResource(self.directory, url),
            SessionsResource(self.directory, self.sessions, options.engine),
            RiskResource(self.directory, self.risks, options, url),
            ZonesResource(self.zones, url),
        )


def _kept_identity(base: AuditedFoundation) -> str:
    """The organisation's id, the same in each of its lives."""
    kept = Collection("organization", _Identity, base.recorder)
    identity = kept.get("identity")
    if identity is None:
        identity = _Identity(base.ids.new("00o"))
        kept.put("identity", identity)
    return identity.organization_id
