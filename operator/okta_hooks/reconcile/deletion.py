"""What to do next about the hook in Okta of an object that is being deleted. It always ends.

Needs nothing but Okta: the other children, the namespace's Secrets and the receiver may be gone already.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from okta_hooks.okta.port import Hook
from okta_hooks.reconcile.desired import Desired
from okta_hooks.reconcile.finding import owned
from okta_hooks.reconcile.observed import Observed
from okta_hooks.reconcile.problem import Problem
from okta_hooks.reconcile.steps import Deactivate, Delete, DeletionStep, ListAgain, Release, Wait

ASK_AGAIN = timedelta(seconds=15)
"""Between attempts, while Okta can't be reached."""


@dataclass(frozen=True)
class Ending:
    """A deletion under way.

    Args:
        asked_at: When the object's deletion was asked for (its deletionTimestamp).
        noticed_at: When this process saw that first, by its own clock, which is that of lists too.
        give_up_after: How long Okta is waited for.
        hook_id: The hook's id as the status has it; empty where it has none.
        credential: Whether there is one to reach Okta with, if only in memory.
    """

    asked_at: datetime
    noticed_at: datetime
    give_up_after: timedelta
    hook_id: str = ""
    credential: bool = True


def plan_deletion(wanted: Desired, ending: Ending, seen: Observed) -> DeletionStep:
    """The next step, where Okta answers."""
    if wanted.observe_only or wanted.on_deletion == "Orphan":
        return Release()
    if seen.listing.at <= ending.noticed_at:  # a hook that was just being made may be missing in it
        return ListAgain()
    hooks = owned(wanted, seen)
    active = next((hook for hook in hooks if hook.status == "ACTIVE"), None)
    if active is not None:
        return Deactivate(active.id)
    return _remove(wanted, hooks)


def plan_deletion_without_okta(wanted: Desired, ending: Ending, problem: Problem, now: datetime) -> Wait | Release:
    """The next step, where Okta does not answer or can't be asked; `problem` says why."""
    if wanted.observe_only or wanted.on_deletion == "Orphan":
        return Release()
    last = ending.asked_at + ending.give_up_after
    if not ending.credential or now >= last:
        return Release(left_behind=(ending.hook_id,) if ending.hook_id else ())
    return Wait(problem, until=min(last, max(problem.until or now, now + ASK_AGAIN)))


def _remove(wanted: Desired, hooks: tuple[Hook, ...]) -> DeletionStep:
    if not hooks or wanted.on_deletion == "Deactivate":
        return Release()
    return Delete(hooks[0].id)
