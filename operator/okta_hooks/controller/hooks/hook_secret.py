"""The secret that Okta is to send: read where the spec says, or made by the operator, and changed without a loss."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from okta_hooks.admin.token import fingerprint
from okta_hooks.api.conditions import Reason
from okta_hooks.api.okta_event_hook import Rotation
from okta_hooks.api.values import to_timedelta
from okta_hooks.controller.blocked import Blocked
from okta_hooks.controller.hooks.acting import Applied
from okta_hooks.controller.hooks.hook_object import HookObject
from okta_hooks.controller.hooks.kept_secrets import KeptSecrets, fresh
from okta_hooks.controller.receivers.asking import Answers
from okta_hooks.controller.secrets import Hashing, SecretReader
from okta_hooks.kube.children.subject import SecretValues
from okta_hooks.okta.port import Secret
from okta_hooks.reconcile.problem import Problem
from okta_hooks.reconcile.secret_change import DEFAULT_OVERLAP, Await, Kept, SecretsSeen, Show, decide


@dataclass(frozen=True)
class HookSecret:
    """What Okta is to have now.

    Args:
        value: The secret; never printed.
        hash: Its keyed hash.
        again: When the change under way goes on; None where nothing is waited for.
    """

    value: Secret = field(repr=False)
    hash: str
    again: datetime | None = None


async def users_secret(hook: HookObject, secrets: SecretReader) -> str | None:
    """What the user's own Secret holds; None where the spec names none.

    Raises:
        Blocked: It is not there, or no header can carry it.
        KubernetesError: It could not be read.
    """
    reference = hook.spec.auth.secret_ref if hook.spec.auth is not None else None
    if reference is None:
        return None
    value = await secrets.text(hook.metadata.namespace, reference)
    if not (value.isascii() and value.isprintable()):
        sentence = (
            f"Secret {hook.metadata.namespace}/{reference.name} has a key {reference.key} that no header can carry:"
            " write one line of printable ASCII characters."
        )
        raise Blocked(Problem(Reason.SECRET_MISSING, sentence, for_people=True))
    return value


def external_secret(given: str | None, hashing: Hashing) -> HookSecret:
    """The secret of a hook whose endpoint is the user's own: what their Secret holds, at once.

    Raises:
        Blocked: The spec names none.
    """
    if given is None:
        sentence = "Name the secret that your endpoint checks in auth.secretRef."
        raise Blocked(Problem(Reason.SECRET_MISSING, sentence, for_people=True))
    return HookSecret(Secret(given), hashing.of(given))


@dataclass(frozen=True)
class SecretChange:
    """What a managed hook's secret depends on.

    Args:
        given: What the user's own Secret holds; None where the operator generates one.
        kept: What the operator keeps.
        applied: What Okta has.
        rotation: When a generated one is replaced.
        answers: What receivers say that they accept.
        now: The moment.
    """

    given: str | None = field(repr=False)
    kept: KeptSecrets
    applied: Applied
    rotation: Rotation | None
    answers: Sequence[Answers]
    now: datetime


def managed_secret(change: SecretChange, hashing: Hashing) -> tuple[HookSecret, SecretValues]:
    """What Okta is to have, and what the operator is to keep, of a hook that has a receiver."""
    kept = change.kept
    wanted = change.given or _generated(change)
    values = {hashing.of(value): value for value in (kept.previous, kept.current, wanted) if value is not None}
    decision = decide(
        SecretsSeen(
            now=change.now,
            wanted=hashing.of(wanted),
            kept=Kept(hashing.of(kept.current), _hash(kept.previous, hashing)) if kept.current is not None else None,
            applied=change.applied.secret,
            applied_at=change.applied.at,
            receivers=[_accepted(each, values, kept.admin_token) for each in change.answers if each.receives],
            overlap=_overlap(change.rotation),
        )
    )
    shown = decision.step.kept if isinstance(decision.step, Show) else None
    current, previous = (
        (values[shown.current], values.get(shown.previous)) if shown else (kept.current or wanted, kept.previous)
    )
    for_okta = decision.for_okta if decision.for_okta in values else hashing.of(current)
    again = decision.step.until if isinstance(decision.step, Await) else None
    return (
        HookSecret(Secret(values[for_okta]), for_okta, again),
        SecretValues(admin_token=kept.admin_token, current=current, previous=previous),
    )


def _generated(change: SecretChange) -> str:
    kept, at = change.kept.current, change.applied.at
    if kept is None:
        return fresh()
    if change.rotation is None or at is None or change.now - at < to_timedelta(change.rotation.interval):
        return kept
    return fresh() if change.kept.previous is None else kept  # one change at a time


def _overlap(rotation: Rotation | None) -> timedelta:
    return to_timedelta(rotation.overlap) if rotation is not None and rotation.overlap else DEFAULT_OVERLAP


def _accepted(answers: Answers, values: Mapping[str, str], token: str) -> frozenset[str]:
    """The hashes of those values that a receiver says it accepts."""
    if answers.receiver is None:
        return frozenset()
    told = {secret.fingerprint for secret in answers.receiver.secrets}
    return frozenset(
        hashed for hashed, value in values.items() if fingerprint(value.encode(), token=token.encode()) in told
    )


def _hash(value: str | None, hashing: Hashing) -> str:
    return hashing.of(value) if value is not None else ""
