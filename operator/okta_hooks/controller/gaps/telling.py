"""The standing of a search as a status says it, and as another process reads it from there. Pure."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime, timedelta

from okta_hooks.api.delivery import LONGEST_MESSAGE, BackfillMode, BackfillStatus, SubscribedTypes, TimeSpan
from okta_hooks.api.hook_status import OktaEventHookStatus
from okta_hooks.reconcile.timestamps import timestamp
from okta_hooks.system_log.standing import Counts, Standing
from okta_hooks.system_log.subscription import Subscription
from okta_hooks.system_log.windows import MILLISECOND, Window, Windows, nanoseconds

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def told(standing: Standing, mode: BackfillMode, message: str) -> BackfillStatus:
    """What a status says; its counts of events that were missed and filled are beside those of deliveries."""
    return BackfillStatus(
        mode=mode,
        message=message[:LONGEST_MESSAGE] or None,
        undecided=standing.counts.undecided,
        history=standing.counts.history,
        last_missed_time=timestamp(standing.missed_at) if standing.missed_at is not None else None,
        to_search=[_span(window) for window in standing.to_search.all] or None,
        history_to_bring=_span(standing.history) if standing.history is not None else None,
        judged_until=_written(standing.judged_until_ns) if standing.judged_until_ns else None,
        since=_written(standing.began_ns) if standing.began_ns is not None else None,
        subscribed=_subscribed(standing.subscription) or None,
    )


def standing(status: OktaEventHookStatus) -> Standing:
    """Where the search stands of which a status speaks."""
    said, deliveries = status.backfill, status.deliveries
    if said is None:
        return Standing()
    return Standing(
        began_ns=_read(said.since) if said.since is not None else None,
        subscription=Subscription(
            {each: _read(types.since) for types in said.subscribed or () for each in types.event_types}
        ),
        to_search=Windows(tuple(_window(span) for span in said.to_search or ())),
        history=_window(said.history_to_bring) if said.history_to_bring is not None else None,
        judged_until_ns=_read(said.judged_until) if said.judged_until is not None else 0,
        counts=Counts(
            missed=deliveries.missed if deliveries is not None else 0,
            filled=deliveries.filled if deliveries is not None else 0,
            undecided=said.undecided,
            history=said.history,
        ),
        missed_at=datetime.fromisoformat(said.last_missed_time) if said.last_missed_time is not None else None,
    )


def _subscribed(subscription: Subscription) -> list[SubscribedTypes]:
    types = defaultdict[int, list[str]](list)
    for event_type, since in sorted(subscription.since_ns.items()):
        types[since].append(event_type)
    return [SubscribedTypes(since=_written(since), event_types=types[since]) for since in sorted(types)]


def _span(window: Window) -> TimeSpan:
    return TimeSpan(since=_written(window.since_ns), until=_written(window.until_ns))


def _window(span: TimeSpan) -> Window:
    return Window(_read(span.since), _read(span.until))


def _written(moment_ns: int) -> str:
    """RFC 3339 in UTC, in the whole milliseconds that every moment of a search has."""
    moment = _EPOCH + timedelta(milliseconds=moment_ns // MILLISECOND)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _read(moment: str) -> int:
    return nanoseconds(datetime.fromisoformat(moment) - _EPOCH)
