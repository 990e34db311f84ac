"""People over HTTP: reading them, and what is done to an account."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

from aiohttp import web

from okta_simulator.caller import Caller
from okta_simulator.directory import rendering
from okta_simulator.directory.directory import Directory
from okta_simulator.directory.lifecycle import Lifecycle
from okta_simulator.directory.user import User
from okta_simulator.errors import not_found
from okta_simulator.json_values import JsonObject
from okta_simulator.management.endpoint import Call, Endpoint, json_response
from okta_simulator.management.paging import next_link, page_of, paged
from okta_simulator.management.search import matching

_PATH = "/api/v1/users"
_FILTERED = (
    "status",
    "lastUpdated",
    "id",
    "profile.login",
    "profile.email",
    "profile.firstName",
    "profile.lastName",
)
"""What `filter` may speak of; `search` may speak of everything."""


class UsersResource:
    """`/api/v1/users`, without what changes profiles.

    Args:
        directory: Whom there is.
        lifecycle: What is done to them.
        organization_id: Names the organisation in resource names.
        organization_url: Where links lead.
    """

    def __init__(self, directory: Directory, lifecycle: Lifecycle, organization_id: str, organization_url: str) -> None:
        self._directory = directory
        self._lifecycle = lifecycle
        self._organization_id = organization_id
        self._url = organization_url

    def endpoints(self) -> Sequence[Endpoint]:
        """The operations."""
        one, action = f"{_PATH}/{{userId}}", f"{_PATH}/{{userId}}/lifecycle"
        read, manage, roles = "okta.users.read", "okta.users.manage", "okta.roles.read"
        return (
            Endpoint("GET", _PATH, self._list, read, _PATH),
            Endpoint("GET", one, self._get, read, _PATH),
            Endpoint("GET", f"{one}/groups", self._groups, read, _PATH),
            Endpoint("GET", f"{one}/roles", self._roles, roles, _PATH),
            Endpoint("GET", "/api/v1/iam/assignees/users", self._assignees, roles),
            Endpoint("POST", f"{action}/expire_password", self._expire_password, manage, _PATH),
            Endpoint("POST", f"{action}/expire_password_with_temp_password", self._temporary_password, manage, _PATH),
            Endpoint("POST", f"{action}/suspend", self._doing(self._lifecycle.suspend), manage, _PATH),
            Endpoint("POST", f"{action}/unsuspend", self._doing(self._lifecycle.unsuspend), manage, _PATH),
            Endpoint("POST", f"{action}/reset_factors", self._doing(self._lifecycle.reset_factors), manage, _PATH),
        )

    async def _list(self, call: Call) -> web.Response:
        query = call.request.query
        everybody = "search" in query or "filter" in query
        users = [
            user
            for user in self._directory.users()
            if (everybody or user.status != "DEPROVISIONED") and _named(user, query.get("q", ""))
        ]
        rows: Sequence[JsonObject] = [rendering.user_in_list(user, self._url) for user in users]
        rows = matching(rows, query.get("search"))
        rows = matching(rows, query.get("filter"), attributes=_FILTERED)
        return paged(call, self._url, rows, default=10 if "q" in query else 200, most=200)

    async def _get(self, call: Call) -> web.Response:
        return json_response(rendering.user_alone(self._user(call), self._url))

    async def _groups(self, call: Call) -> web.Response:
        groups = self._directory.groups_of(self._user(call))
        return paged(call, self._url, [rendering.group(one, self._url) for one in groups], default=200, most=200)

    async def _roles(self, call: Call) -> web.Response:
        roles = self._directory.roles_of(self._user(call))
        return json_response([rendering.role(one, self._url) for one in roles])

    async def _assignees(self, call: Call) -> web.Response:
        rows = [rendering.assignee(user, self._organization_id, self._url) for user in self._directory.administrators()]
        shown, more = page_of(call, rows, default=100, most=100)
        links: JsonObject = {"next": {"href": next_link(call, self._url, shown)}} if more else {}
        return json_response({"value": shown, "_links": links})

    async def _expire_password(self, call: Call) -> web.Response:
        changed = self._lifecycle.expire_password(self._user(call), call.caller)
        return json_response(rendering.user_alone(changed, self._url))

    async def _temporary_password(self, call: Call) -> web.Response:
        password = self._lifecycle.expire_password_with_temporary_one(self._user(call), call.caller)
        return json_response({"tempPassword": password})

    def _doing(self, act: Callable[[User, Caller], None]) -> Callable[[Call], Awaitable[web.Response]]:
        async def handle(call: Call) -> web.Response:
            act(self._user(call), call.caller)
            return json_response({})

        return handle

    def _user(self, call: Call) -> User:
        name = call.path("userId")
        if name != "me":
            return self._directory.user(name)
        if call.caller.actor_type != "User":
            raise not_found(name, "User")  # a service app is nobody of the directory
        return self._directory.user(call.caller.actor_id)


def _named(user: User, beginning: str) -> bool:
    profile = user.profile
    names = (profile.first_name, profile.last_name, profile.email)
    return any(name.casefold().startswith(beginning.casefold()) for name in names)
