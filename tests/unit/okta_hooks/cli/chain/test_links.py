"""The chain from Okta to the sinks, as a status tells it."""

from __future__ import annotations

import pytest
from pydantic import JsonValue

from okta_hooks.api.hook_status import OktaEventHookStatus
from okta_hooks.cli.chain.hook import Metadata
from okta_hooks.cli.chain.links import Chain, Link, Mark, chain

NOON = "2026-01-31T12:00:00Z"
METADATA = Metadata("sign-ins", "identity", generation=2)


def condition(kind: str, status: str = "True", reason: str = "Fine", message: str = "It is.") -> JsonValue:
    return {
        "type": kind,
        "status": status,
        "reason": reason,
        "message": message,
        "lastTransitionTime": NOON,
        "observedGeneration": 2,
    }


HEALTHY: dict[str, JsonValue] = {
    kind: condition(kind)
    for kind in (
        "Synced",
        "Verified",
        "EndpointReachable",
        "ReceiverReady",
        "Delivering",
        "SinksHealthy",
        "Ready",
    )
}


def told(*conditions: JsonValue, metadata: Metadata = METADATA, **parts: JsonValue) -> Chain:
    """The chain of a hook that is fine but for some conditions."""
    changed = {str(each["type"]): each for each in conditions if isinstance(each, dict)}
    status = {"observedGeneration": 2, "conditions": [*{**HEALTHY, **changed}.values()], **parts}
    return chain(metadata, OktaEventHookStatus.model_validate(status))


def link(shown: Chain, name: str) -> Link:
    return next(each for each in shown.links if each.name.strip() == name)


def test_it_begins_at_okta_and_ends_at_the_sinks() -> None:
    sinks: JsonValue = [{"name": "siem", "state": "Running"}]
    names = [each.name.strip() for each in told(sinks=sinks).links]
    assert names == [
        "Hook in Okta",
        "Trusted by Okta",
        "Public address",
        "Receiver",
        "Deliveries",
        "Sinks",
        "siem",
    ]


def test_a_chain_that_holds_wants_nobody() -> None:
    shown = told()
    assert not shown.is_broken
    assert not [each for each in shown.links if each.wants_somebody]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Hook in Okta", "Synced"),
        ("Trusted by Okta", "Verified"),
        ("Public address", "EndpointReachable"),
        ("Receiver", "ReceiverReady"),
        ("Deliveries", "Delivering"),
        ("Sinks", "SinksHealthy"),
    ],
)
def test_a_link_is_broken_where_its_condition_is_false(name: str, kind: str) -> None:
    shown = told(condition(kind, "False", "Why", "Do this."))
    assert (link(shown, name).mark, link(shown, name).reason, link(shown, name).message) == (
        Mark.BROKEN,
        "Why",
        "Do this.",
    )
    assert shown.is_broken


def test_what_is_not_known_is_told_and_is_not_broken() -> None:
    shown = told(condition("EndpointReachable", "Unknown", "Pending"))
    assert link(shown, "Public address").wants_somebody
    assert not shown.is_broken


@pytest.mark.parametrize("reason", ["External", "ProbeOff", "Inactive"])
def test_what_does_not_apply_wants_nobody(reason: str) -> None:
    shown = told(condition("EndpointReachable", "Unknown", reason))
    assert link(shown, "Public address").mark is Mark.NOT_APPLICABLE
    assert not link(shown, "Public address").wants_somebody


def test_a_certificate_that_ends_soon_is_a_warning() -> None:
    shown = told(condition("EndpointReachable", "True", "CertificateExpiring", "Renew it."))
    assert link(shown, "Public address").mark is Mark.WARNS
    assert link(shown, "Public address").wants_somebody


def test_a_hook_that_nobody_has_looked_at_asks_whether_the_operator_runs() -> None:
    shown = chain(METADATA, OktaEventHookStatus())
    assert {each.mark for each in shown.links} == {Mark.UNKNOWN}
    assert "is it running" in shown.links[0].message


@pytest.mark.parametrize(
    ("sink", "mark"),
    [
        ({"state": "Running"}, Mark.HOLDS),
        ({"state": "Pending"}, Mark.UNKNOWN),
        ({"state": "Paused", "reason": "SinkRejecting", "message": "Its token is wrong."}, Mark.BROKEN),
        ({"state": "Running", "reason": "DeadLetters", "message": "It refused some."}, Mark.BROKEN),
    ],
)
def test_each_sink_has_its_own_mark(sink: dict[str, JsonValue], mark: Mark) -> None:
    assert link(told(sinks=[{"name": "siem", **sink}]), "siem").mark is mark


def test_numbers_stand_beside_their_links() -> None:
    shown = told(
        hookId="who1",
        url="https://hooks.example.com/a",
        endpoint={"certificateExpires": "2026-05-01T00:00:00Z"},
        deliveries={"received": 12, "lastEventTime": NOON, "missed": 3},
        sinks=[{"name": "siem", "state": "Retrying", "delivered": 5, "backlog": 7, "deadLetters": 1}],
    )
    assert "who1" in link(shown, "Hook in Okta").detail
    assert "until 2026-05-01" in link(shown, "Public address").detail
    assert link(shown, "Deliveries").detail == f"12 events, the last at {NOON}, 3 missed"
    assert link(shown, "siem").detail == "Retrying: 5 taken, 7 wait, 1 dead letters"


class TestRemarks:
    def test_a_status_of_an_older_spec_says_so(self) -> None:
        (remark,) = told(metadata=Metadata("sign-ins", "identity", generation=3)).remarks
        assert "present spec" in remark

    def test_an_object_that_is_to_go_says_so(self) -> None:
        (remark,) = told(metadata=Metadata("sign-ins", "identity", 2, NOON)).remarks
        assert NOON in remark

    def test_what_others_changed_in_okta_is_told(self) -> None:
        (remark,) = told(repairs={"count": 2, "inARow": 1, "lastMessage": "Somebody did it.", "lastTime": NOON}).remarks
        assert "2 times" in remark
        assert "Somebody did it." in remark

    def test_a_stalled_hook_waits_for_somebody(self) -> None:
        (remark,) = told(condition("Stalled")).remarks
        assert "somebody" in remark
