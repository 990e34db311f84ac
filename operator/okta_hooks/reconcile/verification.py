"""When Okta is asked to verify a hook: at once after our own challenge succeeded, else with growing pauses.

Our challenge may fail where Okta's would not (split DNS, no way back into the cluster, a list of allowed addresses), so
that its failure delays and does not prevent.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from okta_hooks.api.conditions import Reason
from okta_hooks.okta.port import Hook
from okta_hooks.reconcile.desired import Desired
from okta_hooks.reconcile.observed import Observed, Reachability, Verifications
from okta_hooks.reconcile.problem import Problem
from okta_hooks.reconcile.steps import Nothing, Probe, Step, Verify, Wait

PROBE_EVERY = timedelta(minutes=5)
"""Age at which our own challenge is repeated while Okta trusts the endpoint."""
PROBE_EVERY_UNVERIFIED = timedelta(seconds=15)
"""The same while it does not."""
PROBE_AGAIN = timedelta(milliseconds=200)
"""After our own challenge failed for the first time: a gateway may know the endpoint a moment later than we do."""
SETTLES = timedelta(seconds=15)
"""For so long a new address may fail before anybody has to know: gateways and names need their time."""

_FIRST_PAUSE = timedelta(seconds=15)
_LONGEST_PAUSE = timedelta(minutes=15)


def next_verification(seen: Verifications, reachability: Reachability | None, now: datetime) -> datetime:
    """The earliest moment to ask Okta to verify."""
    due = now
    if seen.last_at is not None:
        due = seen.last_at + pause(seen.failures)
    if reachability is not None and reachability.failing_since is not None:
        due = max(due, reachability.failing_since + SETTLES)
    return due


def pause(failures: int) -> timedelta:
    """Between two verifications, after so many that failed in a row."""
    return timedelta() if failures == 0 else min(_LONGEST_PAUSE, _FIRST_PAUSE * 2 ** min(failures - 1, 16))


def plan_verification(wanted: Desired, seen: Observed, hook: Hook) -> Step:
    """The next step for a hook that is otherwise as it is to be."""
    verified = hook.verification_status == "VERIFIED"
    if not wanted.active:
        return Nothing()
    if not verified and wanted.managed_receiver and not seen.receiver_ready:
        return Wait(Problem(Reason.AWAITING_ENDPOINT, "Waits for a receiver before Okta verifies the endpoint."))
    if _probe_due(wanted, seen, hook):
        return Probe(wanted.definition.uri)
    if verified:
        return _trusted(wanted, seen)
    due = next_verification(seen.verifications, seen.reachability if wanted.probe else None, seen.now)
    if due > seen.now:
        return Wait(_awaiting(seen), until=_earlier(due, seen, wanted))
    return Verify(hook.id)


def watch_endpoint(wanted: Desired, seen: Observed, hook: Hook, problem: Problem | None) -> Step:
    """The next step for a hook that is observed only: a challenge of our own changes nothing, and Okta is not asked.

    Args:
        wanted: The hook as it is to be.
        seen: What was observed.
        hook: The hook in Okta.
        problem: What is to be said of the hook; None for nothing.
    """
    if wanted.active and _probe_due(wanted, seen, hook):
        return Probe(wanted.definition.uri)
    again = _endpoint_again(wanted, seen) if wanted.active else None
    if problem is not None:
        return Wait(problem, until=again)
    return Wait(_awaiting(seen), until=again) if again is not None else Nothing()


def _trusted(wanted: Desired, seen: Observed) -> Step:
    """Okta trusts the endpoint; nothing to do but to look whether one that does not answer us is back."""
    again = _endpoint_again(wanted, seen)
    return Wait(_awaiting(seen), until=again) if again is not None else Nothing()


def _endpoint_again(wanted: Desired, seen: Observed) -> datetime | None:
    """While the endpoint does not answer us, when to look again, to say when it is back."""
    last = seen.reachability
    if not _may_probe(wanted, seen) or last is None or last.problem is None:
        return None
    return last.at + _pause_between_probes(last, PROBE_EVERY)


def _may_probe(wanted: Desired, seen: Observed) -> bool:
    return wanted.probe and (seen.receiver_ready or not wanted.managed_receiver)


def _probe_due(wanted: Desired, seen: Observed, hook: Hook) -> bool:
    if not _may_probe(wanted, seen):
        return False
    last = seen.reachability
    if last is None or last.uri != wanted.definition.uri:
        return True
    longest = PROBE_EVERY if hook.verification_status == "VERIFIED" else PROBE_EVERY_UNVERIFIED
    return seen.now - last.at >= _pause_between_probes(last, longest)


def _pause_between_probes(last: Reachability, longest: timedelta) -> timedelta:
    """Until our next challenge: doubled each time while it fails, since Okta may get through where we never do."""
    if last.failing_since is None:
        return longest
    return min(longest, max(PROBE_AGAIN, last.at - last.failing_since))


def _earlier(due: datetime, seen: Observed, wanted: Desired) -> datetime:
    """When to look again: our own challenge may succeed before Okta's next one is due."""
    if not wanted.probe or seen.reachability is None:
        return due
    return min(due, seen.reachability.at + _pause_between_probes(seen.reachability, PROBE_EVERY_UNVERIFIED))


def _awaiting(seen: Observed) -> Problem:
    if seen.verifications.failures:
        return Problem(
            Reason.CHALLENGE_FAILED,
            "Okta's challenge to the endpoint failed. See EndpointReachable; where it is True, see whether a firewall"
            " lets Okta's addresses in. Okta is asked again by itself.",
        )
    return Problem(Reason.AWAITING_ENDPOINT, "The endpoint does not answer our own challenge: see EndpointReachable.")
