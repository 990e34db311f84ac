"""What is written down of actions in the organisation."""

from __future__ import annotations

from okta_simulator.audit import Target
from okta_simulator.caller import SYSTEM, Caller
from unit.okta_simulator.events.company_events import CompanyEvents, part

SOFIA = Caller(
    "00T1",
    "00u1",
    "User",
    "Sofia Lindgren",
    "sofia.lindgren@example.com",
    address="198.51.100.20",
    user_agent="okta-hooks/1.0",
)
APP = Caller("0oa1", "0oa1", "PublicClientApp", "Responder", "0oa1", frozenset({"okta.users.manage"}), "2001:db8::7")
HOOK = Target(id="who1", type="EventHook", display_name="Security events")


def test_the_actor_is_who_called(company: CompanyEvents) -> None:
    company.audit.record("event_hook.created", SOFIA, targets=[HOOK])
    (event,) = company.emitted
    assert event.actor == {
        "id": "00u1",
        "type": "User",
        "alternateId": "sofia.lindgren@example.com",
        "displayName": "Sofia Lindgren",
    }


def test_the_client_is_where_the_call_came_from(company: CompanyEvents) -> None:
    company.audit.record("event_hook.created", SOFIA, targets=[HOOK])
    client = part(company.emitted[0], "client")
    assert (client["ipAddress"], client["userAgent"]) == (
        "198.51.100.20",
        {"rawUserAgent": "okta-hooks/1.0", "os": "Unknown", "browser": "UNKNOWN"},
    )


def test_an_api_token_is_named_so_that_its_actions_can_be_found(company: CompanyEvents) -> None:
    company.audit.record("zone.update", SOFIA)
    assert part(company.emitted[0], "transaction")["detail"] == {"requestApiTokenId": "00T1"}


def test_an_app_is_not_named_as_a_token(company: CompanyEvents) -> None:
    company.audit.record("user.session.clear", APP)
    assert part(company.emitted[0], "transaction")["detail"] == {}


def test_what_okta_does_by_itself_is_a_job(company: CompanyEvents) -> None:
    company.audit.record("event_hook.delivery", SYSTEM, targets=[HOOK], result="FAILURE", reason="Read timed out")
    (event,) = company.emitted
    assert (part(event, "transaction")["type"], event.client, event.security_context) == ("JOB", {"ipChain": []}, {})


def test_result_reason_and_severity_are_as_given(company: CompanyEvents) -> None:
    company.audit.record("event_hook.verified", SOFIA, result="FAILURE", reason="No answer", severity="WARN")
    (event,) = company.emitted
    assert (event.outcome.result, event.outcome.reason, event.severity) == ("FAILURE", "No answer", "WARN")


def test_debug_data_is_kept_beside_the_request(company: CompanyEvents) -> None:
    company.audit.record("event_hook.verified", SOFIA, debug_data={"url": "https://receiver.example.com"})
    data = part(company.emitted[0], "debug_context")["debugData"]
    assert isinstance(data, dict)
    assert (set(data), data["url"]) == ({"requestId", "url"}, "https://receiver.example.com")


def test_a_type_that_the_catalogue_does_not_have_is_written_down_all_the_same(company: CompanyEvents) -> None:
    company.audit.record("zone.made_up", SOFIA)
    assert company.emitted[0].display_message == "Zone made up"
