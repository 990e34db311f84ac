"""From a look at a hook to its search for gaps, and from what that has found to what the hook says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import aiohttp

from okta_hooks.api.delivery import BackfillMode, BackfillStatus, DeliverySpec
from okta_hooks.api.hook_status import Deliveries
from okta_hooks.api.values import to_timedelta
from okta_hooks.controller.gaps.searching import GapSearches, SeenOfHook
from okta_hooks.controller.gaps.telling import told
from okta_hooks.controller.hooks.hook_object import HookObject
from okta_hooks.controller.receivers.backfilling import AdminPorts
from okta_hooks.okta.port import Hook, SystemLog
from okta_hooks.reconcile.desired import Desired
from okta_hooks.reconcile.evidence import Delivery
from okta_hooks.system_log.due import Condition, Filters
from okta_hooks.system_log.gaps import Surroundings
from okta_hooks.system_log.hook_filters.parsing import filter_of
from okta_hooks.system_log.hook_filters.tokens import NotEvaluated
from okta_hooks.system_log.port import LogReader
from okta_hooks.system_log.search import PagedSearch
from okta_hooks.system_log.standing import Counts, Standing
from okta_hooks.system_log.windows import nanoseconds

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_FILLED_TELLS_FOR = timedelta(minutes=5)
"""For how long an event that never came, and was brought since, shows that Okta fails to deliver."""
_COUNTED_TELLS_FOR = timedelta(hours=1)
"""The same of one that is only counted."""


@dataclass(frozen=True)
class GapsSeen:
    """What is to be said of a hook's gaps.

    Args:
        counts: How many events were missed, and what became of them.
        backfill: How far the search has got, as the status says it.
        missed: What becomes of events that are missing now; None where none is.
    """

    counts: Counts
    backfill: BackfillStatus
    missed: BackfillMode | None

    def delivery(self, seen: Delivery | None, *, log_is_read: bool) -> Delivery | None:
        """What arrived, and what should have.

        Args:
            seen: What arrived.
            log_is_read: Whether the System Log was read to its end this period.
        """
        if seen is None:
            return None
        said = self.backfill
        is_searched = said.mode != "Off" and said.since is not None and said.message is None
        return replace(seen, missed=self.missed, quiet=log_is_read and is_searched and self.missed is None)

    def deliveries(self, numbers: Deliveries | None) -> Deliveries | None:
        """The same in numbers."""
        counts = self.counts
        if numbers is None and not counts.missed:
            return None
        return (numbers or Deliveries()).model_copy(update={"missed": counts.missed, "filled": counts.filled})


@dataclass(frozen=True)
class GapAttendant:
    """Lets hooks that have a receiver of the operator's be searched.

    Args:
        session: Carries what is asked of pods.
        searches: The searches.
    """

    session: aiohttp.ClientSession = field(repr=False)
    searches: GapSearches

    def look(
        self, hook: HookObject, wanted: Desired, shown: Hook | None, log: SystemLog | None, admin: AdminPorts | None
    ) -> None:
        """A hook was looked at.

        Args:
            hook: Its object.
            wanted: The hook as it is to be.
            shown: The hook as Okta shows it; None where there is none, or Okta could not be asked.
            log: The organisation's log; None where it could not be reached.
            admin: Where its processes are asked; None where they do not answer.
        """
        if not wanted.managed_receiver:
            self.end(hook)
            return
        seen = SeenOfHook(
            around=_surroundings(hook, wanted, shown),
            log=PagedSearch(log) if log is not None else None,
            pod=admin.pod(self.session) if admin is not None and not wanted.suspended else None,
        )
        self.searches.look(hook, seen)

    def end(self, hook: HookObject) -> None:
        """A hook goes."""
        self.searches.end(hook.metadata.uid)

    def readers(self, hook: HookObject) -> Sequence[LogReader]:
        """Who of a hook reads along with its organisation's poll."""
        return self.searches.readers(hook.metadata.uid)

    def seen(self, hook: HookObject, wanted: Desired, now: datetime) -> GapsSeen | None:
        """What is to be said of a hook's gaps; None where nobody looks for any."""
        found = self.searches.found(hook.metadata.uid)
        if found is None:
            return None
        mode, standing = _mode(hook), found.standing
        message = " ".join(_sentences(found.trouble, wanted)) if mode != "Off" else ""
        return GapsSeen(
            standing.counts, told(standing, mode, message), mode if _is_missing(standing, mode, now) else None
        )


def _sentences(trouble: str, wanted: Desired) -> Iterator[str]:
    if trouble:
        yield f"The search goes on in a while, and nothing is lost by that: {trouble}."
    reasons = _filters(wanted).unreadable
    if reasons:
        first = min(reasons)
        yield (
            f"Of {', '.join(sorted(reasons))}, events that did not come are counted as undecided and not brought: a"
            " filter that the operator can't evaluate may have left them out. The filter of"
            f" {first}: {reasons[first]}."
        )


def _surroundings(hook: HookObject, wanted: Desired, shown: Hook | None) -> Surroundings:
    delivery = hook.spec.delivery or DeliverySpec()
    trusted = shown is not None and (shown.status, shown.verification_status) == ("ACTIVE", "VERIFIED")
    return Surroundings(
        hook_id=shown.id if shown is not None else hook.status.hook_id or "",
        wanted=wanted.definition.event_types,
        accepted=shown.definition.event_types if shown is not None else frozenset(),
        verified=trusted and shown is not None and shown.definition.uri == wanted.definition.uri,
        active=wanted.active,
        mode=_mode(hook),
        filters=_filters(wanted),
        history=to_timedelta(delivery.history) if delivery.history is not None else timedelta(),
    )


def _filters(wanted: Desired) -> Filters:
    conditions, unreadable = dict[str, Condition](), dict[str, str]()
    for event_type, expression in wanted.definition.filters.items():
        try:
            conditions[event_type] = filter_of(expression)
        except NotEvaluated as reason:
            unreadable[event_type] = str(reason)
    return Filters(conditions, unreadable)


def _mode(hook: HookObject) -> BackfillMode:
    delivery = hook.spec.delivery
    return (delivery.backfill if delivery is not None else None) or "Repair"


def _is_missing(standing: Standing, mode: BackfillMode, now: datetime) -> bool:
    """Whether events are missing that are still to be brought, or were found to be missing a short time ago."""
    if mode == "Off" or standing.missed_at is None:
        return False
    tells_for = _FILLED_TELLS_FOR if mode == "Repair" else _COUNTED_TELLS_FOR
    oldest = standing.to_search.oldest
    found_ns = nanoseconds(standing.missed_at - _EPOCH)
    return now - standing.missed_at < tells_for or (oldest is not None and oldest.since_ns <= found_ns)
