"""What an error of Okta's means for a hook: the reason, the sentence for people, and when to try again.

Which words Okta uses for which refusal is mostly not documented, so they are looked for and not compared; a refusal in
other words is told as it came.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from okta_hooks.api.conditions import Reason
from okta_hooks.okta.errors import (
    CredentialsRejected,
    NotFound,
    OktaError,
    OrganizationMissing,
    PermissionMissing,
    RateLimited,
    Refused,
    Unavailable,
    VerificationFailed,
)
from okta_hooks.okta.port import HookDefinition
from okta_hooks.reconcile.event_types import eligible, nearest
from okta_hooks.reconcile.problem import Problem

PASSING = timedelta(seconds=15)
"""After a failure that may be over soon."""
FOR_PEOPLE = timedelta(minutes=5)
"""After one that somebody has to see to; a change of the spec or of a Secret is tried at once."""

_EVENT_TYPE = re.compile(r"[A-Za-z0-9_]+(?:\.[A-Za-z0-9_-]+)+")
_TAKEN = re.compile(r"\bname\b.*\b(exists?|unique|taken|in use)\b|\balready exists\b", re.IGNORECASE)
_QUOTA = re.compile(r"\b(limit|maximum|quota)\b.*\bhooks?\b|\bhooks?\b.*\b(limit|maximum|quota)\b", re.IGNORECASE)
_FILTERS = re.compile(r"\bfilters?\b.*\b(enabled?|available|supported|feature)\b|access the feature", re.IGNORECASE)


def explain(error: OktaError, wanted: HookDefinition, now: datetime) -> Problem:
    """What is in the way when Okta, or the way to it, gives this error.

    Args:
        error: The error.
        wanted: What was to be made of the hook.
        now: The moment.
    """
    match error:
        case RateLimited(until=until):
            return Problem(
                Reason.RATE_LIMITED,
                "Okta's rate limit is used up. Nothing to do; if this stays, raise it at Okta or rateLimitShare.",
                until=until or now + PASSING,
            )
        case CredentialsRejected():
            sentence = f"Okta rejects the organization's credential ({error}). Put a valid one into its Secret."
            return Problem(Reason.CREDENTIALS_REJECTED, sentence, for_people=True, until=now + FOR_PEOPLE)
        case PermissionMissing(scope=scope):
            return Problem(
                Reason.PERMISSION_MISSING, _permission(error, scope), for_people=True, until=now + FOR_PEOPLE
            )
        case VerificationFailed():
            return Problem(Reason.CHALLENGE_FAILED, f"Okta did not verify the endpoint ({error}).")
        case OrganizationMissing() | Unavailable() | NotFound():
            return _unavailable(error, now)
        case _:
            return _refused(error, wanted, now)


def _unavailable(error: OktaError, now: datetime) -> Problem:
    if isinstance(error, OrganizationMissing):
        sentence = (
            f"Okta knows of no event hooks at the organization's URL ({error}). See whether the organization still"
            " exists and has this URL; it is asked again by itself, ever less often."
        )
        return Problem(Reason.OKTA_UNAVAILABLE, sentence, for_people=True, until=now + FOR_PEOPLE)
    sentence = f"Okta did not do what was asked ({error}). It is asked again by itself."
    return Problem(Reason.OKTA_UNAVAILABLE, sentence, until=now + PASSING)


def _permission(error: OktaError, scope: str) -> str:
    if not scope:
        return f"Okta grants the service app none of its scopes ({error}). Grant them in the app's Okta API Scopes."
    return (
        f"The credential may not do this ({error}). Grant the service app the scope {scope} and an admin role that"
        " covers event hooks, or take an API token of an administrator who may."
    )


def _refused(error: OktaError, wanted: HookDefinition, now: datetime) -> Problem:
    said = " ".join((error.summary, *error.causes)) if isinstance(error, Refused) else error.summary
    reason, sentence = _classified(said, wanted)
    return Problem(reason, f"{sentence} Okta says: {error}", for_people=True, until=now + FOR_PEOPLE)


def _classified(said: str, wanted: HookDefinition) -> tuple[Reason, str]:
    if wanted.filters and _FILTERS.search(said):
        return (
            Reason.FILTERS_UNAVAILABLE,
            "The organization has no event hook filters: enable the feature (Settings > Features), or remove filters.",
        )
    if named := sorted(set(_EVENT_TYPE.findall(said)) & wanted.event_types):
        return Reason.EVENT_TYPE_REFUSED, " ".join(_about_type(each) for each in named)
    if _TAKEN.search(said):
        return Reason.NAME_TAKEN, f"Okta has another hook named {wanted.name!r}: choose another displayName."
    if _QUOTA.search(said):
        return (
            Reason.QUOTA_EXCEEDED,
            "The organization has as many active event hooks as Okta allows (25): delete or deactivate one.",
        )
    return Reason.REFUSED, "Okta refuses the hook as the spec has it: correct the spec."


def _about_type(event_type: str) -> str:
    meant = nearest(event_type)
    hint = f"; did you mean {meant}?" if meant and event_type not in eligible() else ": remove it from eventTypes."
    return f"Okta does not deliver {event_type} to event hooks{hint}"
