"""Bringing the hook in Okta into line with its spec: look, plan, one step, and look again."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from okta_hooks.api.conditions import Reason
from okta_hooks.controller.connections.pool import OpenOrganization
from okta_hooks.controller.hooks.acting import Actor, State
from okta_hooks.controller.work_queue import BackOff
from okta_hooks.okta.errors import NotFound, OktaError, PermissionMissing, Refused, VerificationFailed
from okta_hooks.reconcile.desired import Desired
from okta_hooks.reconcile.disturbance import repair_by, settle
from okta_hooks.reconcile.evidence import Synchronization
from okta_hooks.reconcile.observed import Denial, Observed, Rejection, Verifications
from okta_hooks.reconcile.outcome import synchronization
from okta_hooks.reconcile.plan import plan
from okta_hooks.reconcile.problem import Problem
from okta_hooks.reconcile.refusals import explain
from okta_hooks.reconcile.repairs import Cause
from okta_hooks.reconcile.steps import Create, ListAgain, Nothing, Probe, Replace, Step, Verify, Wait
from okta_hooks.system_log.seen import LogSeen

_MOST_STEPS = 12
"""The longest way is list, create, probe, verify; a plan that goes on longer goes on after a pause."""

_PATIENCE = BackOff(first=timedelta(seconds=5), longest=timedelta(minutes=5))


@dataclass(frozen=True)
class Outcome:
    """What came of it.

    Args:
        state: What is known afterwards.
        synchronization: How far Okta is what the spec says.
        listed_at: When Okta was last asked for its hooks; None if it could not be.
        again: When to look again at the latest; None where nothing but the interval says.
    """

    state: State
    synchronization: Synchronization
    listed_at: datetime | None = None
    again: datetime | None = None


@dataclass(frozen=True)
class Synchronizer:
    """One hook's, for one reconcile.

    Args:
        wanted: The hook as it is to be.
        organization: Where.
        actor: Carries out steps.
        secret: Hash of the secret that Okta is to have.
        receiver_ready: Whether a receiver can take events.
        live_uids: Uids of all OktaEventHooks that exist.
        not_before: How old a list of hooks may be.
        credential: Keyed hash of what the organization is signed in to with.
        interval: After which a credential that might not do something tries again.
        adoption_forbidden_by: The organisation's object, if it lets no hook that was made by hand be taken over.
        log: What the System Log says of the hook.
        forget_secret: Lets the status forget which secret Okta has, before it is given another.
        clock: Tells the time.
    """

    wanted: Desired
    organization: OpenOrganization
    actor: Actor
    secret: str
    receiver_ready: bool
    live_uids: frozenset[str]
    not_before: datetime
    credential: str
    interval: timedelta
    adoption_forbidden_by: str
    log: LogSeen
    forget_secret: Callable[[], Awaitable[None]]
    clock: Callable[[], datetime]

    async def run(self, state: State) -> Outcome:
        """Go on until there is nothing to do, or something to wait for."""
        seen: Observed | None = None
        for _ in range(_MOST_STEPS):
            step: Step | None = None
            try:
                seen = await self._observe(state)
                step = plan(self.wanted, seen)
                if isinstance(step, Nothing | Wait):
                    return self._settled(step, seen, state)
                state = await self._prepared(step, state)
                state = await self.actor.carry_out(step, state, self.clock())
                state = self._done(step, seen, state)
            except NotFound:
                continue  # the hook went away in between, which the list knows by now
            except OktaError as error:
                state, problem = self._failed(error, step, state)
                if problem is not None:
                    return self._stopped(problem, seen, state)
        return self._stopped(_endless(), seen, state)

    async def _observe(self, state: State) -> Observed:
        memory = state.memory
        decided = memory.decided_to_create_at
        not_before = self.not_before
        if decided is not None:
            not_before = max(not_before, decided + timedelta.resolution)
        return Observed(
            now=self.clock(),
            listing=await self.organization.list(not_before),
            live_uids=self.live_uids,
            bound_id=state.applied.hook_id,
            applied_secret=state.applied.secret,
            secret=self.secret,
            receiver_ready=self.receiver_ready,
            reachability=memory.reachability,
            verifications=memory.verifications,
            decided_to_create_at=decided,
            echo=memory.echo,
            rejection=memory.rejection,
            credential=self.credential,
            denial=memory.denial,
            adoption_forbidden_by=self.adoption_forbidden_by,
            settled=memory.settled,
            repairs=memory.repairs,
            log=self.log,
            refusals=memory.refusals,
        )

    async def _prepared(self, step: Step, state: State) -> State:
        """Before Okta is given another secret it is forgotten which it has: an answer may be lost."""
        if not isinstance(step, Replace) or state.applied.secret in ("", step.secret):
            return state
        await self.forget_secret()
        return replace(state, applied=replace(state.applied, secret="", at=None))

    def _done(self, step: Step, seen: Observed, state: State) -> State:
        """What was written to Okta is seen anew before it is compared with; a repair is counted."""
        if isinstance(step, ListAgain | Probe):
            return state
        memory, repair = replace(state.memory, settled=None), repair_by(step, self.wanted, seen)
        if seen.settled is not None and seen.settled.wanted != self.wanted:  # somebody changed the spec
            memory = replace(memory, repairs=memory.repairs.asked_for())
        if isinstance(step, Replace):
            again = seen.now if repair is not None and repair.cause is Cause.SECRET_REFUSED else None
            refusals = replace(memory.refusals, in_a_row=0, written_at=again or memory.refusals.written_at)
            memory = replace(memory, refusals=refusals)
        if repair is None:
            return replace(state, memory=memory)
        memory = replace(memory, repairs=memory.repairs.after(repair, seen.now))
        return replace(state, memory=memory, repaired=(*state.repaired, repair))

    def _failed(self, error: OktaError, step: Step | None, state: State) -> tuple[State, Problem | None]:
        """What an error teaches; without a problem, the next look tells what to do."""
        now = self.clock()
        memory = state.memory
        if isinstance(step, Create):
            memory = replace(memory, decided_to_create_at=None)
        if isinstance(error, VerificationFailed) and isinstance(step, Verify):
            failed = Verifications(memory.verifications.failures + 1, now)
            return replace(state, memory=replace(memory, verifications=failed)), None
        problem = explain(error, self.wanted.definition, now)
        if isinstance(error, Refused) and isinstance(step, Create | Replace):
            memory = replace(memory, rejection=Rejection(self.wanted.definition, problem))
        if isinstance(error, PermissionMissing) and step is not None:
            problem = replace(problem, until=now + self.interval)
            memory = replace(memory, denial=Denial(self.credential, self.wanted, problem))
        return replace(state, memory=memory), problem

    def _settled(self, step: Nothing | Wait, seen: Observed, state: State) -> Outcome:
        problem = step.problem if isinstance(step, Wait) else None
        until = step.until if isinstance(step, Wait) else None
        state = replace(state, memory=replace(state.memory, failures=0))
        outcome = self._outcome(problem, seen, state, until)
        found = outcome.synchronization
        if found.hook is None or found.drift or found.problem is not None or self.wanted.observe_only:
            return outcome
        memory = outcome.state.memory
        memory = replace(
            memory,
            settled=settle(self.wanted, found.hook, seen.listing.at, memory.settled),
            repairs=memory.repairs.while_in_line(seen.now),
        )
        return replace(outcome, state=replace(outcome.state, memory=memory))

    def _stopped(self, problem: Problem, seen: Observed | None, state: State) -> Outcome:
        """An Okta that stays away is asked less and less often."""
        failures = state.memory.failures + 1
        state = replace(state, memory=replace(state.memory, failures=failures))
        again = problem.until
        if problem.reason is Reason.OKTA_UNAVAILABLE:
            again = self.clock() + _PATIENCE.after(failures)
        return self._outcome(problem, seen, state, again)

    def _outcome(self, problem: Problem | None, seen: Observed | None, state: State, again: datetime | None) -> Outcome:
        if seen is None:
            return Outcome(state, Synchronization(problem=problem), again=again)
        known = state.applied
        found = synchronization(
            self.wanted, replace(seen, bound_id=known.hook_id, applied_secret=known.secret), problem
        )
        hook_id = found.hook.id if found.hook is not None else known.hook_id
        return Outcome(
            state=replace(state, applied=replace(known, hook_id=hook_id)),
            synchronization=found,
            listed_at=seen.listing.at,
            again=again,
        )


def _endless() -> Problem:
    return Problem(
        Reason.PROGRESSING,
        "Much has to be done, and the operator goes on in a moment; if this stays, see its log.",
    )
