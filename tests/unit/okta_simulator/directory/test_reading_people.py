"""`/api/v1/users` and `/api/v1/groups`, as a client reads them."""

from __future__ import annotations

import pytest

from unit.okta_simulator.directory.small_company import Company, service_app
from unit.okta_simulator.management_client import ORGANIZATION_URL, Client


async def test_a_list_leaves_out_who_has_left(client: Client) -> None:
    answer = await client.get("/api/v1/users")
    assert answer.status == 200
    assert len(answer.body) == 39
    assert "DEPROVISIONED" not in {user["status"] for user in answer.body}


async def test_every_other_status_is_there(client: Client) -> None:
    statuses = {user["status"] for user in (await client.get("/api/v1/users")).body}
    assert statuses == {
        "STAGED",
        "PROVISIONED",
        "ACTIVE",
        "RECOVERY",
        "PASSWORD_EXPIRED",
        "LOCKED_OUT",
        "SUSPENDED",
    }


async def test_a_person_is_found_by_id_by_login_and_by_short_login(client: Client, company: Company) -> None:
    grace = company.user("grace.kim")
    found = [
        (await client.get(f"/api/v1/users/{name}")).body["id"]
        for name in (grace.id, "grace.kim@example.com", "Grace.Kim")
    ]
    assert found == [grace.id] * 3


async def test_a_person_looks_as_okta_shows_one(client: Client, company: Company) -> None:
    grace = company.user("grace.kim")
    body = (await client.get("/api/v1/users/grace.kim")).body
    assert body["status"] == "ACTIVE"
    assert body["created"].endswith(".000Z")
    assert body["credentials"] == {"password": {}, "provider": {"type": "OKTA", "name": "OKTA"}}
    assert body["profile"]["email"] == "grace.kim@example.com"
    assert body["profile"]["secondEmail"] is None
    assert body["_links"]["suspend"] == {
        "href": f"{ORGANIZATION_URL}/api/v1/users/{grace.id}/lifecycle/suspend",
        "method": "POST",
    }


async def test_a_list_shows_of_each_person_only_the_link_to_itself(client: Client) -> None:
    assert {tuple(user["_links"]) for user in (await client.get("/api/v1/users")).body} == {("self",)}


async def test_me_is_the_owner_of_the_token(client: Client, company: Company) -> None:
    assert (await client.get("/api/v1/users/me")).body["id"] == company.administrator.actor_id


async def test_me_is_nobody_for_a_service_app(company: Company) -> None:
    async with company.answering(service_app("okta.users.read")) as client:
        assert (await client.get("/api/v1/users/me")).status == 404


async def test_somebody_unknown_is_not_found_in_oktas_words(client: Client) -> None:
    answer = await client.get("/api/v1/users/00uNobody")
    assert answer.status == 404
    assert answer.body["errorCode"] == "E0000007"
    assert answer.body["errorSummary"] == "Not found: Resource not found: 00uNobody (User)"


async def test_pages_follow_each_other_and_end(client: Client) -> None:
    answer = await client.get("/api/v1/users", limit="15")
    seen = [user["id"] for user in answer.body]
    while "next" in answer.links:
        answer = await client.follow(answer.links["next"])
        seen += [user["id"] for user in answer.body]
    assert len(seen) == len(set(seen)) == 39


async def test_every_page_names_itself(client: Client) -> None:
    answer = await client.get("/api/v1/users", limit="2")
    assert answer.links["self"] == f"{ORGANIZATION_URL}/api/v1/users?limit=2"


@pytest.mark.parametrize("query", [{"limit": "many"}, {"limit": "0"}, {"after": "00uNobody"}])
async def test_a_page_that_cannot_be_is_refused(client: Client, query: dict[str, str]) -> None:
    answer = await client.get("/api/v1/users", **query)
    assert (answer.status, answer.body["errorCode"]) == (400, "E0000001")


async def test_q_finds_the_beginning_of_a_name(client: Client) -> None:
    found = await client.get("/api/v1/users", q="gra")
    assert [user["profile"]["login"] for user in found.body] == ["grace.kim@example.com", "oliver.grant@example.com"]


