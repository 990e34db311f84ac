"""Whose a hook in Okta is: a mark that the operator puts on its hooks as one custom header.

Okta has no labels. It shows custom headers in clear and keeps them through every change, so that a mark survives lost
answers, a new cluster and a restored backup. Names that begin with `X-Okta` are Okta's own.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import Enum
from urllib.parse import parse_qs, urlencode

MARK_HEADER = "Oktahooks-Owner"


@dataclass(frozen=True)
class Owner:
    """Who manages a hook.

    Args:
        installation: Which operator, among all that may manage hooks of one organisation.
        namespace: Namespace of the OktaEventHook.
        name: Its name.
        uid: Its uid: another object of the same name is another owner.
    """

    installation: str
    namespace: str
    name: str
    uid: str

    @property
    def mark(self) -> str:
        """The value of the header."""
        fields = {"installation": self.installation, "namespace": self.namespace, "name": self.name, "uid": self.uid}
        return urlencode(fields)


def owner_of(headers: Mapping[str, str]) -> Owner | None:
    """Whose mark a hook's headers carry; None where there is none that can be read."""
    marks = [value for name, value in headers.items() if name.lower() == MARK_HEADER.lower()]
    if len(marks) != 1:
        return None
    fields = {name: values[0] for name, values in parse_qs(marks[0]).items()}
    try:
        return Owner(fields["installation"], fields["namespace"], fields["name"], fields["uid"])
    except KeyError:
        return None


class Relation(Enum):
    """What a hook is to an owner."""

    MINE = "mine"
    """It carries this owner's mark."""
    INHERITED = "inherited"
    """It carries the mark of an object of the same identity that is no more: restored, moved, or an orphan."""
    UNMARKED = "unmarked"
    """It carries no mark: somebody made it by hand, or took the mark away."""
    FOREIGN = "foreign"
    """It is somebody else's."""


def relation(me: Owner, headers: Mapping[str, str], live_uids: Collection[str]) -> Relation:
    """What a hook with these headers is to an owner.

    Args:
        me: The owner.
        headers: The hook's custom headers.
        live_uids: Uids of all OktaEventHooks that exist.
    """
    found = owner_of(headers)
    if found is None:
        return Relation.UNMARKED
    if found == me:
        return Relation.MINE
    same = (found.installation, found.namespace, found.name) == (me.installation, me.namespace, me.name)
    return Relation.INHERITED if same and found.uid not in live_uids else Relation.FOREIGN
