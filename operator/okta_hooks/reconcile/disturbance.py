"""What somebody else did to a hook: which steps are repairs of that, and when a repair has to wait. Pure.

A step is a repair when Okta had all that is wanted before (`Observed.settled`), so that neither a change of the spec
nor of the secret calls for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from okta_hooks.api.conditions import Reason
from okta_hooks.okta.port import Hook
from okta_hooks.reconcile.comparison import differences
from okta_hooks.reconcile.desired import Desired
from okta_hooks.reconcile.finding import find
from okta_hooks.reconcile.observed import Observed, Settled
from okta_hooks.reconcile.problem import Problem
from okta_hooks.reconcile.repairs import Cause, Repair
from okta_hooks.reconcile.steps import Activate, Create, Deactivate, Replace, Step, Verify, Wait
from okta_hooks.system_log.chronicle import Deed

REFUSALS = 3
"""Refused deliveries in a row after which Okta is thought to have another secret."""
REFUSALS_AGAIN = timedelta(hours=1)
"""For so long the hook is not written again for refused deliveries: who knows the address can send some at will."""

_OWN_ENTRY = 2 * 10**9
"""Nanoseconds within which Okta's entry about the operator's own write follows the time that the hook shows of it."""
_DEEDS: Mapping[Cause, Deed] = {
    Cause.DEACTIVATED: "deactivated",
    Cause.ACTIVATED: "activated",
    Cause.DELETED: "deleted",
    Cause.CHANGED: "updated",
    Cause.TOUCHED: "updated",
}


def settle(wanted: Desired, hook: Hook, listed_at: datetime, before: Settled | None) -> Settled:
    """What is kept of a hook that is seen to be in line.

    Args:
        wanted: What is wanted.
        hook: The hook as Okta shows it.
        listed_at: When the list was asked for that shows it.
        before: What was kept of it until now.
    """
    if before is None or (before.wanted, before.hook.id) != (wanted, hook.id):
        return Settled(wanted, hook, listed_at)
    if (before.hook.verification_status, hook.verification_status) == ("VERIFIED", "UNVERIFIED"):
        return before  # in line but for this, which is to be repaired
    if before.hook != hook:
        return Settled(wanted, hook, listed_at)
    return replace(before, listed_at=listed_at, is_steady=before.is_steady or listed_at > before.listed_at)


def repair_by(step: Step, wanted: Desired, seen: Observed) -> Repair | None:
    """The repair that a step is; None where it is something else."""
    settled = seen.settled
    if settled is None or settled.wanted != wanted:
        return None
    before, repair = settled.hook, None
    match step:
        case Create():
            repair = Repair(Cause.DELETED)
        case Activate():
            repair = Repair(Cause.DEACTIVATED)
        case Deactivate(hook_id) if hook_id == before.id and not wanted.active:
            repair = Repair(Cause.ACTIVATED)
        case Replace(secret=secret) if secret == seen.applied_secret:
            repair = Repair(*_changed(wanted, seen, settled))
        case Verify(hook_id) if hook_id == before.id and before.verification_status == "VERIFIED":
            repair = Repair(Cause.UNVERIFIED)
    return replace(repair, by=_who(repair.cause, seen, settled)) if repair is not None else None


def _who(cause: Cause, seen: Observed, settled: Settled) -> str:
    """Who did it: whoever the System Log names since the hook was in line, by Okta's clock and not by ours."""
    deed = _DEEDS.get(cause)
    return seen.log.who(deed, since_ns=_written_ns(settled.hook) + _OWN_ENTRY) if deed is not None else ""


def _written_ns(hook: Hook) -> int:
    """When Okta says that a hook was written last, in nanoseconds of Unix time."""
    try:
        return round(datetime.fromisoformat(hook.last_updated).timestamp()) * 10**9
    except ValueError:
        return 0


def _changed(wanted: Desired, seen: Observed, settled: Settled) -> tuple[Cause, tuple[str, ...]]:
    hook = find(wanted, seen).hook
    fields = differences(wanted.definition, hook.definition) if hook is not None else ()
    if fields:
        return Cause.CHANGED, fields
    touched = hook is not None and _was_touched(settled, hook)
    return Cause.TOUCHED if touched else Cause.SECRET_REFUSED, ()


def is_secret_in_doubt(wanted: Desired, seen: Observed, hook: Hook) -> bool:
    """Whether a hook that shows no difference may have another secret, which can't be read."""
    settled = seen.settled
    if settled is None or settled.wanted != wanted:
        return False
    return _was_touched(settled, hook) or _is_refused(seen, hook)


def _was_touched(settled: Settled, hook: Hook) -> bool:
    """Whether somebody wrote the hook, and left all that shows as it was."""
    before = settled.hook
    same = (before.id, before.status, before.verification_status) == (hook.id, hook.status, hook.verification_status)
    return settled.is_steady and same and before.last_updated != hook.last_updated


def _is_refused(seen: Observed, hook: Hook) -> bool:
    """Whether Okta's deliveries are refused for their secret, though the receiver knows the one that Okta was given."""
    reached, written_at = seen.reachability, seen.refusals.written_at
    return (
        seen.refusals.in_a_row >= REFUSALS
        and (hook.status, hook.verification_status) == ("ACTIVE", "VERIFIED")
        and reached is not None
        and reached.problem is None
        and (written_at is None or seen.now - written_at >= REFUSALS_AGAIN)
    )


def held_off(step: Step, wanted: Desired, seen: Observed) -> Wait | None:
    """What is waited for before a step that is a repair; None where it may be made now."""
    if isinstance(step, Verify) or repair_by(step, wanted, seen) is None:
        return None  # verifications have pauses of their own
    if seen.repairs.is_over:
        return Wait(_fought_over(seen))
    due = seen.repairs.due()
    return Wait(_contested(seen), until=due) if due is not None and seen.now < due else None


def _contested(seen: Observed) -> Problem:
    return Problem(
        Reason.CONTESTED,
        f"Somebody changes the hook in Okta again and again. Last: {seen.repairs.last} It will be put back by itself,"
        " ever less often: see in the organization's System Log (event_hook.*) who does it.",
    )


def _fought_over(seen: Observed) -> Problem:
    return Problem(
        Reason.CONTESTED,
        "Whenever the operator put the hook in Okta back, somebody changed it again, and the operator has stopped."
        f" Last: {seen.repairs.last} See in the organization's System Log (event_hook.*) who does it, such as another"
        " operator or Terraform, and let only one of them manage the hook. Then annotate this object with"
        " oktahooks.dev/reconcile-at to let the operator go on.",
        for_people=True,
    )
