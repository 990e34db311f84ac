"""Of one organisation's rate limits, each object uses its own share, and all together the largest of them."""

from __future__ import annotations

from collections.abc import Mapping

from okta_hooks.controller.connections.budgets import Budgets
from okta_hooks.controller.work_key import WorkKey
from okta_hooks.kube.objects import ObjectKey
from okta_hooks.kube.resources import CLUSTER_ORG, ORG
from okta_hooks.okta.operations import LIST
from okta_hooks.okta.pacing import Budget, Pace

URL, ELSEWHERE = "https://example.okta.com", "https://example.oktapreview.com"
MINE, OTHERS = WorkKey(ORG, ObjectKey("identity", "default")), WorkKey(CLUSTER_ORG, ObjectKey("", "default"))
THIRD = WorkKey(ORG, ObjectKey("sales", "default"))
LIMIT = 100
"""Requests a minute that are assumed of an organisation that has not told."""


class Minute:
    """Time that passes when somebody waits for it."""

    def __init__(self) -> None:
        self.now = 0.0
        self.budgets = Budgets(self._paced)

    def _paced(self, own: Budget, whole: Budget) -> Pace:
        return Pace(own, whole, clock=lambda: self.now, sleep=self._sleep)

    async def _sleep(self, seconds: float) -> None:
        self.now += seconds

    async def asked(self, *paces: Pace) -> int:
        """Requests that were made within a minute by all of these in turn, each as fast as it may."""
        begun, made = self.now, 0
        while True:
            for pace in paces:
                await pace.turn(LIST)
                if self.now >= begun + 60:
                    return made
                made += 1


def _told(*, limit: int, remaining: int, reset: float) -> Mapping[str, str]:
    return {
        "x-rate-limit-limit": str(limit),
        "x-rate-limit-remaining": str(remaining),
        "x-rate-limit-reset": str(reset),
    }


async def test_an_object_with_a_small_share_does_not_slow_another() -> None:
    minute = Minute()
    mine = minute.budgets.pace(MINE, URL, 0.5)
    minute.budgets.pace(OTHERS, URL, 0.05)
    assert await minute.asked(mine) >= 0.9 * 0.5 * LIMIT


async def test_an_object_with_a_small_share_keeps_to_it() -> None:
    minute = Minute()
    minute.budgets.pace(OTHERS, URL, 1.0)
    mine = minute.budgets.pace(MINE, URL, 0.1)
    assert await minute.asked(mine) <= 0.1 * LIMIT + 1


async def test_several_objects_use_no_more_together_than_the_one_with_the_largest_share() -> None:
    minute = Minute()
    paces = [minute.budgets.pace(MINE, URL, 0.5), minute.budgets.pace(OTHERS, URL, 0.5)]
    assert await minute.asked(*paces) <= 0.5 * LIMIT + 1


async def test_an_organisation_is_the_same_however_its_address_is_spelt() -> None:
    minute = Minute()
    paces = [minute.budgets.pace(MINE, URL, 0.5), minute.budgets.pace(OTHERS, "https://EXAMPLE.okta.com:443", 0.5)]
    assert await minute.asked(*paces) <= 0.5 * LIMIT + 1


async def test_objects_of_different_organisations_have_nothing_to_do_with_each_other() -> None:
    minute = Minute()
    paces = [minute.budgets.pace(MINE, URL, 0.5), minute.budgets.pace(OTHERS, ELSEWHERE, 0.5)]
    assert await minute.asked(*paces) >= 0.9 * 2 * 0.5 * LIMIT


async def test_the_share_of_an_object_that_is_gone_counts_no_more() -> None:
    minute = Minute()
    minute.budgets.pace(THIRD, URL, 1.0)
    paces = [minute.budgets.pace(MINE, URL, 0.2), minute.budgets.pace(OTHERS, URL, 0.2)]
    minute.budgets.forget(THIRD)
    assert await minute.asked(*paces) <= 0.2 * LIMIT + 1


async def test_another_share_counts_from_now_on() -> None:
    minute = Minute()
    mine = minute.budgets.pace(MINE, URL, 1.0)
    await minute.asked(mine)
    assert minute.budgets.pace(MINE, URL, 0.2) is mine
    assert await minute.asked(mine) <= 0.2 * LIMIT + 1


async def test_a_credential_that_okta_leaves_nothing_does_not_stop_another() -> None:
    minute = Minute()
    mine, others = minute.budgets.pace(MINE, URL, 0.5), minute.budgets.pace(OTHERS, URL, 0.5)
    others.learn(LIST, _told(limit=LIMIT, remaining=0, reset=60))
    assert await minute.asked(mine) >= 0.9 * 0.5 * LIMIT


async def test_how_large_a_limit_is_counts_for_all_as_soon_as_okta_has_told_one() -> None:
    minute = Minute()
    mine, others = minute.budgets.pace(MINE, URL, 0.5), minute.budgets.pace(OTHERS, URL, 0.5)
    mine.learn(LIST, _told(limit=6 * LIMIT, remaining=6 * LIMIT, reset=60))
    assert await minute.asked(mine) >= 0.75 * 0.5 * 6 * LIMIT, "all but the burst, which the smaller limit had given"
    assert others.remaining() == {}


def test_who_is_gone_and_comes_back_begins_anew() -> None:
    budgets = Budgets()
    before = budgets.pace(MINE, URL, 0.5)
    budgets.forget(MINE)
    budgets.forget(MINE)
    assert budgets.pace(MINE, URL, 0.5) is not before
