"""Section 5 of the facts about Okta: what the System Log says about hooks. One test for each confirmed line."""

from __future__ import annotations

import pytest

from unit.okta_simulator.event_hooks.receiver import Receiver, always
from unit.okta_simulator.event_hooks.tenant import HOOKS, Tenant, hook_body

TYPES = {
    f"event_hook.{what}"
    for what in ["created", "updated", "deleted", "activated", "deactivated", "verified", "delivery"]
}


async def test_there_are_exactly_seven_types_about_hooks(okta: Tenant, receiver: Receiver) -> None:
    path = f"{HOOKS}/{await okta.verified(receiver)}"
    receiver.answering = always(404)
    okta.emit()
    await okta.entry("event_hook.delivery")
    await okta.client.put(path, hook_body(receiver.url))
    for action in ("deactivate", "activate", "deactivate"):
        await okta.client.post(f"{path}/lifecycle/{action}")
    await okta.client.delete(path)
    assert {entry["eventType"] for entry in okta.logged_about("event_hook.")} == TYPES


@pytest.mark.parametrize("event_type", sorted(TYPES))
async def test_no_hook_can_subscribe_to_them(okta: Tenant, event_type: str) -> None:
    answer = await okta.client.post(HOOKS, hook_body(events={"type": "EVENT_TYPE", "items": [event_type]}))
    assert answer.causes == [f"events.items: '{event_type}' is not eligible for event hooks"]


async def test_an_entry_names_the_hook_and_who_changed_it(okta: Tenant) -> None:
    hook = await okta.create()
    entry = await okta.entry("event_hook.created")
    assert (entry["actor"]["id"], entry["target"][0]["id"]) == ("00uadministrator0000", hook["id"])
