"""Plans carried out through the port, against an organisation where calls fail in each of their ways."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import pytest

from contract.okta_hooks.okta.given import SECRET, at_once, hurried
from okta_hooks.api.conditions import Reason
from okta_hooks.okta.credentials import ApiToken
from okta_hooks.okta.errors import OktaError
from okta_hooks.okta.event_hooks import SdkEventHooks
from okta_hooks.okta.organization import Connection, connect
from okta_hooks.okta.port import EventHooks, HookDefinition
from okta_hooks.reconcile.desired import Desired
from okta_hooks.reconcile.finding import find
from okta_hooks.reconcile.observed import Listing, Observed
from okta_hooks.reconcile.ownership import MARK_HEADER, Owner
from okta_hooks.reconcile.plan import plan
from okta_hooks.reconcile.problem import Problem
from okta_hooks.reconcile.refusals import explain
from okta_hooks.reconcile.steps import Activate, Create, Deactivate, Delete, ListAgain, Nothing, Replace, Step, Wait
from okta_simulator.faults.management import Answer, Drop, ManagementFault
from okta_simulator.options import EventHooks as HookOptions
from okta_simulator.options import Limits, Options
from okta_simulator.organization import Organization
from okta_simulator.server import listen, serve

HASH = "hash of the secret"


def _wanted(name: str = "sign-ins", **changes: object) -> Desired:
    """An endpoint that Okta trusts without a call (Okta Workflows'), so that nothing needs to listen."""
    owner = Owner("production", "security", name, f"uid-{name}")
    definition = HookDefinition(
        name=f"production/security/{name}",
        uri="https://example.workflows.okta.com/flow",
        event_types=frozenset({"user.session.start"}),
        headers={MARK_HEADER: owner.mark},
    )
    return Desired(owner, replace(definition, **changes), probe=False)  # type: ignore[arg-type]  # a test's own


@dataclass
class Operating:
    """A controller that knows nothing but the status of one object."""

    hooks: EventHooks
    wanted: Desired
    bound_id: str = ""
    applied: str = ""
    decided_at: datetime | None = None

    async def settle(self, rounds: int = 60) -> Step:
        for _ in range(rounds):
            try:
                step = await self._round()
            except OktaError as error:
                problem = explain(error, self.wanted.definition, datetime.now(UTC))
                if problem.for_people:
                    return Wait(problem)
                continue
            if isinstance(step, Nothing | Wait):
                return step
        raise AssertionError("the plan does not end")

    async def _round(self) -> Step:
        asked = datetime.now(UTC)
        seen = Observed(
            now=asked,
            listing=Listing(await self.hooks.list(), asked),
            live_uids=frozenset({self.wanted.owner.uid}),
            bound_id=self.bound_id,
            applied_secret=self.applied,
            secret=HASH,
            receiver_ready=True,
            decided_to_create_at=self.decided_at,
        )
        step = plan(self.wanted, seen)
        match step:
            case ListAgain():
                self.decided_at = self.decided_at or datetime.now(UTC)
            case Create(definition, _):
                self.decided_at = None
                self.bound_id = (await self.hooks.create(definition, SECRET)).id
                self.applied = HASH
            case Replace(hook_id, definition, _):
                self.applied = ""
                await self.hooks.replace(hook_id, definition, SECRET)
                self.bound_id, self.applied = hook_id, HASH
            case Activate(hook_id):
                await self.hooks.activate(hook_id)
            case Deactivate(hook_id):
                await self.hooks.deactivate(hook_id)
            case Delete(hook_id):
                await self.hooks.delete(hook_id)
            case _:
                found = find(self.wanted, seen).hook
                self.bound_id = found.id if found else ""
        return step


@asynccontextmanager
async def _organization(options: Options | None = None) -> AsyncIterator[tuple[Organization, EventHooks]]:
    listener = listen()
    organization = Organization(options, url=listener.url)
    token = ApiToken(organization.api_token())
    async with serve(organization, listener), connect(Connection(organization.url, token), hurried()) as okta:
        assert isinstance(okta.event_hooks, SdkEventHooks)
        okta.event_hooks._sleep = at_once
        yield organization, okta.event_hooks


async def test_a_hook_is_made_once_and_left_alone_then() -> None:
    async with _organization() as (organization, hooks):
        operating = Operating(hooks, _wanted())
        assert await operating.settle() == Nothing()
        [made] = organization.hooks.hooks
        assert await Operating(hooks, operating.wanted, made.id, HASH).settle(rounds=1) == Nothing()


@pytest.mark.parametrize(
    "ending",
    [Drop(), Drop(carried_out=True), Answer(status=503, carried_out=True), Answer(status=500, empty=True)],
    ids=["lost before", "lost after", "503 after", "empty 500 before"],
)
async def test_hooks_converge_while_calls_fail_and_none_is_made_twice(ending: Drop | Answer) -> None:
    async with _organization() as (organization, hooks):
        organization.management_faults.add(ManagementFault(probability=0.4, ending=ending))
        for name in ("a", "b", "c"):
            wanted = _wanted(name)
            assert await Operating(hooks, wanted).settle() == Nothing()
            changed = replace(wanted, definition=replace(wanted.definition, description="changed"), active=False)
            assert await Operating(hooks, changed).settle() == Nothing(), "though the status was lost"
        made = sorted((hook.name, hook.description, hook.status) for hook in organization.hooks.hooks)
    assert made == [(f"production/security/{name}", "changed", "INACTIVE") for name in ("a", "b", "c")]


async def test_two_installations_share_an_organization() -> None:
    async with _organization() as (organization, hooks):
        mine = _wanted()
        owner = replace(mine.owner, installation="staging")
        headers = {MARK_HEADER: owner.mark}
        theirs = replace(mine, owner=owner, definition=replace(mine.definition, name="staging", headers=headers))
        for wanted in (mine, theirs, mine, theirs):
            assert await Operating(hooks, wanted).settle() == Nothing()
        assert len(list(organization.hooks.hooks)) == 2


async def _problem(wanted: Desired, options: Options | None = None) -> Problem:
    """What keeps a hook of this definition from being made."""
    async with _organization(options) as (_, hooks):
        step = await Operating(hooks, wanted).settle()
    assert isinstance(step, Wait), step
    return step.problem


async def test_a_mistyped_event_type_is_explained() -> None:
    problem = await _problem(_wanted(event_types=frozenset({"user.sesion.start"})))
    assert problem.reason == Reason.EVENT_TYPE_REFUSED
    assert "did you mean user.session.start?" in problem.message


async def test_a_full_organization_is_explained() -> None:
    problem = await _problem(_wanted(), Options(limits=Limits(active_hooks=0)))
    assert problem.reason == Reason.QUOTA_EXCEEDED


async def test_missing_filters_are_explained() -> None:
    wanted = _wanted(filters={"user.session.start": "event.outcome.result eq 'SUCCESS'"})
    problem = await _problem(wanted, Options(event_hooks=HookOptions(filters=False)))
    assert problem.reason == Reason.FILTERS_UNAVAILABLE


async def test_a_revoked_token_is_explained() -> None:
    async with _organization() as (organization, hooks):
        organization.management_faults.add(ManagementFault(ending=Answer(status=401)))
        step = await Operating(hooks, _wanted()).settle()
    assert isinstance(step, Wait)
    assert step.problem.reason == Reason.CREDENTIALS_REJECTED
