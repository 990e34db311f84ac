"""Groups over HTTP, to read."""

from __future__ import annotations

from collections.abc import Sequence

from aiohttp import web

from okta_simulator.directory import rendering
from okta_simulator.directory.directory import Directory
from okta_simulator.json_values import JsonObject
from okta_simulator.management.endpoint import Call, Endpoint, json_response
from okta_simulator.management.paging import paged
from okta_simulator.management.search import matching

_PATH = "/api/v1/groups"
_FILTERED = ("id", "type", "lastUpdated", "lastMembershipUpdated")
"""What `filter` may speak of; `search` may speak of everything."""


class GroupsResource:
    """`/api/v1/groups`, its members and its roles."""

    def __init__(self, directory: Directory, organization_url: str) -> None:
        self._directory = directory
        self._url = organization_url

    def endpoints(self) -> Sequence[Endpoint]:
        """The operations."""
        one = f"{_PATH}/{{groupId}}"
        return (
            Endpoint("GET", _PATH, self._list, "okta.groups.read"),
            Endpoint("GET", one, self._get, "okta.groups.read"),
            Endpoint("GET", f"{one}/users", self._users, "okta.groups.read"),
            Endpoint("GET", f"{one}/roles", self._roles, "okta.roles.read"),
        )

    async def _list(self, call: Call) -> web.Response:
        query = call.request.query
        beginning = query.get("q", "").casefold()
        groups = [group for group in self._directory.groups() if group.name.casefold().startswith(beginning)]
        rows: Sequence[JsonObject] = [rendering.group(group, self._url) for group in groups]
        rows = matching(rows, query.get("search"))
        rows = matching(rows, query.get("filter"), attributes=_FILTERED)
        return paged(call, self._url, rows, default=10_000, most=10_000)

    async def _get(self, call: Call) -> web.Response:
        return json_response(rendering.group(self._directory.group(call.path("groupId")), self._url))

    async def _users(self, call: Call) -> web.Response:
        members = self._directory.members(self._directory.group(call.path("groupId")))
        rows = [rendering.user_in_list(user, self._url) for user in members]
        return paged(call, self._url, rows, default=1_000, most=1_000)

    async def _roles(self, call: Call) -> web.Response:
        roles = self._directory.roles_of_group(self._directory.group(call.path("groupId")))
        return json_response([rendering.role(role, self._url) for role in roles])
