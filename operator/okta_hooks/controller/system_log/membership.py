"""Which organisation objects share a poll: those that sign in alike. Pure but for what it keeps.

Nobody is shown what only another's credential may read, so that objects with different credentials have polls of their
own, though they name one organisation; their budget is shared all the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from okta_hooks.controller.connections.pool import OpenOrganization
from okta_hooks.controller.work_key import WorkKey


@dataclass(frozen=True)
class Member:
    """An organisation object.

    Args:
        organization: Its connection.
        interval: How often it wants the log to be polled.
    """

    organization: OpenOrganization
    interval: timedelta


class Membership:
    """Organisation objects, and who leads each poll: the first of those that share it."""

    def __init__(self) -> None:
        self._members: dict[WorkKey, Member] = {}

    def put(self, org: WorkKey, member: Member) -> None:
        """An object is there, or has changed."""
        self._members[org] = member

    def remove(self, org: WorkKey) -> None:
        """An object is gone."""
        self._members.pop(org, None)

    def of(self, org: WorkKey) -> Member | None:
        """What is known of an object."""
        return self._members.get(org)

    def sharing(self, org: WorkKey) -> tuple[WorkKey, ...]:
        """The objects that sign in as this one does, itself included, in an order that does not change."""
        own = self._members.get(org)
        if own is None:
            return ()
        alike = (other for other, each in self._members.items() if _alike(own, each))
        return tuple(sorted(alike, key=str))

    def leader(self, org: WorkKey) -> WorkKey | None:
        """The object whose poll serves this one."""
        return next(iter(self.sharing(org)), None)

    def interval(self, org: WorkKey) -> timedelta | None:
        """The shortest of the intervals that the objects want which share a poll."""
        return min((self._members[each].interval for each in self.sharing(org)), default=None)


def _alike(one: Member, other: Member) -> bool:
    return one.organization.sign_in == other.organization.sign_in
