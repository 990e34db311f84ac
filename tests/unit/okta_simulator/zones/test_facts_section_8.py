"""Network zones over HTTP: section 8 of the facts, line by line."""

from __future__ import annotations

from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from okta_simulator.caller import Caller
from okta_simulator.options import Options
from okta_simulator.state.file import StateFile
from unit.okta_simulator.management_client import ORGANIZATION_URL, Client
from unit.okta_simulator.zones.zoned_organization import Zoned, addresses, blocks, ip_zone

ZONES = "/api/v1/zones"


async def test_a_new_organisation_has_oktas_four_zones(client: Client) -> None:
    listed = (await client.get(ZONES)).body
    assert {(zone["name"], zone["type"], zone["usage"], zone["status"], zone["system"]) for zone in listed} == {
        ("LegacyIpZone", "IP", "POLICY", "ACTIVE", True),
        ("BlockedIpZone", "IP", "BLOCKLIST", "ACTIVE", True),
        ("DefaultEnhancedDynamicZone", "DYNAMIC_V2", "BLOCKLIST", "INACTIVE", True),
        ("DefaultExemptIpZone", "IP", "POLICY", "ACTIVE", True),
    }


async def test_create_answers_200_with_the_zone(client: Client) -> None:
    answer = await client.post(ZONES, ip_zone(proxies=[{"type": "RANGE", "value": "3.3.4.5-3.3.4.15"}]))
    assert answer.status == 200
    zone = answer.body
    assert zone["id"].startswith("nzo")
    url = f"{ORGANIZATION_URL}/api/v1/zones/{zone['id']}"
    assert zone == {
        "type": "IP",
        "id": zone["id"],
        "name": "Office",
        "status": "ACTIVE",
        "usage": "POLICY",
        "created": "2026-11-23T12:00:00.000Z",
        "lastUpdated": "2026-11-23T12:00:00.000Z",
        "system": False,
        "gateways": [{"type": "CIDR", "value": "198.51.100.0/24"}],
        "proxies": [{"type": "RANGE", "value": "3.3.4.5-3.3.4.15"}],
        "_links": {
            "self": {"href": url, "hints": {"allow": ["GET", "PUT", "DELETE"]}},
            "deactivate": {"href": f"{url}/lifecycle/deactivate", "hints": {"allow": ["POST"]}},
        },
    }


async def test_get_answers_what_was_created(client: Client) -> None:
    created = (await client.post(ZONES, ip_zone())).body
    assert (await client.get(f"{ZONES}/{created['id']}")).body == created


@pytest.mark.parametrize("path", ["{id}", "{id}/lifecycle/activate", "{id}/lifecycle/deactivate"])
async def test_an_unknown_zone_is_a_networkzone_that_is_not_found(client: Client, path: str) -> None:
    path = f"{ZONES}/{path.format(id='nzoNone')}"
    answer = await client.post(path) if "lifecycle" in path else await client.get(path)
    assert answer.status == 404
    assert answer.body["errorSummary"] == "Not found: Resource not found: nzoNone (NetworkZone)"


async def test_replace_may_change_the_usage(client: Client, zoned: Zoned) -> None:
    created = (await client.post(ZONES, ip_zone())).body
    replaced = await client.put(f"{ZONES}/{created['id']}", ip_zone(usage="BLOCKLIST"))
    assert (replaced.status, replaced.body["usage"]) == (200, "BLOCKLIST")
    assert zoned.log.types == ["zone.create", "zone.update", "zone.make_blacklist"]


async def test_replace_must_keep_the_type(client: Client) -> None:
    created = (await client.post(ZONES, ip_zone())).body
    other = {"type": "DYNAMIC", "name": "Office", "locations": [{"country": "DE"}]}
    answer = await client.put(f"{ZONES}/{created['id']}", other)
    assert (answer.status, answer.body["errorCode"]) == (400, "E0000001")


