"""Putting together what one look found, for the status to be told from. Pure."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from okta_hooks.controller.gaps.attending import GapsSeen
from okta_hooks.controller.hooks.receiving import Received
from okta_hooks.controller.hooks.status import Report
from okta_hooks.controller.hooks.synchronizing import Outcome
from okta_hooks.controller.orgs.resolving import FoundOrg
from okta_hooks.controller.sinks.feeding import Feeding
from okta_hooks.reconcile.desired import Desired
from okta_hooks.reconcile.evidence import Evidence
from okta_hooks.system_log.seen import LogSeen


def report(
    wanted: Desired,
    outcome: Outcome,
    feeding: Feeding,
    *,
    org: FoundOrg | None,
    received: Received | None,
    log: LogSeen,
    blocker: str,
) -> Report:
    """What Okta, its System Log and the receiver say.

    Args:
        wanted: How the hook is to be.
        outcome: What came of bringing Okta into line.
        feeding: What feeds the sinks, as it is written.
        org: The organisation, once it was found.
        received: What runs for the hook in the cluster, as far as it was come to.
        log: What the organisation's System Log has told.
        blocker: Which objects may be in its way while the organisation is not found.
    """
    memory = outcome.state.memory
    sinks = received.sinks if received is not None else None
    of_its_own = org is not None and received is None  # such as the Secret that it names
    return Report(
        evidence=Evidence(
            wanted,
            synchronization=outcome.synchronization,
            receivers=received.receivers if received is not None else None,
            reachability=memory.reachability,
            verifications=memory.verifications,
            delivery=received.delivery if received is not None else None,
            sinks=sinks.states if sinks is not None else None,
            feeding=sinks.feeding if sinks is not None else feeding.routes,
            lost=sinks.lost if sinks is not None else None,
            files_damaged=sinks.files_damaged if sinks is not None else "",
            log=log,
            blocker="" if of_its_own else blocker,
        ),
        applied=outcome.state.applied,
        org=org.bound() if org is not None else None,
        listed_at=outcome.listed_at,
        deliveries=received.deliveries if received is not None else None,
        journal=received.journal if received is not None else None,
        sinks=sinks.statuses if sinks is not None else None,
        repairs=memory.repairs,
        handled=memory.wishes.handled,
    )


def with_gaps(report: Report, gaps: GapsSeen | None, now: datetime) -> Report:
    """The same with what is known of events that never came."""
    if gaps is None:
        return report
    evidence = report.evidence
    evidence = replace(evidence, delivery=gaps.delivery(evidence.delivery, log_is_read=evidence.log.is_current(now)))
    deliveries = gaps.deliveries(report.deliveries)
    return replace(report, evidence=evidence, deliveries=deliveries, backfill=gaps.backfill)
