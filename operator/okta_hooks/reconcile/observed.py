"""What was seen of a hook and its surroundings before deciding what to do next."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime

from okta_hooks.api.conditions import Reason
from okta_hooks.okta.port import Hook, HookDefinition
from okta_hooks.reconcile.desired import Desired
from okta_hooks.reconcile.problem import Problem
from okta_hooks.reconcile.repairs import Repairs
from okta_hooks.system_log.seen import LogSeen


@dataclass(frozen=True)
class Listing:
    """All hooks of the organisation, as Okta listed them.

    Args:
        hooks: The hooks.
        at: When the list was asked for: whatever happened before is in it.
    """

    hooks: tuple[Hook, ...]
    at: datetime


@dataclass(frozen=True)
class Reachability:
    """The operator's own challenge to the public address.

    Args:
        uri: The address that was called.
        at: When.
        problem: What was wrong; None when it was answered as Okta expects.
        detail: A sentence about what was seen, and what to do.
        failing_since: When it began to fail, if it does.
        reached_at: When it was last answered as Okta expects; None where it never was.
        warning: What will be wrong soon, though it was answered as Okta expects; `detail` says it.
        certificate_expires: When the certificate ends that was shown when it was answered last.
    """

    uri: str
    at: datetime
    problem: Reason | None = None
    detail: str = ""
    failing_since: datetime | None = None
    reached_at: datetime | None = None
    warning: Reason | None = None
    certificate_expires: datetime | None = None


@dataclass(frozen=True)
class Verifications:
    """Okta's verifications of the present address that failed, in a row.

    Args:
        failures: How many.
        last_at: When the last one was.
    """

    failures: int = 0
    last_at: datetime | None = None


@dataclass(frozen=True)
class Echo:
    """What Okta showed right after it was given a definition; differs where Okta writes things its own way."""

    given: HookDefinition
    shown: HookDefinition


@dataclass(frozen=True)
class Rejection:
    """A definition that Okta did not take, or not let be active, and why: it waits until the problem's time is over."""

    definition: HookDefinition
    problem: Problem


@dataclass(frozen=True)
class Denial:
    """That Okta let a credential read and not write; it is not asked again until the problem's time is over.

    Args:
        credential: Keyed hash of the credential: another one is tried at once.
        wanted: What was to be written: so is another spec.
        problem: What is said of it.
    """

    credential: str
    wanted: Desired
    problem: Problem


@dataclass(frozen=True)
class Settled:
    """That Okta had all that was wanted: what differs from it afterwards, somebody else has changed.

    Args:
        wanted: What was wanted.
        hook: The hook as Okta showed it.
        listed_at: When the list was asked for that showed it.
        is_steady: Whether two lists have shown the same: right after a write, Okta may show an older `last_updated`.
    """

    wanted: Desired
    hook: Hook
    listed_at: datetime
    is_steady: bool = False


@dataclass(frozen=True)
class Refusals:
    """Deliveries that the receiver refused for their secret.

    Args:
        refused: How many, as receivers said last.
        kept: Deliveries that were kept, as they said last.
        in_a_row: How many were refused since one was kept, or since the hook was written.
        written_at: When the hook was written again for that; None where it never was.
    """

    refused: int = 0
    kept: int = 0
    in_a_row: int = 0
    written_at: datetime | None = None

    def told(self, *, refused: int, kept: int) -> Refusals:
        """The same after receivers have said more; their counts begin anew with each process."""
        restarted = refused < self.refused or kept < self.kept
        more = refused if restarted else refused - self.refused
        ended = kept > (0 if restarted else self.kept)
        return replace(self, refused=refused, kept=kept, in_a_row=0 if ended else self.in_a_row + more)


@dataclass(frozen=True)
class Observed:
    """Everything that a plan goes by.

    Args:
        now: The moment of deciding.
        listing: The organisation's hooks.
        live_uids: Uids of all OktaEventHooks that exist.
        bound_id: The hook's id as the status has it; empty where it has none.
        applied_secret: Hash of the secret that Okta certainly has; empty where that is not known.
        secret: Hash of the secret that Okta is to have (`SecretDecision.for_okta`); never empty unless only observed.
        receiver_ready: Whether a receiver can take events; of no matter where the endpoint is the user's.
        reachability: The last challenge of our own.
        verifications: How Okta's went.
        decided_to_create_at: Since when a new hook is wanted; see `okta_hooks.reconcile.plan`.
        echo: What Okta made of the last definition that it was given.
        rejection: What Okta refused last.
        credential: Keyed hash of what the organization is signed in to with.
        denial: What a credential might not do last.
        adoption_forbidden_by: The organisation's object, if it lets no hook be taken over that somebody made by hand.
        settled: How the hook was when Okta had all that was wanted; None where that is not known.
        repairs: What was repaired of it.
        log: What the System Log says of it.
        refusals: What the receiver refused for its secret.
    """

    now: datetime
    listing: Listing
    live_uids: frozenset[str] = frozenset()
    bound_id: str = ""
    applied_secret: str = ""
    secret: str = ""
    receiver_ready: bool = False
    reachability: Reachability | None = None
    verifications: Verifications = Verifications()
    decided_to_create_at: datetime | None = None
    echo: Echo | None = None
    rejection: Rejection | None = None
    credential: str = ""
    denial: Denial | None = None
    adoption_forbidden_by: str = ""
    settled: Settled | None = None
    repairs: Repairs = field(default_factory=Repairs)
    log: LogSeen = field(default_factory=LogSeen)
    refusals: Refusals = Refusals()