async def test_replace_is_whole_what_is_not_sent_is_gone(client: Client) -> None:
    created = (await client.post(ZONES, ip_zone(usage="BLOCKLIST", gateways=blocks("1.2.3.0/24", "2.3.4.0/24")))).body
    replaced = (await client.put(f"{ZONES}/{created['id']}", ip_zone(gateways=blocks("2.3.4.0/24")))).body
    assert replaced["gateways"] == blocks("2.3.4.0/24")
    assert replaced["usage"] == "POLICY"


async def test_replace_knows_no_etag_so_the_last_writer_wins(client: Client) -> None:
    path = f"{ZONES}/{(await client.post(ZONES, ip_zone())).body['id']}"
    async with client.session.get(path) as first:
        assert "ETag" not in first.headers
    ours, theirs = ip_zone(gateways=blocks("1.1.1.1/32")), ip_zone(gateways=blocks("2.2.2.2/32"))
    for body in (ours, theirs):
        async with client.session.put(path, json=body, headers={"If-Match": '"outdated"'}) as answer:
            assert answer.status == 200
    assert (await client.get(path)).body["gateways"] == blocks("2.2.2.2/32")


async def test_replace_shows_when(client: Client, zoned: Zoned) -> None:
    created = (await client.post(ZONES, ip_zone())).body
    zoned.clock.advance(timedelta(minutes=1))
    replaced = (await client.put(f"{ZONES}/{created['id']}", ip_zone())).body
    assert replaced["created"] == created["created"]
    assert replaced["lastUpdated"] == "2026-11-23T12:01:00.000Z"


async def test_status_in_a_body_switches_nothing(client: Client) -> None:
    created = (await client.post(ZONES, ip_zone(status="INACTIVE"))).body
    replaced = (await client.put(f"{ZONES}/{created['id']}", ip_zone(status="INACTIVE"))).body
    assert (created["status"], replaced["status"]) == ("ACTIVE", "ACTIVE")


async def test_lifecycle_switches_off_and_on(client: Client, zoned: Zoned) -> None:
    path = f"{ZONES}/{(await client.post(ZONES, ip_zone())).body['id']}/lifecycle"
    off, on = await client.post(f"{path}/deactivate"), await client.post(f"{path}/activate")
    assert [(answer.status, answer.body["status"]) for answer in (off, on)] == [(200, "INACTIVE"), (200, "ACTIVE")]
    assert list(off.body["_links"]) == ["self", "activate"]
    assert zoned.log.types == ["zone.create", "zone.deactivate", "zone.activate"]


async def test_delete_answers_204(client: Client, zoned: Zoned) -> None:
    path = f"{ZONES}/{(await client.post(ZONES, ip_zone())).body['id']}"
    await client.post(f"{path}/lifecycle/deactivate")
    answer = await client.delete(path)
    assert (answer.status, answer.body) == (204, None)
    assert (await client.get(path)).status == 404
    assert zoned.log.types[-1] == "zone.delete"


async def test_identity_engine_does_not_delete_an_active_zone(client: Client) -> None:
    zone_id = (await client.post(ZONES, ip_zone())).body["id"]
    answer = await client.delete(f"{ZONES}/{zone_id}")
    assert answer.status == 400
    assert answer.causes == [f"id: The zone: {zone_id} is an active zone. Active zones cannot be deleted."]


async def test_classic_engine_deletes_an_active_zone() -> None:
    async with Zoned(Options(engine="classic")).answering() as client:
        zone_id = (await client.post(ZONES, ip_zone())).body["id"]
        assert (await client.delete(f"{ZONES}/{zone_id}")).status == 204


async def test_a_zone_that_a_policy_uses_is_not_deleted(client: Client, zoned: Zoned) -> None:
    zone_id = (await client.post(ZONES, ip_zone())).body["id"]
    await client.post(f"{ZONES}/{zone_id}/lifecycle/deactivate")
    zoned.zones.use(zone_id, frozenset({"Office only"}))
    refused = await client.delete(f"{ZONES}/{zone_id}")
    zoned.zones.use(zone_id, frozenset())
    done = await client.delete(f"{ZONES}/{zone_id}")
    assert (refused.status, refused.body["errorCode"], done.status) == (400, "E0000001", 204)


