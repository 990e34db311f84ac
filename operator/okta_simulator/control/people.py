"""`/people`: letting somebody sign in, and seeing where they are signed in, which Okta's own API does not tell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from aiohttp import web

from okta_simulator.activity.sign_ins import SignIns
from okta_simulator.control.api import Operation, body_of
from okta_simulator.control.messages import SignIn, SignInEnd
from okta_simulator.directory.directory import Directory
from okta_simulator.directory.sessions import Sessions, SignedIn
from okta_simulator.errors import validation_failed


@dataclass(frozen=True)
class PeopleControl:
    """Lets people sign in, with the checks and the events of a sign-in page."""

    directory: Directory
    sessions: Sessions
    sign_ins: SignIns

    def operations(self) -> Sequence[Operation]:
        """The operations on people."""
        return [
            Operation("POST", "/people/{login}/sign-in", self._sign_in),
            Operation("GET", "/people/{login}/signed-in", self._signed_in),
        ]

    async def _sign_in(self, request: web.Request) -> SignInEnd:
        user = self.directory.user(request.match_info["login"])
        wanted = await body_of(request, SignIn)
        try:
            result = self.sign_ins.attempt(
                user,
                address=wanted.address,
                right_password=wanted.right_password,
                kind=wanted.kind,
                refresh_token=wanted.refresh_token,
            )
        except ValueError as error:
            raise validation_failed("address", f"address: {error}") from error
        return SignInEnd(result=result.value)

    async def _signed_in(self, request: web.Request) -> SignedIn:
        return self.sessions.of(self.directory.user(request.match_info["login"]))
