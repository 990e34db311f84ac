"""`/people`: signing somebody in, and seeing where they are signed in, which Okta's own API does not tell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import msgspec
from aiohttp import web

from okta_simulator.control.api import Operation, body_of
from okta_simulator.control.messages import Attempt, AttemptResult
from okta_simulator.directory.directory import Directory
from okta_simulator.directory.sessions import Device, Session, SessionKind, Sessions, SignedIn, SignInRefusedError
from okta_simulator.errors import validation_failed
from okta_simulator.sign_ins import SignIns


class SignIn(msgspec.Struct, frozen=True, kw_only=True, rename="camel", forbid_unknown_fields=True):
    """Somebody's sign-in.

    Attributes:
        kind: With Okta, or with an app that keeps a session of its own.
        refresh_token: Whether the app gets a refresh token.
    """

    address: str = "198.51.100.7"
    device: Device = Device("guo00000000000000001", "Laptop")
    kind: SessionKind = "identity provider"
    refresh_token: bool = False


@dataclass(frozen=True)
class PeopleControl:
    """Lets people sign in: as a bare session, or as an attempt with its checks and events."""

    directory: Directory
    sessions: Sessions
    sign_ins: SignIns

    def operations(self) -> Sequence[Operation]:
        """The operations on people."""
        return [
            Operation("POST", "/people/{login}/sign-in", self._sign_in),
            Operation("POST", "/people/{login}/attempt", self._attempt),
            Operation("GET", "/people/{login}/signed-in", self._signed_in),
        ]

    async def _sign_in(self, request: web.Request) -> Session:
        user = self.directory.user(request.match_info["login"])
        wanted = await body_of(request, SignIn)
        try:
            return self.sessions.sign_in(
                user,
                address=wanted.address,
                device=wanted.device,
                kind=wanted.kind,
                refresh_token=wanted.refresh_token,
            )
        except SignInRefusedError as error:
            raise validation_failed("status", str(error)) from error

    async def _attempt(self, request: web.Request) -> AttemptResult:
        user = self.directory.user(request.match_info["login"])
        wanted = await body_of(request, Attempt)
        try:
            result = self.sign_ins.attempt(user, address=wanted.address, right_password=wanted.right_password)
        except ValueError as error:
            raise validation_failed("address", str(error)) from error
        return AttemptResult(result=result.value)

    async def _signed_in(self, request: web.Request) -> SignedIn:
        return self.sessions.of(self.directory.user(request.match_info["login"]))