async def test_a_system_zone_is_not_deleted(client: Client, zoned: Zoned) -> None:
    assert (await client.delete(f"{ZONES}/{zoned.system_zone('BlockedIpZone')}")).status == 400


async def test_a_system_zone_can_be_renamed_and_stays_one(client: Client, zoned: Zoned) -> None:
    zone_id = zoned.system_zone("BlockedIpZone")
    renamed = await client.put(f"{ZONES}/{zone_id}", ip_zone("Bad addresses", usage="BLOCKLIST"))
    assert (renamed.body["name"], renamed.body["system"]) == ("Bad addresses", True)
    assert zoned.system_zone("BlockedIpZone") == zone_id


@pytest.mark.parametrize(
    ("usage", "most"), [("POLICY", 150), ("BLOCKLIST", 1_000)], ids=["made by an administrator", "blocklist"]
)
async def test_a_zone_has_so_many_gateways_and_no_more(client: Client, usage: str, most: int) -> None:
    fits = await client.post(ZONES, ip_zone("Full", usage=usage, gateways=addresses(most)))
    refused = await client.post(ZONES, ip_zone("Overfull", usage=usage, gateways=addresses(most + 1)))
    assert (fits.status, refused.status) == (200, 400)
    assert refused.causes == [f"gateways: No more than {most} entries may be included in this zone."]


async def test_a_system_zone_has_5000_gateways(client: Client, zoned: Zoned) -> None:
    path = f"{ZONES}/{zoned.system_zone('BlockedIpZone')}"
    fits = await client.put(path, ip_zone("BlockedIpZone", gateways=addresses(5_000)))
    refused = await client.put(path, ip_zone("BlockedIpZone", gateways=addresses(5_001)))
    assert (fits.status, refused.status) == (200, 400)


async def test_a_policy_zone_that_becomes_a_blocklist_may_grow(client: Client) -> None:
    path = f"{ZONES}/{(await client.post(ZONES, ip_zone())).body['id']}"
    assert (await client.put(path, ip_zone(usage="BLOCKLIST", gateways=addresses(1_000)))).status == 200
    assert (await client.put(path, ip_zone(usage="POLICY", gateways=addresses(1_000)))).status == 400


async def test_a_blocklist_has_no_proxies(client: Client) -> None:
    answer = await client.post(ZONES, ip_zone(usage="BLOCKLIST", proxies=None))
    refused = await client.post(ZONES, ip_zone("Other", usage="BLOCKLIST", proxies=blocks("1.2.3.4/32")))
    assert (answer.body["proxies"], refused.status) == (None, 400)


@pytest.mark.parametrize("name", ["", "   ", "n" * 129])
async def test_a_name_has_1_to_128_characters(client: Client, name: str) -> None:
    answer = await client.post(ZONES, ip_zone(name))
    assert (answer.status, answer.body["errorSummary"]) == (400, "Api validation failed: name")


async def test_the_longest_name_is_taken(client: Client) -> None:
    assert (await client.post(ZONES, ip_zone("n" * 128))).status == 200


async def test_a_name_is_unique(client: Client) -> None:
    await client.post(ZONES, ip_zone())
    assert (await client.post(ZONES, ip_zone())).status == 400


@pytest.mark.parametrize(
    "gateway",
    [
        {"type": "CIDR", "value": "1.2.3.4"},
        {"type": "CIDR", "value": "1.2.3.4/33"},
        {"type": "CIDR", "value": "office"},
        {"type": "RANGE", "value": "1.2.3.4"},
        {"type": "RANGE", "value": "1.2.3.9-1.2.3.4"},
        {"type": "RANGE", "value": "1.2.3.4-2001:db8::1"},
    ],
)
async def test_a_gateway_is_a_block_or_a_range(client: Client, gateway: dict[str, str]) -> None:
    answer = await client.post(ZONES, ip_zone(gateways=[gateway]))
    assert (answer.status, answer.body["errorSummary"]) == (400, "Api validation failed: gateways")


