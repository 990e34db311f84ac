"""What the status says: each condition from what was seen, Ready from all of them, times from changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from okta_hooks.api.conditions import ConditionType, Reason
from okta_hooks.api.values import Condition
from okta_hooks.reconcile.conditions import conditions
from okta_hooks.reconcile.evidence import Delivery, Evidence, Receivers, SinkState, Synchronization
from okta_hooks.reconcile.observed import Reachability, Verifications
from okta_hooks.reconcile.problem import Problem
from okta_hooks.system_log.chronicle import Done, HookChronicle
from okta_hooks.system_log.seen import FAILURES_HOLD, LogSeen
from unit.okta_hooks.reconcile.okta_model import NOW, REACHED, URI, WANTED, hook

FINE = Evidence(
    wanted=WANTED,
    synchronization=Synchronization(hook()),
    receivers=Receivers(wanted=1, ready=1),
    reachability=REACHED,
    delivery=Delivery(last_event_at=NOW),
    sinks=(SinkState("siem"),),
)
UNVERIFIED = Synchronization(hook(verification_status="UNVERIFIED"))
FAILING = LogSeen(HookChronicle(3, int(NOW.timestamp()) * 10**9, "timed out"), failed_at=NOW)
REFUSED = Reachability(
    URI, NOW, Reason.CONNECTION_REFUSED, "Nobody listens: see the Ingress.", failing_since=NOW - timedelta(minutes=1)
)
NEW = replace(REFUSED, failing_since=NOW - timedelta(seconds=14))
BROKEN = replace(REFUSED, failing_since=NOW, reached_at=NOW - timedelta(minutes=5))
TAKEN = Problem(Reason.NAME_TAKEN, "Choose another displayName.", for_people=True)
DOWN = Problem(Reason.OKTA_UNAVAILABLE, "Okta is down.")


def _said(seen: Evidence, previous: tuple[Condition, ...] = ()) -> dict[str, tuple[str, str]]:
    return {each.type: (each.status, each.reason) for each in conditions(seen, previous, generation=3, now=NOW)}


@pytest.mark.parametrize(
    ("seen", "kind", "status", "reason"),
    [
        (replace(FINE, synchronization=Synchronization()), "Synced", "Unknown", "Pending"),
        (replace(FINE, synchronization=Synchronization(hook(), problem=TAKEN)), "Synced", "False", "NameTaken"),
        (replace(FINE, synchronization=Synchronization(hook(), ("filters",))), "Synced", "Unknown", "Progressing"),
        (
            replace(
                FINE,
                wanted=replace(WANTED, observe_only=True),
                synchronization=Synchronization(hook(), ("filters",)),
            ),
            "Synced",
            "False",
            "DriftDetected",
        ),
        (replace(FINE, wanted=replace(WANTED, suspended=True)), "Synced", "False", "Suspended"),
        (replace(FINE, receivers=Receivers(1, 0)), "ReceiverReady", "False", "Progressing"),
        (replace(FINE, receivers=Receivers(2, 1)), "ReceiverReady", "True", "Receiving"),
        (replace(FINE, receivers=Receivers(3, 1)), "ReceiverReady", "False", "Progressing"),
        (
            replace(FINE, receivers=Receivers(1, 0, Problem(Reason.CRASH_LOOPING, "See its log."))),
            "ReceiverReady",
            "False",
            "CrashLooping",
        ),
        (
            replace(FINE, receivers=Receivers(1, 1, warning=Problem(Reason.JOURNAL_DAMAGED, "See the volume."))),
            "ReceiverReady",
            "True",
            "JournalDamaged",
        ),
        (replace(FINE, delivery=Delivery(NOW, held_back="One is held.")), "Delivering", "True", "EventsHeldBack"),
        (replace(FINE, delivery=Delivery(held_back="One is held.")), "Delivering", "Unknown", "NoEventsYet"),
        (replace(FINE, lost=Problem(Reason.EVENTS_LOST, "Fill back.")), "SinksHealthy", "False", "EventsLost"),
        (replace(FINE, files_damaged="A file is kept."), "SinksHealthy", "True", "FilesDamaged"),
        (
            replace(
                FINE, sinks=(SinkState("siem", Reason.BACKLOGGED),), lost=Problem(Reason.EVENTS_LOST, "Fill back.")
            ),
            "SinksHealthy",
            "False",
            "Backlogged",
        ),
        (replace(FINE, wanted=replace(WANTED, managed_receiver=False)), "ReceiverReady", "True", "External"),
        (replace(FINE, reachability=None), "EndpointReachable", "Unknown", "Pending"),
        (
            replace(FINE, reachability=replace(REACHED, at=NOW - timedelta(minutes=16))),
            "EndpointReachable",
            "Unknown",
            "Pending",
        ),
        (
            replace(FINE, reachability=REFUSED, synchronization=UNVERIFIED),
            "EndpointReachable",
            "False",
            "ConnectionRefused",
        ),
        (replace(FINE, reachability=NEW, synchronization=UNVERIFIED), "EndpointReachable", "Unknown", "Progressing"),
        (replace(FINE, reachability=REFUSED), "EndpointReachable", "Unknown", "NotReachableFromCluster"),
        (replace(FINE, reachability=BROKEN), "EndpointReachable", "False", "ConnectionRefused"),
        (
            replace(FINE, reachability=BROKEN, delivery=Delivery(last_event_at=NOW + timedelta(seconds=1))),
            "EndpointReachable",
            "Unknown",
            "NotReachableFromCluster",
        ),
        (
            replace(FINE, reachability=REFUSED, log=FAILING),
            "EndpointReachable",
            "False",
            "ConnectionRefused",
        ),
        (
            replace(FINE, reachability=replace(REACHED, warning=Reason.CERTIFICATE_EXPIRING, detail="Renew it.")),
            "EndpointReachable",
            "True",
            "CertificateExpiring",
        ),
        (replace(FINE, wanted=replace(WANTED, probe=False)), "EndpointReachable", "Unknown", "ProbeOff"),
        (replace(FINE, synchronization=UNVERIFIED), "Verified", "False", "AwaitingEndpoint"),
        (
            replace(FINE, wanted=replace(WANTED, observe_only=True), synchronization=UNVERIFIED),
            "Verified",
            "False",
            "NotVerified",
        ),
        (
            replace(FINE, synchronization=UNVERIFIED, verifications=Verifications(1, NOW)),
            "Verified",
            "False",
            "ChallengeFailed",
        ),
        (
            replace(FINE, synchronization=Synchronization(hook(uri="https://old.example.com/"))),
            "Verified",
            "False",
            "UrlChanged",
        ),
        (replace(FINE, delivery=None), "Delivering", "Unknown", "Pending"),
        (
            replace(FINE, wanted=replace(WANTED, managed_receiver=False), delivery=None),
            "Delivering",
            "Unknown",
            "External",
        ),
        (replace(FINE, delivery=Delivery()), "Delivering", "Unknown", "NoEventsYet"),
        (replace(FINE, delivery=Delivery(NOW - timedelta(minutes=59))), "Delivering", "True", "Delivering"),
        (replace(FINE, delivery=Delivery(NOW - timedelta(minutes=61))), "Delivering", "Unknown", "NoEventsYet"),
        (replace(FINE, delivery=Delivery(quiet=True)), "Delivering", "True", "Delivering"),
        (replace(FINE, delivery=Delivery(NOW, missed="Repair")), "Delivering", "False", "EventsMissed"),
        (replace(FINE, log=FAILING), "Delivering", "False", "DeliveryFailures"),
        (replace(FINE, delivery=None, log=FAILING), "Delivering", "False", "DeliveryFailures"),
        (replace(FINE, log=replace(FAILING, failed_at=NOW - FAILURES_HOLD)), "Delivering", "True", "Delivering"),
        (replace(FINE, delivery=Delivery(NOW, capped=True)), "Delivering", "False", "DailyCapReached"),
        (
            replace(FINE, synchronization=Synchronization(hook(status="INACTIVE"), ("state",))),
            "Delivering",
            "False",
            "Deactivated",
        ),
        (
            replace(FINE, sinks=(SinkState("siem", Reason.SINK_REJECTING, "Wrong token."),)),
            "SinksHealthy",
            "False",
            "SinkRejecting",
        ),
    ],
)
def test_a_condition_says_what_was_seen(seen: Evidence, kind: str, status: str, reason: str) -> None:
    assert _said(seen)[kind] == (status, reason)


class TestDelivering:
    """It claims what was seen, and no more."""

    def test_while_events_come_it_names_the_last_and_leaves_open_whether_all_have_come(self) -> None:
        said = _message(replace(FINE, delivery=Delivery(NOW)), ConditionType.DELIVERING)
        assert said == (
            "The last event came at 2026-11-01T12:00:00Z. Whether every event has come is not known: the System Log was"
            " not read yet."
        )

    def test_of_an_event_long_ago_it_names_the_moment(self) -> None:
        said = _message(replace(FINE, delivery=Delivery(NOW - timedelta(days=3))), ConditionType.DELIVERING)
        assert "2026-10-29T12:00:00Z" in said


class TestWhoIsInTheWay:
    """What could not be looked at says why."""

    @pytest.mark.parametrize(
        "kind",
        [
            ConditionType.RECEIVER_READY,
            ConditionType.ENDPOINT_REACHABLE,
            ConditionType.VERIFIED,
            ConditionType.DELIVERING,
            ConditionType.SINKS_HEALTHY,
        ],
    )
    def test_an_organisation_that_is_in_the_way_is_named_with_its_reason(self, kind: ConditionType) -> None:
        seen = Evidence(WANTED, Synchronization(problem=DOWN), blocker="OktaOrg security/default")
        assert _said(seen)[kind] == ("Unknown", "OktaUnavailable")
        assert "OktaOrg security/default is in the way (OktaUnavailable)" in _message(seen, kind)

    def test_the_hook_itself_may_be(self) -> None:
        missing = Problem(Reason.SECRET_MISSING, "There is no Secret.", for_people=True)
        said = _message(Evidence(WANTED, Synchronization(problem=missing)), ConditionType.VERIFIED)
        assert "the hook itself is in the way (SecretMissing)" in said

    def test_where_okta_has_shown_that_it_has_no_hook_nobody_is(self) -> None:
        seen = replace(FINE, synchronization=Synchronization(problem=TAKEN, listed=True), blocker="OktaOrg a/b")
        assert _message(seen, ConditionType.VERIFIED) == "There is no hook in Okta yet: see Synced."


class TestReady:
    def test_it_is_ready_when_all_that_applies_holds(self) -> None:
        assert _said(FINE)["Ready"] == ("True", "Ready")

    def test_the_first_that_fails_in_the_order_of_the_table_gives_the_reason(self) -> None:
        seen = replace(
            FINE,
            receivers=Receivers(1, 0, Problem(Reason.JOURNAL_FULL, "Make room.")),
            synchronization=UNVERIFIED,
            sinks=(SinkState("siem", Reason.BACKLOGGED, "Behind."),),
        )
        assert _said(seen)["Ready"] == ("False", "JournalFull")

    def test_a_failure_outranks_what_is_not_known_yet(self) -> None:
        seen = replace(FINE, synchronization=Synchronization(), receivers=Receivers(1, 0))
        assert _said(seen)["Ready"] == ("False", "Progressing")

    @pytest.mark.parametrize(
        "seen",
        [
            replace(FINE, delivery=Delivery()),
            replace(FINE, reachability=REFUSED),
            replace(FINE, wanted=replace(WANTED, probe=False), reachability=None),
            replace(FINE, wanted=replace(WANTED, managed_receiver=False), receivers=None, sinks=None),
            replace(
                FINE,
                wanted=replace(WANTED, active=False),
                synchronization=Synchronization(hook(status="INACTIVE", verification_status="UNVERIFIED")),
                reachability=None,
            ),
        ],
        ids=[
            "no events yet",
            "only Okta gets through",
            "probe off",
            "an endpoint of one's own",
            "meant to be inactive",
        ],
    )
    def test_what_is_no_sign_of_harm_does_not_lower_it(self, seen: Evidence) -> None:
        assert _said(seen)["Ready"] == ("True", "Ready")

    def test_it_is_unknown_before_anything_was_seen(self) -> None:
        assert _said(Evidence(wanted=WANTED))["Ready"] == ("Unknown", "Pending")


class TestProgress:
    def test_what_holds_is_neither_reconciling_nor_stalled(self) -> None:
        assert not {"Reconciling", "Stalled"} & set(_said(FINE))

    def test_what_may_pass_is_reconciling(self) -> None:
        said = _said(replace(FINE, synchronization=Synchronization(problem=DOWN)))
        assert said["Reconciling"] == ("True", "OktaUnavailable")
        assert "Stalled" not in said

    def test_what_needs_people_is_stalled(self) -> None:
        said = _said(replace(FINE, synchronization=Synchronization(problem=TAKEN)))
        assert said["Stalled"] == ("True", "NameTaken")
        assert "Reconciling" not in said

    def test_what_is_suspended_is_neither(self) -> None:
        assert not {"Reconciling", "Stalled"} & set(_said(replace(FINE, wanted=replace(WANTED, suspended=True))))


class TestTransitions:
    def test_the_time_stays_while_the_status_does(self) -> None:
        first = conditions(FINE, (), generation=3, now=NOW)
        later = conditions(FINE, first, generation=4, now=NOW + timedelta(minutes=1))
        assert [each.last_transition_time for each in later] == [each.last_transition_time for each in first]
        assert {each.observed_generation for each in later} == {4}

    def test_another_reason_is_no_transition(self) -> None:
        before = conditions(replace(FINE, receivers=Receivers(1, 0)), (), generation=3, now=NOW)
        other = replace(FINE, receivers=Receivers(1, 0, Problem(Reason.CRASH_LOOPING, "See its log.")))
        after = conditions(other, before, generation=3, now=NOW + timedelta(hours=1))
        assert _time(after) == _time(before)

    def test_another_status_is_one(self) -> None:
        before = conditions(replace(FINE, receivers=Receivers(1, 0)), (), generation=3, now=NOW)
        after = conditions(FINE, before, generation=3, now=NOW + timedelta(hours=1))
        assert (_time(before), _time(after)) == ("2026-11-01T12:00:00Z", "2026-11-01T13:00:00Z")


@pytest.mark.parametrize(
    "seen",
    [
        Evidence(wanted=WANTED),
        replace(FINE, receivers=Receivers(1, 0), synchronization=UNVERIFIED, log=FAILING),
        replace(FINE, synchronization=Synchronization(hook(), problem=TAKEN)),
    ],
)
def test_whatever_does_not_hold_says_what_to_do_next(seen: Evidence) -> None:
    asking = ("see ", "Choose", "describe", "Sign in", "waits", "Set ", "again by itself")
    for condition in conditions(seen, (), generation=1, now=NOW):
        if condition.status != "True":
            assert any(word in condition.message for word in asking), condition


def _message(seen: Evidence, kind: ConditionType) -> str:
    return next(each.message for each in conditions(seen, (), generation=3, now=NOW) if each.type == kind)


def _time(said: tuple[Condition, ...]) -> str:
    return next(each.last_transition_time for each in said if each.type == ConditionType.RECEIVER_READY)


def test_delivering_tells_how_often_okta_gave_up_and_why() -> None:
    message = _message(replace(FINE, log=FAILING), ConditionType.DELIVERING)
    assert "(3 in all)" in message
    assert "(timed out)" in message


def test_delivering_names_who_deactivated_the_hook() -> None:
    deactivated = LogSeen(HookChronicle(done={"deactivated": Done("eve@example.com", 1)}))
    seen = replace(FINE, synchronization=Synchronization(hook(status="INACTIVE"), ("state",)), log=deactivated)
    assert _message(seen, ConditionType.DELIVERING).startswith("eve@example.com deactivated the hook")


@pytest.mark.parametrize(
    ("log", "why"),
    [
        (LogSeen(), "the System Log was not read yet"),
        (LogSeen(trouble="read system log: no"), "cannot be read (read system log: no)"),
        (LogSeen(read_through_at=NOW), "events are not compared with the System Log"),
    ],
)
def test_delivering_tells_why_nobody_knows_whether_every_event_came(log: LogSeen, why: str) -> None:
    assert why in _message(replace(FINE, log=log), ConditionType.DELIVERING)
