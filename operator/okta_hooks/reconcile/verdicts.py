"""Each condition of an OktaEventHook, judged by what was seen. Pure; one function a condition."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from okta_hooks.api.conditions import ConditionType, Reason
from okta_hooks.okta.port import Hook
from okta_hooks.reconcile.evidence import Delivery, Evidence
from okta_hooks.reconcile.observed import Reachability
from okta_hooks.reconcile.plan import drift_detected
from okta_hooks.reconcile.timestamps import timestamp
from okta_hooks.reconcile.verdict import Verdict, bad, because_of, good, unclear
from okta_hooks.reconcile.verification import PROBE_EVERY, SETTLES
from okta_hooks.system_log.chronicle import HookChronicle

ORDER = (
    ConditionType.SYNCED,
    ConditionType.RECEIVER_READY,
    ConditionType.ENDPOINT_REACHABLE,
    ConditionType.VERIFIED,
    ConditionType.DELIVERING,
    ConditionType.SINKS_HEALTHY,
)
"""In which Ready looks for the first that fails."""

EVENTS_HOLD = timedelta(hours=1)
"""For how long an event that has come shows that events come."""
PROBE_HOLDS = 3 * PROBE_EVERY
"""For how long our own challenge shows how the endpoint answers."""


def judge(seen: Evidence, now: datetime) -> dict[ConditionType, Verdict]:
    """Every condition but Ready, Reconciling and Stalled."""
    return {
        ConditionType.SYNCED: synced(seen),
        ConditionType.RECEIVER_READY: receiver_ready(seen),
        ConditionType.ENDPOINT_REACHABLE: endpoint_reachable(seen, now),
        ConditionType.VERIFIED: verified(seen),
        ConditionType.DELIVERING: delivering(seen, now),
        ConditionType.SINKS_HEALTHY: sinks_healthy(seen),
    }


def synced(seen: Evidence) -> Verdict:
    """Whether Okta's hook equals the spec."""
    state = seen.synchronization
    if state.problem is not None:
        return because_of(state.problem)
    if state.hook is None:
        return unclear(Reason.PENDING, "Okta was not asked yet; if this stays, see the operator's log.")
    if state.drift and seen.wanted.observe_only:
        return because_of(drift_detected(state.drift))
    if state.drift:
        return unclear(Reason.PROGRESSING, f"Okta is being given: {', '.join(state.drift)}.")
    note = ""
    if state.unknown_types:
        note = f" Not known to this version as eligible, and taken by Okta: {', '.join(state.unknown_types)}."
    return good(Reason.SYNCED, f"The hook in Okta equals the spec.{note}")


def receiver_ready(seen: Evidence) -> Verdict:
    """Whether enough receivers can write to their journal."""
    if not seen.wanted.managed_receiver:
        return good(Reason.EXTERNAL, "The endpoint is your own; the operator runs no receiver.")
    pods = seen.receivers
    if pods is None:
        return _not_looked_at(seen, "The receiver was not looked at yet; if this stays, see the operator's log.")
    several = f"{pods.ready} of {pods.wanted} receivers can write to their journal."
    if pods.is_enough:
        said = several if pods.wanted > 1 else "The receiver can write to its journal."
        reason, warning = (pods.warning.reason, pods.warning.message) if pods.warning else (Reason.RECEIVING, "")
        return good(reason, " ".join(filter(None, (said, warning, pods.can_lose))))
    if pods.problem is not None:
        return because_of(pods.problem)
    if pods.ready:
        return bad(Reason.PROGRESSING, f"{several} If this stays, describe the pods of the others.")
    return bad(Reason.PROGRESSING, "The receiver is starting; if this stays, describe its pod.")


def endpoint_reachable(seen: Evidence, now: datetime) -> Verdict:
    """Whether our own challenge to the public address was answered as Okta expects."""
    if not seen.wanted.probe:
        return unclear(Reason.PROBE_OFF, "The operator does not call the public address: exposure.probe is Off.")
    if not seen.wanted.active:
        return unclear(Reason.INACTIVE, "The operator calls the public address of active hooks only.")
    last = seen.reachability
    if last is None or last.uri != seen.wanted.definition.uri or now - last.at > PROBE_HOLDS:
        return _not_looked_at(seen, "The public address was not called this period: see Synced and ReceiverReady.")
    return _as_called(seen, last, now)


