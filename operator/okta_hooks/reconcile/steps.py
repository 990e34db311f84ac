"""What the operator can do next: one step, after which it looks again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from okta_hooks.okta.port import HookDefinition
from okta_hooks.reconcile.problem import Problem


@dataclass(frozen=True)
class ListAgain:
    """Ask Okta for a new list: what is known is older than the decision that depends on it."""


@dataclass(frozen=True)
class Create:
    """Make a hook, with the secret whose hash is given."""

    definition: HookDefinition
    secret: str


@dataclass(frozen=True)
class Replace:
    """Write a hook anew, with the secret whose hash is given, and read it back."""

    hook_id: str
    definition: HookDefinition
    secret: str


@dataclass(frozen=True)
class Activate:
    """Let Okta deliver."""

    hook_id: str


@dataclass(frozen=True)
class Deactivate:
    """Let Okta stop delivering."""

    hook_id: str


@dataclass(frozen=True)
class Probe:
    """Send our own challenge to the public address."""

    uri: str


@dataclass(frozen=True)
class Verify:
    """Let Okta send its challenge."""

    hook_id: str


@dataclass(frozen=True)
class Delete:
    """Remove an inactive hook from Okta."""

    hook_id: str


@dataclass(frozen=True)
class Wait:
    """Do nothing before a moment, or, where there is none, until something changes or the interval is over."""

    problem: Problem
    until: datetime | None = None


@dataclass(frozen=True)
class Nothing:
    """All is as it is to be."""


@dataclass(frozen=True)
class Release:
    """Take the finalizer off; `left_behind` are hooks that stay in Okta though they were to go."""

    left_behind: tuple[str, ...] = ()


Step: TypeAlias = ListAgain | Create | Replace | Activate | Deactivate | Probe | Verify | Wait | Delete | Nothing
DeletionStep: TypeAlias = ListAgain | Deactivate | Delete | Wait | Release
