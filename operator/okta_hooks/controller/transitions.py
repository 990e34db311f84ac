"""What is told as a Kubernetes Event: of a change of conditions, and of repairs. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from okta_hooks.api.conditions import ConditionType, Reason
from okta_hooks.api.values import Condition
from okta_hooks.kube.events import Happening
from okta_hooks.reconcile.repairs import Repair

_UNTOLD = {ConditionType.RECONCILING, ConditionType.STALLED}
"""These repeat what another condition says."""

_ON_THE_WAY = {Reason.PENDING, Reason.PROGRESSING, Reason.AWAITING_ENDPOINT, Reason.INACTIVE, Reason.SUSPENDED}
"""Reasons that nobody need look after."""

_ENDS_SOON = {Reason.CERTIFICATE_EXPIRING}
"""Reasons for which a condition will hold no longer unless somebody looks after it."""


def happenings(before: Sequence[Condition], after: Sequence[Condition]) -> tuple[Happening, ...]:
    """One for each condition that holds now or fails for another reason than before.

    Ready is told only when it holds. Delivering is told when it fails, and when it holds again right after that: where
    events are rare it goes between True and Unknown all day, and nobody need look.
    """
    known = {condition.type: condition for condition in before}
    return tuple(
        Happening(type=_type(condition), reason=condition.reason, action="Reconcile", note=condition.message)
        for condition in after
        if _is_told(condition, known.get(condition.type))
    )


def of_repairs(repaired: Sequence[Repair]) -> tuple[Happening, ...]:
    """One for each repair."""
    return tuple(
        Happening(type="Warning", reason=repair.cause, action="Repair", note=repair.sentence()) for repair in repaired
    )


def _is_told(condition: Condition, before: Condition | None) -> bool:
    if condition.type in _UNTOLD or condition.status == "Unknown":
        return False
    if before is not None and (before.status, before.reason) == (condition.status, condition.reason):
        return False
    if condition.type == ConditionType.DELIVERING:
        return condition.status == "False" or (before is not None and before.status == "False")
    return condition.type != ConditionType.READY or condition.status == "True"


def _type(condition: Condition) -> Literal["Normal", "Warning"]:
    if condition.reason in _ENDS_SOON:
        return "Warning"
    return "Normal" if condition.status == "True" or condition.reason in _ON_THE_WAY else "Warning"
