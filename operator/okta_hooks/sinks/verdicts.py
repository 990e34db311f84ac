"""What verdicts on single events say of a batch. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from okta_hooks.sinks.port import Answer, Delivered, EventAnswer, Judged, Paused, Refused, RefusedForGood, Retry

Verdict = Delivered | Retry | Paused | Refused
"""What one answer says of all that it answers."""


def together(verdicts: Sequence[Verdict]) -> Answer:
    """What verdicts on each event of a batch say of the batch.

    An event is refused for good only beside others that were taken. Where none was, it may as well be the
    configuration that is at fault: then the batch is paused or refused whole, and no event becomes a dead letter here.
    """
    if all(isinstance(verdict, Delivered) for verdict in verdicts):
        return Delivered()
    if any(isinstance(verdict, Delivered) for verdict in verdicts):
        return Judged(tuple(_of_event(verdict) for verdict in verdicts))
    return next(
        (verdict for kind in (Paused, Retry, Refused) for verdict in verdicts if isinstance(verdict, kind)),
        Delivered(),
    )


def _of_event(verdict: Verdict) -> EventAnswer:
    match verdict:
        case Refused(reason):
            return RefusedForGood(reason)
        case Paused(reason):
            return Retry(reason)  # asked again alone, it pauses the sink
    return verdict
