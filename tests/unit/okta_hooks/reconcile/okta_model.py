"""A small pure model of Okta, and of a controller that forgets: what plans are tried on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from okta_hooks.okta.port import Hook, HookDefinition
from okta_hooks.reconcile.desired import Desired
from okta_hooks.reconcile.observed import Listing, Observed, Reachability, Verifications
from okta_hooks.reconcile.ownership import MARK_HEADER, Owner
from okta_hooks.reconcile.plan import plan
from okta_hooks.reconcile.steps import (
    Activate,
    Create,
    Deactivate,
    Delete,
    DeletionStep,
    ListAgain,
    Probe,
    Replace,
    Step,
    Verify,
    Wait,
)

NOW = datetime(2026, 11, 1, 12, 0, tzinfo=UTC)
URI = "https://hooks.example.com/security/sign-ins"
SECRET = "hash of the secret"
ME = Owner("production", "security", "sign-ins", "uid-1")
DEFINITION = HookDefinition(
    name="production/security/sign-ins",
    uri=URI,
    event_types=frozenset({"user.session.start"}),
    headers={MARK_HEADER: ME.mark},
)
WANTED = Desired(ME, DEFINITION)
REACHED = Reachability(URI, NOW)


def hook(hook_id: str = "who1", **changes: object) -> Hook:
    """A hook as it is to be; changes are of the hook, or of its definition."""
    hook_fields = {name: value for name, value in changes.items() if name in ("status", "verification_status")}
    definition = {name: value for name, value in changes.items() if name not in hook_fields}
    given: dict[str, object] = {
        "id": hook_id,
        "definition": replace(DEFINITION, **definition),  # type: ignore[arg-type]  # a test's own business
        "status": "ACTIVE",
        "verification_status": "VERIFIED",
        "last_updated": "",
        **hook_fields,
    }
    return Hook(**given)  # type: ignore[arg-type]  # as above


def seen(*hooks: Hook, **changes: object) -> Observed:
    """An observation in which everything but the hooks is fine."""
    given: dict[str, object] = {
        "now": NOW,
        "listing": Listing(hooks, NOW),
        "live_uids": frozenset({ME.uid}),
        "applied_secret": SECRET,
        "secret": SECRET,
        "receiver_ready": True,
        "reachability": REACHED,
        **changes,
    }
    return Observed(**given)  # type: ignore[arg-type]  # as above


class Lost(Exception):
    """An answer that did not come."""


@dataclass
class OktaModel:
    """What Okta does with event hooks, as far as plans depend on it."""

    hooks: dict[str, Hook] = field(default_factory=dict)
    secrets: dict[str, str] = field(default_factory=dict)
    touched: set[str] = field(default_factory=set)
    made: int = 0

    def create(self, definition: HookDefinition, secret: str) -> str:
        assert definition.name not in {each.definition.name for each in self.hooks.values()}, "Okta refuses the name"
        self.made += 1
        hook_id = f"made{self.made}"
        self.hooks[hook_id] = Hook(hook_id, definition, "ACTIVE", "UNVERIFIED", "")
        self.secrets[hook_id] = secret
        return hook_id

    def replace(self, hook_id: str, definition: HookDefinition, secret: str) -> None:
        changed = replace(self.hooks[hook_id], definition=definition)
        if changed.definition.uri != self.hooks[hook_id].definition.uri:
            changed = replace(changed, verification_status="UNVERIFIED")
        self.hooks[hook_id] = changed
        self.secrets[hook_id] = secret
        self.touched.add(hook_id)

    def set(self, hook_id: str, **changes: object) -> None:
        self.hooks[hook_id] = replace(self.hooks[hook_id], **changes)  # type: ignore[arg-type]  # as above
        self.touched.add(hook_id)

    def delete(self, hook_id: str) -> None:
        assert self.hooks[hook_id].status == "INACTIVE", "Okta refuses to delete an active hook"
        del self.hooks[hook_id]
        self.touched.add(hook_id)

    def carry_out(self, step: Step | DeletionStep) -> str:
        """Do what a step asks of Okta; gives the id of what was made."""
        match step:
            case Create(definition, secret):
                return self.create(definition, secret)
            case Replace(hook_id, definition, secret):
                self.replace(hook_id, definition, secret)
            case Activate(hook_id):
                self.set(hook_id, status="ACTIVE")
            case Deactivate(hook_id):
                self.set(hook_id, status="INACTIVE")
            case Verify(hook_id):
                self.set(hook_id, verification_status="VERIFIED")
            case Delete(hook_id):
                self.delete(hook_id)
        return ""


@dataclass
class ControllerModel:
    """Carries out plans as the controller does; `forget` is a crash, after which only the status is known."""

    okta: OktaModel
    wanted: Desired
    live_uids: frozenset[str] = frozenset({ME.uid})
    bound_id: str = ""
    applied_secret: str = ""
    now: datetime = NOW
    listing: Listing | None = None
    decided_at: datetime | None = None
    reachability: Reachability | None = None
    adoption_forbidden_by: str = ""

    def forget(self) -> None:
        self.listing = self.decided_at = self.reachability = None

    def observed(self) -> Observed:
        self.now += timedelta(seconds=1)
        if self.listing is None:
            self.listing = Listing(tuple(self.okta.hooks.values()), self.now)
        return Observed(
            now=self.now,
            listing=self.listing,
            live_uids=self.live_uids,
            bound_id=self.bound_id,
            applied_secret=self.applied_secret,
            secret=SECRET,
            receiver_ready=True,
            reachability=self.reachability,
            verifications=Verifications(),
            decided_to_create_at=self.decided_at,
            adoption_forbidden_by=self.adoption_forbidden_by,
        )

    def step(self, answer: Callable[[], bool] = lambda: True) -> Step:
        """Plan and do one step; `answer` tells whether Okta's answer arrives.

        Raises:
            Lost: It did not; the step was carried out all the same.
        """
        step = plan(self.wanted, self.observed())
        match step:
            case ListAgain():
                self.decided_at, self.listing = self.decided_at or self.now, None
            case Probe(uri):
                self.reachability = Reachability(uri, self.now)
            case _:
                self._change(step, answer)
        return step

    def _change(self, step: Step, answer: Callable[[], bool]) -> None:
        if isinstance(step, Replace):
            self.applied_secret = self.applied_secret if self.applied_secret == step.secret else ""
        try:
            made = self.okta.carry_out(step)
        except KeyError:  # Okta has no such hook: the list was old
            self.listing = None
            return
        finally:
            if isinstance(step, Create):
                self.decided_at = None
        if not answer():
            raise Lost  # and the list that is known stays an old one
        self.listing = None
        if isinstance(step, Create):
            self.bound_id, self.applied_secret = made, step.secret
        if isinstance(step, Replace):
            self.bound_id, self.applied_secret = step.hook_id, step.secret

    def settle(self, at_most: int = 40) -> Step:
        """Go on until nothing is left to do."""
        for _ in range(at_most):
            step = self.step()
            if not isinstance(step, ListAgain | Create | Replace | Activate | Deactivate | Probe | Verify | Delete):
                return step
        raise AssertionError("the plan does not end")


def is_waiting_for(step: Step | DeletionStep) -> str:
    """The reason of a wait."""
    assert isinstance(step, Wait), step
    return step.problem.reason
