"""Okta's error answers (facts section 1)."""

from __future__ import annotations

import pytest

from okta_simulator.errors import OktaError, not_found, validation_failed


def test_the_body_has_oktas_five_fields_and_the_link_repeats_the_code() -> None:
    assert validation_failed("eventHook", "name: too long").body("oae1") == {
        "errorCode": "E0000001",
        "errorSummary": "Api validation failed: eventHook",
        "errorLink": "E0000001",
        "errorId": "oae1",
        "errorCauses": [{"errorSummary": "name: too long"}],
    }


def test_a_missing_hook_is_called_a_webhook_and_has_no_causes() -> None:
    body = not_found("who1", "Webhook").body("oae1")
    assert body["errorSummary"] == "Not found: Resource not found: who1 (Webhook)"
    assert body["errorCauses"] == []


@pytest.mark.parametrize(
    ("code", "status"),
    [
        ("E0000001", 400),
        ("E0000003", 400),
        ("E0000004", 401),
        ("E0000006", 403),
        ("E0000007", 404),
        ("E0000008", 404),
        ("E0000009", 500),
        ("E0000011", 401),
        ("E0000015", 401),
        ("E0000022", 405),
        ("E0000047", 429),
    ],
)
def test_each_code_has_its_status(code: str, status: int) -> None:
    assert OktaError(code).http_status == status


def test_a_status_that_differs_from_the_codes_usual_one_counts() -> None:
    assert OktaError("E0000001", status=403).http_status == 403


def test_braces_in_what_a_client_sent_are_only_text() -> None:
    assert OktaError("E0000007", about=("{0} {x}",)).body("oae1")["errorSummary"] == "Not found: {0} {x}"