@pytest.mark.parametrize(
    "body",
    [
        [],
        "IP",
        {"name": "No type"},
        {"type": "MAP", "name": "Unknown type"},
        ip_zone(gateways=[{"type": "HOST", "value": "1.2.3.4"}]),
        ip_zone(gateways="1.2.3.4/32"),
        {"type": "DYNAMIC", "name": "Shape of the other", "asns": {"include": ["1"]}},
        {"type": "DYNAMIC_V2", "name": "Shape of the other", "locations": [{"country": "DE"}]},
    ],
)
async def test_a_body_of_another_shape_is_not_well_formed(client: Client, body: object) -> None:
    answer = await client.post(ZONES, body)
    assert (answer.status, answer.body["errorCode"]) == (400, "E0000003")


async def test_an_ip_zone_is_not_made_empty(client: Client) -> None:
    assert (await client.post(ZONES, ip_zone(gateways=[]))).status == 400


async def test_an_ip_zone_can_be_emptied(client: Client) -> None:
    created = (await client.post(ZONES, ip_zone())).body
    assert (await client.put(f"{ZONES}/{created['id']}", ip_zone(gateways=[]))).body["gateways"] == []


async def test_a_dynamic_zone_has_places_networks_and_a_kind_of_proxy(client: Client) -> None:
    body = {
        "type": "DYNAMIC",
        "name": "Far away",
        "locations": [{"country": "AF", "region": "AF-BGL"}, {"country": "DE"}],
        "asns": ["23457"],
        "proxyType": "Any",
    }
    shown = (await client.post(ZONES, body)).body
    assert shown["locations"] == [{"country": "AF", "region": "AF-BGL"}, {"country": "DE"}]
    assert (shown["asns"], shown["proxyType"]) == (["23457"], "Any")


async def test_an_enhanced_dynamic_zone_takes_in_and_leaves_out(client: Client) -> None:
    body = {
        "type": "DYNAMIC_V2",
        "name": "Services",
        "ipServiceCategories": {"include": ["ALL_IP_SERVICES"], "exclude": ["APPLE_ICLOUD_RELAY_PROXY"]},
    }
    shown = (await client.post(ZONES, body)).body
    assert shown["ipServiceCategories"] == body["ipServiceCategories"]


@pytest.mark.parametrize(
    "content",
    [
        {},
        {"locations": [{"country": "EU"}]},
        {"locations": [{"country": "de"}]},
        {"locations": [{"country": "US", "region": "CA"}]},
        {"locations": [{"country": "US", "region": "CA-ON"}]},
        {"locations": [{"country": "DE"}] * 76},
        {"asns": ["AS1"]},
        {"proxyType": "ANY"},
    ],
)
async def test_a_dynamic_zone_that_names_nothing_real_is_refused(client: Client, content: dict[str, object]) -> None:
    answer = await client.post(ZONES, {"type": "DYNAMIC", "name": "Nowhere"} | content)
    assert (answer.status, answer.body["errorCode"]) == (400, "E0000001")


async def test_the_exempt_zone_is_changed_only_as_exempt_list(client: Client, zoned: Zoned) -> None:
    path = f"{ZONES}/{zoned.system_zone('DefaultExemptIpZone')}"
    refused = await client.put(path, ip_zone("DefaultExemptIpZone"))
    done = await client.put(path, ip_zone("DefaultExemptIpZone", useAsExemptList=True))
    assert refused.causes == ["useAsExemptList: The network zone does not allow usage changes for DefaultExemptIpZone."]
    assert (refused.status, done.status) == (400, 200)
    assert "useAsExemptList" not in done.body


async def test_the_exempt_zone_takes_no_proxies(client: Client, zoned: Zoned) -> None:
    body = ip_zone("DefaultExemptIpZone", useAsExemptList=True, proxies=blocks("1.2.3.4/32"))
    assert (await client.put(f"{ZONES}/{zoned.system_zone('DefaultExemptIpZone')}", body)).status == 400


