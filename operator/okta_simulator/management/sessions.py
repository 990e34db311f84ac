"""Sessions over HTTP: ending all of a person's."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from aiohttp import web

from okta_simulator.directory.directory import Directory
from okta_simulator.directory.sessions import Sessions
from okta_simulator.management.endpoint import Call, Endpoint
from okta_simulator.management.query_parameters import boolean


class SessionsResource:
    """`/api/v1/users/{userId}/sessions`.

    Args:
        directory: Whom there is.
        sessions: Where they are signed in.
        engine: Identity Engine forgets devices unless told otherwise, Classic Engine remembers them.
    """

    def __init__(self, directory: Directory, sessions: Sessions, engine: Literal["identity", "classic"]) -> None:
        self._directory = directory
        self._sessions = sessions
        self._forgets_devices = engine == "identity"

    def endpoints(self) -> Sequence[Endpoint]:
        """The operations."""
        return (
            Endpoint("DELETE", "/api/v1/users/{userId}/sessions", self._revoke, "okta.users.manage", "/api/v1/users"),
        )

    async def _revoke(self, call: Call) -> web.Response:
        tokens = boolean(call, "oauthTokens", default=False)
        forget_devices = boolean(call, "forgetDevices", default=self._forgets_devices)
        user = self._directory.user(call.path("userId"))
        self._sessions.revoke(user, call.caller, tokens=tokens, forget_devices=forget_devices)
        return web.Response(status=204)
