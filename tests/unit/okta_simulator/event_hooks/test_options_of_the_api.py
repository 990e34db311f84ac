"""The event hooks API, where the sources disagree or say nothing: one option each."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from okta_simulator.options import EventHooks, Options
from unit.okta_simulator.event_hooks.receiver import Receiver
from unit.okta_simulator.event_hooks.tenant import HOOKS, Running, hook_body, with_config


async def test_filters_are_refused_in_an_organisation_without_the_feature(running: Running) -> None:
    one = {"event": "user.session.start", "condition": {"expression": "event.actor.id ne null"}}
    events = {"type": "EVENT_TYPE", "items": ["user.session.start"], "filter": {"eventFilterMap": [one]}}
    async with running(Options(event_hooks=EventHooks(filters=False))) as okta:
        answer = await okta.client.post(HOOKS, hook_body(events=events))
    assert answer.causes == ["events.filter: Event hook filters are not enabled for this organization"]


@pytest.mark.parametrize(
    ("choice", "change", "expected"),
    [
        (EventHooks(replace_resets_verification="channel"), "nothing", "VERIFIED"),
        (EventHooks(replace_resets_verification="channel"), "secret", "UNVERIFIED"),
        (EventHooks(replace_resets_verification="channel"), "header", "UNVERIFIED"),
        (EventHooks(replace_resets_verification="uri"), "secret", "VERIFIED"),
        (EventHooks(replace_resets_verification="uri"), "uri", "UNVERIFIED"),
        (EventHooks(replace_resets_verification="always"), "nothing", "UNVERIFIED"),
    ],
)
async def test_which_change_of_a_replace_resets_the_verification(
    running: Running, receiver: Receiver, choice: EventHooks, change: str, expected: str
) -> None:
    changes: dict[str, Any] = {
        "nothing": {},
        "secret": {"authScheme": {"type": "HEADER", "key": "Authorization", "value": "another"}},
        "header": {"headers": [{"key": "X-Team", "value": "other"}]},
        "uri": {"uri": "https://example.com/other"},
    }
    async with running(Options(event_hooks=choice)) as okta:
        hook_id = await okta.verified(receiver)
        body = with_config(hook_body(receiver.url), **changes[change])
        answer = await okta.client.put(f"{HOOKS}/{hook_id}", body)
    assert answer.body["verificationStatus"] == expected


@pytest.mark.parametrize(
    ("choice", "sent"),
    [
        (EventHooks(replace_without_secret="removes"), None),
        (EventHooks(replace_without_secret="keeps"), "the-secret"),
    ],
)
@pytest.mark.parametrize("left_out", ["value", "authScheme"])
async def test_what_a_replace_without_the_secret_does_to_it(
    running: Running, receiver: Receiver, choice: EventHooks, sent: str | None, left_out: str
) -> None:
    scheme = {"type": "HEADER", "key": "Authorization"} if left_out == "value" else None
    async with running(Options(event_hooks=choice)) as okta:
        hook_id = await okta.verified(receiver)
        body = with_config(hook_body(receiver.url), authScheme=scheme)
        assert (await okta.client.put(f"{HOOKS}/{hook_id}", body)).status == 200
        receiver.got.clear()
        await okta.client.post(f"{HOOKS}/{hook_id}/lifecycle/verify")
    assert receiver.challenges[0].headers.get("authorization") == sent


async def test_the_stale_time_of_a_replace_can_be_switched_off(running: Running) -> None:
    async with running(Options(event_hooks=EventHooks(replace_answers_stale_last_updated=False))) as okta:
        hook = await okta.create()
        okta.organization.clock.advance(timedelta(minutes=1))
        answer = await okta.client.put(f"{HOOKS}/{hook['id']}", hook_body())
    assert answer.body["lastUpdated"] > hook["lastUpdated"]


async def test_deleting_an_active_hook_can_answer_403(running: Running) -> None:
    async with running(Options(event_hooks=EventHooks(delete_active_status=403))) as okta:
        answer = await okta.client.delete(f"{HOOKS}/{(await okta.create())['id']}")
    assert answer.status == 403
