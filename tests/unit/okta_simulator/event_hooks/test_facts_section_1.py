"""Section 1 of the facts about Okta: the management API of event hooks. One test for each confirmed line."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import msgspec
import pytest

from unit.okta_simulator.event_hooks.receiver import Receiver
from unit.okta_simulator.event_hooks.tenant import ADMINISTRATOR, HOOKS, Tenant, hook_body, with_config
from unit.okta_simulator.management_client import answering


def events(*items: str, **more: object) -> dict[str, Any]:
    return {"type": "EVENT_TYPE", "items": list(items) or ["user.session.start"], **more}


def filtered(expression: str, event_type: str = "user.session.start") -> dict[str, Any]:
    one = {"event": event_type, "condition": {"expression": expression}}
    return events(filter={"type": "EXPRESSION_LANGUAGE", "eventFilterMap": [one]})


async def refused(okta: Tenant, body: object) -> list[str]:
    answer = await okta.client.post(HOOKS, body)
    assert (answer.status, answer.body["errorCode"]) == (400, "E0000001")
    assert answer.body["errorSummary"] == "Api validation failed: eventHook"
    return answer.causes


def test_reading_needs_the_read_scope_and_everything_else_the_manage_scope(okta: Tenant) -> None:
    (resource,) = okta.organization.hooks.resources()
    for endpoint in resource.endpoints():
        assert endpoint.scope == f"okta.eventHooks.{'read' if endpoint.method == 'GET' else 'manage'}"


async def test_list_answers_a_plain_array_without_a_link_header(okta: Tenant) -> None:
    hook = await okta.create()
    answer = await okta.client.get(HOOKS)
    assert (answer.body, answer.links) == ([hook], {})


async def test_list_has_no_pages(okta: Tenant) -> None:
    for name in ("One", "Two", "Three"):
        await okta.create(name=name)
    assert len((await okta.client.get(HOOKS, limit="1")).body) == 3


async def test_there_is_no_patch(okta: Tenant) -> None:
    hook = await okta.create()
    async with okta.client.session.patch(f"{HOOKS}/{hook['id']}", json={"name": "x"}) as response:
        assert (response.status, (await response.json())["errorCode"]) == (405, "E0000022")


async def test_answers_are_application_json(okta: Tenant) -> None:
    async with okta.client.session.get(HOOKS) as response:
        assert response.headers["Content-Type"].split(";")[0] == "application/json"


async def test_create_answers_200_and_not_201(okta: Tenant) -> None:
    assert (await okta.client.post(HOOKS, hook_body())).status == 200


async def test_create_makes_it_active_and_unverified(okta: Tenant) -> None:
    hook = await okta.create()
    assert (hook["status"], hook["verificationStatus"]) == ("ACTIVE", "UNVERIFIED")


async def test_get_and_put_answer_200(okta: Tenant) -> None:
    path = f"{HOOKS}/{(await okta.create())['id']}"
    assert [(await okta.client.get(path)).status, (await okta.client.put(path, hook_body())).status] == [200, 200]


async def test_delete_answers_204_without_a_body(okta: Tenant) -> None:
    path = f"{HOOKS}/{(await okta.create())['id']}"
    await okta.client.post(f"{path}/lifecycle/deactivate")
    answer = await okta.client.delete(path)
    assert (answer.status, answer.body) == (204, None)


@pytest.mark.parametrize(("action", "status"), [("deactivate", "INACTIVE"), ("activate", "ACTIVE")])
async def test_lifecycle_operations_answer_200_with_the_hook(okta: Tenant, action: str, status: str) -> None:
    path = f"{HOOKS}/{(await okta.create())['id']}"
    answer = await okta.client.post(f"{path}/lifecycle/{action}")
    assert (answer.status, answer.body["status"]) == (200, status)


@pytest.mark.parametrize("field", ["name", "events", "channel"])
async def test_name_events_and_channel_are_required(okta: Tenant, field: str) -> None:
    assert await refused(okta, hook_body() | {field: None}) == [f"{field}: The field cannot be left blank"]


@pytest.mark.parametrize("field", ["type", "items"])
async def test_type_and_items_of_events_are_required(okta: Tenant, field: str) -> None:
    body = hook_body(events=events() | {field: None})
    assert await refused(okta, body) == [f"events.{field}: The field cannot be left blank"]


@pytest.mark.parametrize("field", ["type", "config", "version"])
async def test_type_config_and_version_of_a_channel_are_required(okta: Tenant, field: str) -> None:
    body = hook_body(channel=hook_body()["channel"] | {field: None})
    assert await refused(okta, body) == [f"channel.{field}: The field cannot be left blank"]


async def test_the_uri_is_required(okta: Tenant) -> None:
    assert await refused(okta, with_config(hook_body(), uri=None)) == [
        "channel.config.uri: The field cannot be left blank"
    ]


@pytest.mark.parametrize(
    ("where", "body"),
    [
        ("events.type", hook_body(events=events() | {"type": "FLOW_EVENT"})),
        ("channel.type", hook_body(channel=hook_body()["channel"] | {"type": "OAUTH"})),
        ("channel.version", hook_body(channel=hook_body()["channel"] | {"version": "2.0.0"})),
        (
            "channel.config.authScheme.type",
            with_config(hook_body(), authScheme={"type": "BASIC", "key": "a", "value": "b"}),
        ),
        (
            "events.filter.type",
            hook_body(events=events(filter={"type": "SCRIPT", "eventFilterMap": []})),
        ),
    ],
)
async def test_enumerated_fields_take_their_one_word_only(okta: Tenant, where: str, body: object) -> None:
    (cause,) = await refused(okta, body)
    assert cause.startswith(f"{where}: '")


async def test_method_and_version_of_a_condition_are_filled_in_by_okta(okta: Tenant) -> None:
    hook = await okta.create(events=filtered("event.actor.id ne null"))
    assert hook["channel"]["config"]["method"] == "POST"
    assert hook["events"]["filter"]["eventFilterMap"][0]["condition"]["version"] is None
    assert hook["events"]["filter"]["type"] == "EXPRESSION_LANGUAGE"


@pytest.mark.parametrize("name", ["", "n" * 256])
async def test_a_name_has_1_to_255_characters(okta: Tenant, name: str) -> None:
    assert (await refused(okta, hook_body(name=name)))[0].startswith("name: ")


async def test_a_name_may_have_255_characters(okta: Tenant) -> None:
    assert (await okta.create(name="n" * 255))["name"] == "n" * 255


async def test_a_name_is_unique(okta: Tenant) -> None:
    await okta.create()
    assert await refused(okta, hook_body()) == ["name: An event hook with this name already exists"]


async def test_a_replace_may_keep_the_name(okta: Tenant) -> None:
    hook = await okta.create()
    assert (await okta.client.put(f"{HOOKS}/{hook['id']}", hook_body())).status == 200


@pytest.mark.parametrize(
    "uri",
    [
        "http://example.com/",
        "ftp://example.com/",
        "example.com",
        "https://",
        "https://example.com/a b",
        "https://example.com:99999/",
        "https://example.com/" + "p" * 1005,
    ],
)
async def test_a_uri_begins_with_https_has_no_whitespace_and_at_most_1024_characters(okta: Tenant, uri: str) -> None:
    assert (await refused(okta, hook_body(uri)))[0].startswith("channel.config.uri: ")


@pytest.mark.parametrize("key", ["Accept", "accept", "Content-Type", "Host", "X-Okta-Request-Id"])
async def test_reserved_headers_are_not_allowed(okta: Tenant, key: str) -> None:
    body = with_config(hook_body(), headers=[{"key": key, "value": "v"}])
    assert await refused(okta, body) == [f"channel.config.headers: '{key}' is a reserved header"]


@pytest.mark.parametrize("scheme", [{"type": "HEADER", "key": "a"}, {"type": "HEADER", "key": "a", "value": ""}])
async def test_the_value_is_required_when_an_auth_scheme_is_given(okta: Tenant, scheme: object) -> None:
    body = with_config(hook_body(), authScheme=scheme)
    assert await refused(okta, body) == ["channel.config.authScheme.value: The field cannot be left blank"]


async def test_a_hook_needs_no_auth_scheme(okta: Tenant) -> None:
    answer = await okta.client.post(HOOKS, with_config(hook_body(), authScheme=None))
    assert "authScheme" not in answer.body["channel"]["config"]


@pytest.mark.parametrize("line", ["a\r\nX-Injected: 1", "a\x00"])
@pytest.mark.parametrize("place", ["headers", "authScheme"])
async def test_a_value_that_no_header_can_carry_is_refused(okta: Tenant, line: str, place: str) -> None:
    pair = {"key": "X-Own", "value": line}
    body = with_config(hook_body(), **{place: [pair] if place == "headers" else pair | {"type": "HEADER"}})
    (cause,) = await refused(okta, body)
    assert "characters that a header can't carry" in cause


async def test_the_secret_is_never_returned(okta: Tenant) -> None:
    hook = await okta.create()
    replaced = await okta.client.put(f"{HOOKS}/{hook['id']}", hook_body())
    everything = msgspec.json.encode([hook, replaced.body, (await okta.client.get(HOOKS)).body]).decode()
    assert "the-secret" not in everything
    assert hook["channel"]["config"]["authScheme"] == {"type": "HEADER", "key": "Authorization"}


async def test_the_secret_is_not_shown_by_the_record_either(okta: Tenant) -> None:
    await okta.create()
    assert "the-secret" not in repr(list(okta.organization.hooks.hooks))


async def test_custom_headers_are_returned_in_clear(okta: Tenant) -> None:
    assert (await okta.create())["channel"]["config"]["headers"] == [{"key": "X-Team", "value": "risk"}]


async def test_the_key_of_the_auth_scheme_is_returned_in_the_case_in_which_it_was_sent(okta: Tenant) -> None:
    body = with_config(hook_body(), authScheme={"type": "HEADER", "key": "AuThOrIzAtIoN", "value": "v"})
    answer = await okta.client.post(HOOKS, body)
    assert answer.body["channel"]["config"]["authScheme"]["key"] == "AuThOrIzAtIoN"


async def test_a_new_uri_makes_a_verified_hook_unverified_at_once_and_leaves_it_active(
    okta: Tenant, receiver: Receiver
) -> None:
    hook_id = await okta.verified(receiver)
    hook = (await okta.client.put(f"{HOOKS}/{hook_id}", hook_body("https://example.com/other"))).body
    assert (hook["status"], hook["verificationStatus"]) == ("ACTIVE", "UNVERIFIED")


async def test_deactivating_and_activating_keep_an_unverified_hook_unverified(okta: Tenant) -> None:
    path = f"{HOOKS}/{(await okta.create())['id']}/lifecycle"
    await okta.client.post(f"{path}/deactivate")
    assert (await okta.client.post(f"{path}/activate")).body["verificationStatus"] == "UNVERIFIED"


async def test_deactivating_does_not_clear_verified(okta: Tenant, receiver: Receiver) -> None:
    hook_id = await okta.verified(receiver)
    hook = (await okta.client.post(f"{HOOKS}/{hook_id}/lifecycle/deactivate")).body
    assert (hook["status"], hook["verificationStatus"]) == ("INACTIVE", "VERIFIED")


async def test_only_an_inactive_hook_can_be_deleted(okta: Tenant) -> None:
    path = f"{HOOKS}/{(await okta.create())['id']}"
    answer = await okta.client.delete(path)
    assert (answer.status, answer.body["errorCode"]) == (400, "E0000001")
    assert (await okta.client.get(path)).status == 200


async def test_an_id_is_who_and_17_characters(okta: Tenant) -> None:
    assert re.fullmatch(r"who[A-Za-z0-9]{17}", (await okta.create())["id"])


@pytest.mark.parametrize("field", ["created", "lastUpdated"])
async def test_times_have_the_precision_of_seconds_and_three_zeros(okta: Tenant, field: str) -> None:
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000Z", (await okta.create())[field])


async def test_created_by_is_the_id_of_a_user(okta: Tenant) -> None:
    assert (await okta.create())["createdBy"] == "00uadministrator0000"


async def test_what_was_left_out_is_shown_as_an_empty_list_and_nulls(okta: Tenant) -> None:
    hook = (await okta.client.post(HOOKS, with_config(hook_body(), headers=None))).body
    assert (hook["channel"]["config"]["headers"], hook["events"]["filter"], hook["description"]) == ([], None, None)


async def test_event_types_are_a_set_whose_order_is_not_that_of_the_request(okta: Tenant) -> None:
    asked = [
        "user.session.start",
        "user.session.end",
        "user.account.lock",
        "user.session.start",
        "group.profile.update",
    ]
    shown = (await okta.create(events=events(*asked)))["events"]["items"]
    again = (await okta.create(name="Other", events=events(*reversed(asked))))["events"]["items"]
    assert (set(shown), len(shown)) == (set(asked), 4)
    assert shown == again


async def test_a_replace_answers_with_the_stale_time_and_the_next_get_with_the_new_one(okta: Tenant) -> None:
    hook = await okta.create()
    before = hook["lastUpdated"]
    okta.organization.clock.advance(timedelta(minutes=1))
    answer = await okta.client.put(f"{HOOKS}/{hook['id']}", hook_body(description="new"))
    assert (answer.body["description"], answer.body["lastUpdated"]) == ("new", before)
    assert (await okta.read(hook["id"]))["lastUpdated"] > before


async def test_an_active_hook_links_to_self_verify_and_deactivate_even_when_verified(
    okta: Tenant, receiver: Receiver
) -> None:
    hook = await okta.read(await okta.verified(receiver))
    url = f"https://acme.example.com/api/v1/eventHooks/{hook['id']}"
    assert hook["_links"] == {
        "self": {"href": url},
        "verify": {"href": f"{url}/lifecycle/verify", "hints": {"allow": ["POST"]}},
        "deactivate": {"href": f"{url}/lifecycle/deactivate", "hints": {"allow": ["POST"]}},
    }


async def test_an_inactive_hook_links_to_self_activate_and_delete(okta: Tenant) -> None:
    path = f"{HOOKS}/{(await okta.create())['id']}"
    hook = (await okta.client.post(f"{path}/lifecycle/deactivate")).body
    url = f"https://acme.example.com{path}"
    assert hook["_links"] == {
        "self": {"href": url},
        "activate": {"href": f"{url}/lifecycle/activate", "hints": {"allow": ["POST"]}},
        "delete": {"href": url, "hints": {"allow": ["DELETE"]}},
    }


async def test_an_error_has_code_summary_link_id_and_causes(okta: Tenant) -> None:
    body = (await okta.client.post(HOOKS, {})).body
    assert set(body) == {"errorCode", "errorSummary", "errorLink", "errorId", "errorCauses"}
    assert body["errorLink"] == body["errorCode"] == "E0000001"
    assert body["errorId"].startswith("oae")
    assert {tuple(cause) for cause in body["errorCauses"]} == {("errorSummary",)}


@pytest.mark.parametrize(
    "text",
    [b"{", b"[]", b"", b'{"name": 5}', b"\xff", b'{"status": "PAUSED"}', b"[" * 100_000, b'{"x":' + b"[" * 100_000],
)
async def test_a_body_that_is_not_well_formed_answers_e0000003(okta: Tenant, text: bytes) -> None:
    answer = await okta.client.send(HOOKS, text, "application/json")
    assert (answer.status, answer.body["errorCode"]) == (400, "E0000003")


@pytest.mark.parametrize("method", ["get", "put", "delete", "activate", "deactivate", "verify"])
async def test_a_hook_that_does_not_exist_is_called_a_webhook_in_the_404(okta: Tenant, method: str) -> None:
    path = f"{HOOKS}/who12345678901234567"
    if method in {"activate", "deactivate", "verify"}:
        answer = await okta.client.post(f"{path}/lifecycle/{method}")
    elif method == "put":
        answer = await okta.client.put(path, hook_body())
    else:
        answer = await (okta.client.get(path) if method == "get" else okta.client.delete(path))
    assert (answer.status, answer.body["errorCode"]) == (404, "E0000007")
    assert answer.body["errorSummary"] == "Not found: Resource not found: who12345678901234567 (Webhook)"
    assert answer.causes == []


async def test_a_replace_with_a_status_deactivates_and_activates(okta: Tenant) -> None:
    path = f"{HOOKS}/{(await okta.create())['id']}"
    statuses = [
        (await okta.client.put(path, hook_body(status=status))).body["status"] for status in ("INACTIVE", "ACTIVE")
    ]
    assert statuses == ["INACTIVE", "ACTIVE"]


async def test_a_replace_without_a_status_leaves_it(okta: Tenant) -> None:
    path = f"{HOOKS}/{(await okta.create())['id']}"
    await okta.client.post(f"{path}/lifecycle/deactivate")
    assert (await okta.client.put(path, hook_body())).body["status"] == "INACTIVE"


@pytest.mark.parametrize("event_type", ["no.such.type", "security.threat.detected", "event_hook.delivery"])
async def test_unknown_and_not_eligible_event_types_are_refused_by_name(okta: Tenant, event_type: str) -> None:
    (cause,) = await refused(okta, hook_body(events=events("user.session.start", event_type)))
    assert cause.startswith(f"events.items: '{event_type}' is not ")


async def test_every_error_of_a_body_is_named_at_once(okta: Tenant) -> None:
    causes = await refused(okta, hook_body("http://example.com", name="", events=events("no.such.type")))
    assert [cause.split(":")[0] for cause in causes] == ["name", "events.items", "channel.config.uri"]


@pytest.mark.parametrize(
    "expression", ["event.actor", "event.secret eq 'x'", "event.target.?[type eq 'User'", "", "1 +", "event.target.id"]
)
async def test_a_filter_that_is_no_expression_is_refused(okta: Tenant, expression: str) -> None:
    (cause,) = await refused(okta, hook_body(events=filtered(expression)))
    assert cause.startswith("events.filter.eventFilterMap 'user.session.start': ")


async def test_a_filter_belongs_to_an_event_type_of_the_hook(okta: Tenant) -> None:
    (cause,) = await refused(okta, hook_body(events=filtered("event.actor.id ne null", "user.account.lock")))
    assert "not listed in events.items" in cause


@pytest.mark.parametrize(
    ("role", "reading", "changing"),
    [
        ("SUPER_ADMIN", 200, 200),
        ("okta.eventhooks.manage", 200, 200),
        ("okta.eventhooks.read", 200, 403),
        ("ORG_ADMIN", 403, 403),
    ],
)
async def test_super_administrators_manage_hooks_and_custom_roles_that_have_the_permission(
    okta: Tenant, role: str, reading: int, changing: int
) -> None:
    caller = msgspec.structs.replace(ADMINISTRATOR, admin_roles=frozenset({role}))
    async with answering(caller, *okta.organization.hooks.resources()) as client:
        assert (await client.get(HOOKS)).status == reading
        assert (await client.post(HOOKS, hook_body())).status == changing
