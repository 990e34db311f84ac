"""Which of an organisation's hooks is the one of an object: by its id, by its mark, or by adoption."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from okta_hooks.api.conditions import Reason
from okta_hooks.okta.port import Hook
from okta_hooks.reconcile.desired import Desired
from okta_hooks.reconcile.observed import Observed
from okta_hooks.reconcile.ownership import Relation, owner_of, relation
from okta_hooks.reconcile.problem import Problem


@dataclass(frozen=True)
class Found:
    """What was found.

    Args:
        hook: The object's hook, if it has one.
        spare: Further hooks with its mark, which must not be: what a lost answer may leave behind.
        problem: Why there is none and none may be made.
    """

    hook: Hook | None = None
    spare: tuple[Hook, ...] = ()
    problem: Problem | None = None


def find(wanted: Desired, seen: Observed) -> Found:
    """The hook of an object, among those of its organisation."""
    bound = _by_id(seen.listing.hooks, seen.bound_id)
    marked = _marked(wanted, seen)
    if bound is not None and bound not in marked:
        known = _relation(wanted, seen, bound)
        if known is Relation.UNMARKED and seen.applied_secret:  # ours: we gave it a secret; the mark was taken away
            return Found(bound, spare=marked)
        if known is Relation.FOREIGN:
            return Found(problem=_not_owned(bound))
    if marked:
        first = bound if bound in marked else marked[0]
        return Found(first, spare=tuple(hook for hook in marked if hook != first))
    return _unbound(wanted, seen)


def owned(wanted: Desired, seen: Observed) -> tuple[Hook, ...]:
    """The hooks that end with their object: those with its very mark, and the bound one if it is nobody else's."""
    return tuple(
        hook
        for hook in seen.listing.hooks
        if (known := _relation(wanted, seen, hook)) is Relation.MINE
        or (hook.id == seen.bound_id and known is Relation.INHERITED)
        or (hook.id == seen.bound_id and known is Relation.UNMARKED and seen.applied_secret)
    )


def _unbound(wanted: Desired, seen: Observed) -> Found:
    hooks, name = seen.listing.hooks, wanted.definition.name
    namesake = next((hook for hook in hooks if hook.definition.name == name), None)
    if not wanted.adopt:
        return Found(problem=_name_taken(namesake, seen.adoption_forbidden_by)) if namesake else Found()
    candidate = _by_id(hooks, wanted.adopt_id) if wanted.adopt_id else namesake
    if candidate is None:
        return Found(problem=_nothing_to_adopt(wanted.adopt_id)) if wanted.adopt_id else Found()
    if _relation(wanted, seen, candidate) is not Relation.UNMARKED:
        return Found(problem=_not_owned(candidate))
    if seen.adoption_forbidden_by:
        return Found(problem=_adoption_forbidden(candidate, seen.adoption_forbidden_by))
    return Found(candidate)


def _marked(wanted: Desired, seen: Observed) -> tuple[Hook, ...]:
    """Those with our mark, the surest first; what we inherit counts where nothing carries our own."""
    by_relation = {
        kind: sorted((hook for hook in seen.listing.hooks if _relation(wanted, seen, hook) is kind), key=_age)
        for kind in (Relation.MINE, Relation.INHERITED)
    }
    return tuple(by_relation[Relation.MINE] or by_relation[Relation.INHERITED][:1])


def _age(hook: Hook) -> tuple[bool, str]:
    return hook.verification_status != "VERIFIED", hook.id


def _relation(wanted: Desired, seen: Observed, hook: Hook) -> Relation:
    return relation(wanted.owner, hook.definition.headers, seen.live_uids)


def _by_id(hooks: Sequence[Hook], hook_id: str) -> Hook | None:
    return next((hook for hook in hooks if hook.id == hook_id), None) if hook_id else None


def _not_owned(hook: Hook) -> Problem:
    owner = owner_of(hook.definition.headers)
    whose = f"{owner.namespace}/{owner.name} of the installation {owner.installation}" if owner else "somebody else"
    return Problem(
        Reason.NOT_OWNED,
        f"The hook {hook.id} in Okta belongs to {whose}. Delete one of the two objects, or give this one another"
        " displayName.",
        for_people=True,
    )


def _name_taken(hook: Hook, adoption_forbidden_by: str) -> Problem:
    owner = owner_of(hook.definition.headers)
    if owner is not None:
        return _not_owned(hook)
    adopt = "" if adoption_forbidden_by else ", or set adoptionPolicy: Adopt and auth.secretRef to take it over"
    return Problem(
        Reason.NAME_TAKEN,
        f"Okta has another hook named {hook.definition.name!r} ({hook.id}). Choose another displayName{adopt}.",
        for_people=True,
    )


def _adoption_forbidden(hook: Hook, org: str) -> Problem:
    """Nothing is said of the hook but its id: whoever may not take it over may not read it here either."""
    return Problem(
        Reason.ADOPTION_FORBIDDEN,
        f"Somebody made the hook {hook.id} in Okta by hand, and spec.adoption of {org} lets no object take it over or"
        " show it. Have it set to Allowed there, or give this object a displayName of its own and no adoptHookId.",
        for_people=True,
    )


def _nothing_to_adopt(hook_id: str) -> Problem:
    return Problem(
        Reason.NOT_FOUND,
        f"Okta has no hook {hook_id} to adopt. Correct adoptHookId, or remove it to make a new hook.",
        for_people=True,
    )
