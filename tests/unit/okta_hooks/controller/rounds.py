"""Reconciles of one hook, one after the other, against an organisation in memory."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from okta_hooks.api.okta_org import ApiToken, OrgAuth
from okta_hooks.api.values import SecretKeyRef
from okta_hooks.controller.connections.credentials import SignIn
from okta_hooks.controller.connections.guard import Guard
from okta_hooks.controller.connections.guarded import GuardedHooks
from okta_hooks.controller.connections.hook_list import HookList
from okta_hooks.controller.connections.pool import OpenOrganization
from okta_hooks.controller.hooks.acting import Actor, Applied, State
from okta_hooks.controller.hooks.memory import Memory
from okta_hooks.controller.hooks.synchronizing import Outcome, Synchronizer
from okta_hooks.okta.pacing import Budget, Pace
from okta_hooks.okta.port import Secret
from okta_hooks.reconcile.desired import Desired
from okta_hooks.reconcile.ownership import MARK_HEADER, Owner
from okta_hooks.system_log.seen import LogSeen
from unit.okta_hooks.controller.given import Counted, EverythingAnswers, OpenGate, SteppingClock, definition
from unit.okta_hooks.controller.okta_in_memory import HooksInMemory
from unit.okta_hooks.system_log.written_pages import WrittenPages

OWNER = Owner("installation", "identity", "sign-ins", "uid")
WANTED = Desired(OWNER, replace(definition(), headers={MARK_HEADER: OWNER.mark}), managed_receiver=False)
SIGN_IN = SignIn(
    "https://example.okta.com", OrgAuth(api_token=ApiToken(secret_ref=SecretKeyRef(name="okta", key="token"))), "token"
)
INTERVAL = timedelta(minutes=5)
NOTHING_KNOWN = State(Applied(), Memory())


class Rounds:
    """Reconciles of one hook, one after the other."""

    def __init__(self) -> None:
        self.okta, self.clock, self.state, self.forgotten = HooksInMemory(), SteppingClock(), NOTHING_KNOWN, 0
        self.log = LogSeen()
        listed = HookList(self.clock)
        hooks = GuardedHooks(self.okta, listed, Guard(OpenGate(), Counted()))
        self.organization = OpenOrganization(SIGN_IN, hooks, listed, WrittenPages({}), Pace(Budget()))

    async def run(
        self,
        secret: str = "hash",  # noqa: S107 -- the name of one
        wanted: Desired = WANTED,
        credential: str = "credential",
    ) -> Outcome:
        synchronizer = Synchronizer(
            wanted=wanted,
            organization=self.organization,
            actor=Actor(
                hooks=self.organization.hooks,
                prober=EverythingAnswers(self.clock),
                header="Authorization",
                secret=Secret(f"value of {secret}"),
            ),
            secret=secret,
            receiver_ready=True,
            live_uids=frozenset({OWNER.uid}),
            not_before=self.clock() - INTERVAL,
            credential=credential,
            interval=INTERVAL,
            adoption_forbidden_by="",
            log=self.log,
            forget_secret=self._forget,
            clock=self.clock,
        )
        outcome = await synchronizer.run(self.state)
        self.state = State(outcome.state.applied, outcome.state.memory)
        return outcome

    async def _forget(self) -> None:
        self.forgotten += 1