def _as_called(seen: Evidence, last: Reachability, now: datetime) -> Verdict:
    if last.problem is None and last.warning is not None:
        return good(last.warning, last.detail)
    if last.problem is None:
        return good(Reason.REACHABLE, f"{last.uri} answered the operator's challenge as Okta expects.")
    if _okta_gets_through(seen, now):
        return unclear(
            Reason.NOT_REACHABLE_FROM_CLUSTER,
            f"Okta reaches the endpoint and the operator does not: {last.detail} Set exposure.probe: Off if the cluster"
            " cannot reach its own public name.",
        )
    if last.reached_at is None and last.failing_since is not None and now - last.failing_since < SETTLES:
        return unclear(
            Reason.PROGRESSING,
            f"Not yet: {last.detail} A new address may need some seconds, and is called again by itself.",
        )
    return bad(last.problem, last.detail)


def verified(seen: Evidence) -> Verdict:
    """Whether Okta says VERIFIED for this address."""
    hook = seen.synchronization.hook
    if hook is None and not seen.synchronization.listed:
        return _not_looked_at(seen, "Okta was not asked yet; if this stays, see the operator's log.")
    if hook is None:
        return unclear(Reason.PENDING, "There is no hook in Okta yet: see Synced.")
    if hook.definition.uri != seen.wanted.definition.uri:
        return bad(Reason.URL_CHANGED, f"Okta still calls {hook.definition.uri}: see Synced.")
    if hook.verification_status == "VERIFIED":
        return good(Reason.VERIFIED, f"Okta trusts {hook.definition.uri}.")
    return _unverified(seen, hook)


def _unverified(seen: Evidence, hook: Hook) -> Verdict:
    if hook.status == "INACTIVE":
        return unclear(Reason.INACTIVE, "Okta verifies active hooks only: set state to Active.")
    if seen.wanted.observe_only:
        return bad(
            Reason.NOT_VERIFIED,
            "Okta has not verified the endpoint, and managementPolicy Observe does not ask it to: verify it in Okta, or"
            " set managementPolicy: Manage.",
        )
    if seen.verifications.failures:
        return bad(
            Reason.CHALLENGE_FAILED,
            "Okta's challenge to the endpoint failed. See EndpointReachable; where it is True, see whether a firewall"
            " lets Okta's addresses in. Okta is asked again by itself.",
        )
    return bad(Reason.AWAITING_ENDPOINT, "Okta is asked to verify once the endpoint answers: see EndpointReachable.")


def delivering(seen: Evidence, now: datetime) -> Verdict:
    """Whether events arrive, or none were due. Nothing is said of what should have come and was not looked for."""
    hook, delivery = seen.synchronization.hook, seen.delivery
    if not seen.wanted.active:
        return unclear(Reason.INACTIVE, "Okta delivers nothing: state is Inactive.")
    if hook is not None and hook.status == "INACTIVE":
        who = seen.log.who("deactivated") or "Somebody"
        return bad(Reason.DEACTIVATED, f"{who} deactivated the hook in Okta, which delivers nothing: see Synced.")
    failure = next((verdict for holds, verdict in _failures(seen, delivery or Delivery(), now) if holds), None)
    if failure is not None:
        return failure
    if delivery is None and not seen.wanted.managed_receiver:
        return unclear(Reason.EXTERNAL, "Events go to your own endpoint, where the operator does not see them.")
    if delivery is None:
        return _not_looked_at(seen, "The receiver has not said yet what has come: see ReceiverReady.")
    return _with_held_back(_arriving(seen, delivery, now), delivery.held_back)


def _with_held_back(verdict: Verdict, held_back: str) -> Verdict:
    """Whatever else is said, nothing that came is held back in silence."""
    if not held_back:
        return verdict
    reason = Reason.EVENTS_HELD_BACK if verdict.status == "True" else verdict.reason
    return replace(verdict, reason=reason, message=f"{verdict.message} {held_back}")


def _arriving(seen: Evidence, delivery: Delivery, now: datetime) -> Verdict:
    """That events came, which the receiver can tell, or that none was due, which only the System Log can."""
    last = delivery.last_event_at
    if delivery.quiet and last is not None:
        return good(
            Reason.DELIVERING,
            f"The System Log shows no event that was due and has not come; the last came at {timestamp(last)}.",
        )
    if delivery.quiet:
        return good(Reason.DELIVERING, "The System Log shows no event that was due and has not come.")
    if last is None:
        return unclear(Reason.NO_EVENTS_YET, "No event has come yet. Sign in at the organization to see one come.")
    if now - last > EVENTS_HOLD:
        return unclear(
            Reason.NO_EVENTS_YET,
            f"No event has come within an hour; the last came at {timestamp(last)}. Whether one was due is not"
            f" known: {_unread(seen, now)}.",
        )
    return good(
        Reason.DELIVERING,
        f"The last event came at {timestamp(last)}. Whether every event has come is not known: {_unread(seen, now)}.",
    )


