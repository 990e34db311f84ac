"""How much of Okta's rate limits each organisation object uses, and all of one organisation together.

Each object is held to its own share, so that a modest one slows nobody but itself; all that name one organisation are
held together to the largest of their shares, so that several do not use more of it than any of them asks for.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from okta_hooks.api.address import normal_url
from okta_hooks.api.okta_org import OktaOrgSpec
from okta_hooks.controller.work_key import WorkKey
from okta_hooks.okta.pacing import DEFAULT_SHARE, Budget, Pace


def share_of(spec: OktaOrgSpec) -> float:
    """The part of each of Okta's rate limits that an object is to use."""
    return float(spec.rate_limit_share or DEFAULT_SHARE)


@dataclass(frozen=True)
class _Member:
    url: str
    own: Budget
    pace: Pace


class Budgets:
    """Paces by organisation object.

    Args:
        paced: Makes a pace of an object's own budget and that of the whole.
    """

    def __init__(self, paced: Callable[[Budget, Budget], Pace] = Pace) -> None:
        self._paced = paced
        self._members: dict[WorkKey, _Member] = {}
        self._wholes: dict[str, Budget] = {}

    def pace(self, org: WorkKey, url: str, share: float) -> Pace:
        """How fast an object may ask; the same for as long as it names the same organisation, whatever its share.

        Args:
            org: Which object it is.
            url: The organisation that it names, however it is spelt.
            share: The part of each limit that it is to use.
        """
        url = normal_url(url)
        member = self._members.get(org)
        if member is None or member.url != url:
            self.forget(org)
            own, whole = Budget(share), self._wholes.setdefault(url, Budget(share))
            member = self._members[org] = _Member(url, own, self._paced(own, whole))
        member.own.resize(share)
        self._resize(url)
        return member.pace

    def forget(self, org: WorkKey) -> None:
        """An object is gone; whoever still asks by its pace is held to what it was."""
        member = self._members.pop(org, None)
        if member is not None:
            self._resize(member.url)

    def _resize(self, url: str) -> None:
        shares = [member.own.share for member in self._members.values() if member.url == url]
        if shares:
            self._wholes[url].resize(max(shares))
        else:
            del self._wholes[url]
