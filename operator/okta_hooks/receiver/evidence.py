"""What a receiver has seen, as the operator reads it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Literal

from okta_hooks.admin.statistics import JournalStatistics, ReceiverStatistics, SecretSeen, Seen
from okta_hooks.admin.token import AdminToken
from okta_hooks.journal import JournalUnavailable
from okta_hooks.receiver.accepted import AcceptedSecrets
from okta_hooks.receiver.clock import ClockWatch
from okta_hooks.receiver.journal import OpenJournal
from okta_hooks.receiver.tally import Count, Tally


def evidence(
    *,
    started_at: datetime,
    tally: Tally,
    accepted: AcceptedSecrets,
    journal: OpenJournal,
    token: AdminToken,
    clock: ClockWatch,
) -> Callable[[], ReceiverStatistics]:
    """What gives the statistics of the moment."""

    def statistics() -> ReceiverStatistics:
        return ReceiverStatistics(
            started_at=started_at,
            requests=_seen({str(outcome): count for outcome, count in tally.outcomes.items()}),
            events={path: count.number for path, count in tally.events.items()}
            | {"quarantined": tally.quarantined.number},
            event_bytes=tally.event_bytes,
            last_event_at=_moment(max(count.last_ns for count in tally.events.values())),
            hook_ids=_seen(tally.hook_ids),
            secrets=_secrets(accepted, token),
            rotation_pending=accepted.rotation_pending,
            journal=_journal(journal),
            clock_jump=clock.jump,
        )

    return statistics


def _seen(counts: Mapping[str, Count]) -> dict[str, Seen]:
    return {name: Seen(count.number, _moment(count.last_ns)) for name, count in counts.items()}


def _secrets(accepted: AcceptedSecrets, token: AdminToken) -> tuple[SecretSeen, ...]:
    if accepted.secrets is None:
        return ()
    roles: tuple[Literal["current", "previous"], ...] = ("current", "previous")
    return tuple(
        SecretSeen(role, token.fingerprint(secret), _moment(accepted.seen_ns(secret)))
        for role, secret in zip(roles, accepted.secrets, strict=True)
        if secret is not None
    )


def _journal(journal: OpenJournal) -> JournalStatistics:
    usage, recovery = journal.appender.usage(), journal.recovery
    return JournalStatistics(
        used_bytes=usage.used_bytes,
        limit_bytes=usage.limit_bytes,
        newest=str(usage.newest),
        refusal=str(usage.refusal) if usage.refusal else None,
        weakness=usage.weakness,
        recovered_cut_bytes=recovery.cut_bytes if recovery else 0,
        damaged=usage.damaged,
        unavailable=isinstance(usage.refusal, JournalUnavailable),
    )


def _moment(unix_ns: int | None) -> datetime | None:
    return datetime.fromtimestamp(unix_ns / 1e9, UTC) if unix_ns else None