async def test_q_gives_ten_unless_told_otherwise(client: Client) -> None:
    assert len((await client.get("/api/v1/users", q="")).body) == 10


async def test_search_speaks_of_every_attribute(client: Client) -> None:
    found = await client.get(
        "/api/v1/users", search='profile.department eq "Sales" and not (profile.city eq "New York")'
    )
    assert {user["profile"]["city"] for user in found.body} == {"São Paulo", "London", "Bengaluru", "Berlin"}


async def test_search_also_finds_who_has_left(client: Client) -> None:
    found = await client.get("/api/v1/users", search='status eq "DEPROVISIONED"')
    assert [user["profile"]["firstName"] for user in found.body] == ["Zoe"]


@pytest.mark.parametrize("expression", ["status", 'status is "ACTIVE"', '(status eq "ACTIVE"', "status eq ACTIVE"])
async def test_an_expression_that_cannot_be_read_is_refused(client: Client, expression: str) -> None:
    answer = await client.get("/api/v1/users", search=expression)
    assert (answer.status, answer.body["errorCode"]) == (400, "E0000031")


async def test_filter_speaks_of_a_few_attributes_only(client: Client) -> None:
    answer = await client.get("/api/v1/users", filter='profile.city eq "Berlin"')
    assert (answer.status, answer.body["errorCode"]) == (400, "E0000031")


async def test_a_group_has_its_members(client: Client) -> None:
    groups = {group["profile"]["name"]: group for group in (await client.get("/api/v1/groups")).body}
    members = await client.get(f"/api/v1/groups/{groups['Help desk']['id']}/users")
    assert [user["profile"]["login"] for user in members.body] == [
        "lucas.moreira@example.com",
        "farah.siddiqui@example.com",
    ]


async def test_a_person_has_groups_and_everybody_is_in_everyone(client: Client) -> None:
    groups = await client.get("/api/v1/users/ravi.shetty/groups")
    assert {group["profile"]["name"] for group in groups.body} == {"Everyone", "Engineering", "On call"}


async def test_a_group_is_found_by_name_and_by_type(client: Client) -> None:
    assert [group["type"] for group in (await client.get("/api/v1/groups", q="Every")).body] == ["BUILT_IN"]
    assert [
        one["profile"]["name"] for one in (await client.get("/api/v1/groups", filter='type eq "BUILT_IN"')).body
    ] == ["Everyone"]


async def test_an_unknown_group_is_a_usergroup_that_is_not_found(client: Client) -> None:
    answer = await client.get("/api/v1/groups/00gNone")
    assert answer.body["errorSummary"] == "Not found: Resource not found: 00gNone (UserGroup)"


async def test_a_role_comes_directly_or_through_a_group(client: Client) -> None:
    sofia = (await client.get("/api/v1/users/sofia.lindgren/roles")).body
    lucas = (await client.get("/api/v1/users/lucas.moreira/roles")).body
    assert [(role["type"], role["assignmentType"]) for role in sofia] == [("SUPER_ADMIN", "USER")]
    assert [(role["type"], role["assignmentType"]) for role in lucas] == [("HELP_DESK_ADMIN", "GROUP")]


async def test_the_administrators_are_listed_in_pages(client: Client, company: Company) -> None:
    first = await client.get("/api/v1/iam/assignees/users", limit="5")
    rest = await client.follow(first.body["_links"]["next"]["href"])
    listed = {one["id"] for one in first.body["value"] + rest.body["value"]}
    assert listed == {user.id for user in company.directory.administrators()}
    assert rest.body["_links"] == {}


async def test_reading_people_needs_the_scope(company: Company) -> None:
    async with company.answering(service_app("okta.groups.read")) as client:
        assert (await client.get("/api/v1/users")).status == 403


def test_a_seed_gives_the_same_people_again() -> None:
    first, second = Company(), Company()
    assert list(first.directory.users()) == list(second.directory.users())
    assert list(first.directory.groups()) == list(second.directory.groups())