def _unread(seen: Evidence, now: datetime) -> str:
    """Why the System Log shows nothing."""
    if seen.log.trouble:
        return f"the System Log cannot be read ({seen.log.trouble})"
    is_read = seen.log.is_current(now)
    return "events are not compared with the System Log" if is_read else "the System Log was not read yet"


def _failures(seen: Evidence, delivery: Delivery, now: datetime) -> tuple[tuple[bool, Verdict], ...]:
    """What may be wrong with deliveries, the worst first, and whether it is."""
    return (
        (
            delivery.capped,
            bad(
                Reason.DAILY_CAP_REACHED,
                "The organization has used up its 400,000 events of 24 hours: Okta delivers none until then. Subscribe"
                " to fewer event types, or filter.",
            ),
        ),
        (
            delivery.missed is not None,
            bad(Reason.EVENTS_MISSED, _missed(delivery)),
        ),
        (
            seen.log.is_failing(now),
            bad(Reason.DELIVERY_FAILURES, _gave_up(seen.log.told)),
        ),
    )


def _gave_up(told: HookChronicle) -> str:
    last = datetime.fromtimestamp(told.failed_at_ns // 10**9, UTC)
    reason = f" ({told.reason})" if told.reason else ""
    return (
        f"Okta has given up deliveries to this hook ({told.failures} in all), the last at {timestamp(last)}{reason}:"
        " see EndpointReachable."
    )


def _missed(delivery: Delivery) -> str:
    becomes = (
        "delivery.backfill is DetectOnly, so they are counted and not brought"
        if delivery.missed == "DetectOnly"
        else "they are brought from there, see status.backfill"
    )
    return (
        f"The System Log has events that Okta had to deliver and that never came: {becomes}. Why they did not come is"
        " in EndpointReachable and Verified."
    )


def sinks_healthy(seen: Evidence) -> Verdict:
    """Whether no sink is behind its limit or refuses."""
    if not seen.wanted.managed_receiver:
        return good(Reason.EXTERNAL, "The endpoint is your own; the operator feeds no sinks.")
    if seen.feeding:
        return because_of(seen.feeding[0])
    if seen.sinks is None:
        return _not_looked_at(seen, "The dispatcher was not looked at yet; if this stays, describe its pod.")
    ailing = sorted((sink for sink in seen.sinks if sink.problem is not None), key=lambda sink: not sink.for_people)
    if not ailing:
        return _after_damage(seen)
    first = ailing[0]
    others = f" Also ailing: {', '.join(sink.name for sink in ailing[1:])}." if ailing[1:] else ""
    sentence = f"Sink {first.name}: {first.detail}{others}"
    return Verdict("False", first.problem or Reason.SINK_UNAVAILABLE, sentence, for_people=first.for_people)


def _after_damage(seen: Evidence) -> Verdict:
    """What is to be said of sinks that all take their events."""
    if seen.lost is not None:
        return because_of(seen.lost)
    if seen.files_damaged:
        return good(Reason.FILES_DAMAGED, f"Every sink takes its events. {seen.files_damaged}")
    return good(Reason.HEALTHY, "Every sink takes its events.")


def _not_looked_at(seen: Evidence, otherwise: str) -> Verdict:
    """Who was in the way of looking; another sentence where nobody was."""
    state = seen.synchronization
    if state.problem is None or state.listed:
        return unclear(Reason.PENDING, otherwise)
    return unclear(
        state.problem.reason,
        f"Not known: {seen.blocker or 'the hook itself'} is in the way ({state.problem.reason}), see Synced.",
    )


def _okta_gets_through(seen: Evidence, now: datetime) -> bool:
    """Okta's own evidence about this very address: it verified it, or delivers without failures.

    What the operator reached and reaches no more has broken since Okta verified it: then only an event that came
    after that says otherwise.
    """
    hook, delivery, ours = seen.synchronization.hook, seen.delivery or Delivery(), seen.reachability
    if hook is None or hook.definition.uri != seen.wanted.definition.uri or hook.verification_status != "VERIFIED":
        return False
    if seen.log.is_failing(now) or delivery.missed is not None:
        return False
    if ours is None or ours.reached_at is None or ours.failing_since is None:
        return True
    return delivery.last_event_at is not None and delivery.last_event_at > ours.failing_since
