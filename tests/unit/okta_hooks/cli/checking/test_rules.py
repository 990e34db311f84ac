"""The rules of the CRDs, tried without an API server."""

from __future__ import annotations

import pytest
from pydantic import JsonValue

from okta_hooks.api.resource import KINDS, OKTA_EVENT_HOOK, Kind
from okta_hooks.cli.checking.rules import Rules

SMALL: dict[str, JsonValue] = {
    "eventTypes": ["user.session.start"],
    "exposure": {"url": "https://hooks.example.com/sign-ins"},
}


def broken_by(**changed: JsonValue) -> list[tuple[str, str]]:
    """What a hook with a changed spec breaks."""
    return [*Rules(OKTA_EVENT_HOOK).broken_by({"metadata": {"name": "sign-ins"}, "spec": {**SMALL, **changed}})]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.kind)
def test_every_rule_can_be_tried_here(kind: Kind) -> None:
    assert Rules(kind).compiled() > 0


def test_a_hook_that_keeps_all_rules_breaks_none() -> None:
    assert broken_by() == []


def test_a_broken_rule_is_told_with_its_field_and_the_servers_own_words() -> None:
    assert (
        "write https://a.example.com/x"
        in dict(broken_by(exposure={"url": "http://a.example.com/x"}))["spec.exposure.url"]
    )


def test_an_element_that_is_there_twice_is_named() -> None:
    twice = broken_by(eventTypes=["user.session.start", "user.session.start"])
    assert twice == [("spec.eventTypes", "user.session.start is there twice: write it once")]
