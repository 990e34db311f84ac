"""What of a change of conditions is told as a Kubernetes Event. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from okta_hooks.api.conditions import ConditionType, Reason
from okta_hooks.api.values import Condition
from okta_hooks.kube.events import Happening

_UNTOLD = {ConditionType.RECONCILING, ConditionType.STALLED}
"""These repeat what another condition says."""

_ON_THE_WAY = {Reason.PENDING, Reason.PROGRESSING, Reason.AWAITING_ENDPOINT, Reason.INACTIVE, Reason.SUSPENDED}
"""Reasons that nobody need look after."""


def happenings(before: Sequence[Condition], after: Sequence[Condition]) -> tuple[Happening, ...]:
    """One for each condition that holds now or fails for another reason than before; Ready only when it holds."""
    known = {condition.type: (condition.status, condition.reason) for condition in before}
    return tuple(
        Happening(type=_type(condition), reason=condition.reason, action="Reconcile", note=condition.message)
        for condition in after
        if known.get(condition.type) != (condition.status, condition.reason) and _is_told(condition)
    )


def _is_told(condition: Condition) -> bool:
    if condition.type in _UNTOLD or condition.status == "Unknown":
        return False
    return condition.type != ConditionType.READY or condition.status == "True"


def _type(condition: Condition) -> Literal["Normal", "Warning"]:
    return "Normal" if condition.status == "True" or condition.reason in _ON_THE_WAY else "Warning"