async def test_the_exempt_zone_cannot_be_switched_off(client: Client, zoned: Zoned) -> None:
    path = f"{ZONES}/{zoned.system_zone('DefaultExemptIpZone')}/lifecycle/deactivate"
    assert (await client.post(path)).status == 400


async def test_use_as_exempt_list_belongs_to_replacing(client: Client) -> None:
    assert (await client.post(ZONES, ip_zone(useAsExemptList=True))).status == 400


async def test_a_second_custom_zone_needs_adaptive_mfa() -> None:
    async with Zoned(Options(adaptive_mfa=False)).answering() as client:
        first, second = await client.post(ZONES, ip_zone("One")), await client.post(ZONES, ip_zone("Two"))
    assert (first.status, second.status, second.body["errorCode"]) == (200, 401, "E0000015")


async def test_a_list_is_paged_with_after_and_limit(client: Client) -> None:
    first = await client.get(ZONES, limit="3")
    rest = await client.follow(first.links["next"])
    assert (len(first.body), len(rest.body)) == (3, 1)
    assert "next" not in rest.links


async def test_a_list_without_limit_is_whole(client: Client) -> None:
    for number in range(30):
        await client.post(ZONES, ip_zone(f"Zone {number}"))
    listed = await client.get(ZONES)
    assert len(listed.body) == 34
    assert "next" not in listed.links


@pytest.mark.parametrize(
    ("expression", "names"),
    [
        ('usage eq "BLOCKLIST"', {"BlockedIpZone", "DefaultEnhancedDynamicZone"}),
        ("system eq false", {"Office"}),
        ('system eq true and usage eq "POLICY"', {"LegacyIpZone", "DefaultExemptIpZone"}),
    ],
)
async def test_a_list_is_filtered_by_usage_and_system(client: Client, expression: str, names: set[str]) -> None:
    await client.post(ZONES, ip_zone())
    assert {zone["name"] for zone in (await client.get(ZONES, filter=expression)).body} == names


async def test_a_list_is_filtered_by_several_ids(client: Client, zoned: Zoned) -> None:
    one, two = zoned.system_zone("LegacyIpZone"), zoned.system_zone("BlockedIpZone")
    found = await client.get(ZONES, filter=f'(id eq "{one}" or id eq "{two}")')
    assert {zone["id"] for zone in found.body} == {one, two}


async def test_a_list_is_filtered_by_nothing_else(client: Client) -> None:
    assert (await client.get(ZONES, filter='name eq "Office"')).status == 400


@pytest.mark.parametrize(
    ("scope", "reads", "writes"),
    [("okta.networkZones.read", 200, 403), ("okta.networkZones.manage", 200, 200), ("okta.users.manage", 403, 403)],
)
async def test_reading_and_managing_have_scopes(zoned: Zoned, scope: str, reads: int, writes: int) -> None:
    app = Caller("0oa1", "0oa1", "PublicClientApp", "Responder", "0oa1", frozenset({scope}))
    async with zoned.answering(app) as client:
        assert (await client.get(ZONES)).status == reads
        assert (await client.post(ZONES, ip_zone())).status == writes


async def test_what_is_done_is_written_down_with_who_and_what(client: Client, zoned: Zoned) -> None:
    created = (await client.post(ZONES, ip_zone())).body
    (entry,) = zoned.log.entries
    assert entry.caller.display_name == "Sofia Lindgren"
    assert [(target.id, target.display_name) for target in entry.targets] == [(created["id"], "Office")]


def test_zones_survive_in_a_state_file(tmp_path: Path) -> None:
    path = tmp_path / "organization.jsonl"
    with closing(StateFile(path)) as recorder:
        before = list(Zoned(recorder=recorder).zones)
    with closing(StateFile(path)) as recorder:
        assert list(Zoned(recorder=recorder).zones) == before
