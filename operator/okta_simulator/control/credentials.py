"""`/credentials`: giving out API tokens and service apps, and taking them away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from aiohttp import web

from okta_simulator.assembly.people import People
from okta_simulator.control.api import Operation, body_of
from okta_simulator.control.messages import (
    Done,
    IssuedApiToken,
    NewApiToken,
    NewServiceApp,
    PresentedApiToken,
    RegisteredServiceApp,
)
from okta_simulator.credentials.api_tokens import ApiTokens
from okta_simulator.credentials.service_apps import ServiceApps
from okta_simulator.signed import Jwk


@dataclass(frozen=True)
class CredentialControl:
    """Makes and revokes credentials, as an administrator does in the console."""

    people: People
    api_tokens: ApiTokens
    service_apps: ServiceApps

    def operations(self) -> Sequence[Operation]:
        """The operations on credentials."""
        return [
            Operation("POST", "/credentials/api-tokens", self._issue),
            Operation("POST", "/credentials/api-tokens/revoke", self._revoke),
            Operation("POST", "/credentials/service-apps", self._register),
            Operation("POST", "/credentials/service-apps/{id}/activate", self._activate),
            Operation("POST", "/credentials/service-apps/{id}/deactivate", self._deactivate),
        ]

    async def _issue(self, request: web.Request) -> IssuedApiToken:
        wanted = await body_of(request, NewApiToken)
        people = self.people
        owner = people.directory.user(wanted.login) if wanted.login else people.super_administrator()
        issued = self.api_tokens.issue(owner.id, wanted.name, secret=wanted.token)
        return IssuedApiToken(id=issued.token.id, token=issued.secret)

    async def _revoke(self, request: web.Request) -> Done:
        presented = await body_of(request, PresentedApiToken)
        owner = self.api_tokens.authenticate(presented.token, request.remote or "")
        self.api_tokens.revoke(owner.credential_id)
        return Done()

    async def _register(self, request: web.Request) -> RegisteredServiceApp:
        from okta_simulator.credentials.keys import generate  # noqa: PLC0415 -- cryptography takes its time to load

        wanted = await body_of(request, NewServiceApp)
        made = None if wanted.keys else generate()
        keys: list[Jwk] = [*wanted.keys] if made is None else [made.public_jwk]
        app = self.service_apps.register(
            wanted.label,
            keys=keys,
            scopes=wanted.scopes,
            admin_roles=wanted.admin_roles,
            dpop_required=wanted.dpop_required,
        )
        return RegisteredServiceApp(
            client_id=app.id,
            private_key=made.private_pem if made else None,
            key_id=made.kid if made else None,
            scopes=sorted(app.scopes),
        )

    async def _activate(self, request: web.Request) -> Done:
        self.service_apps.activate(request.match_info["id"])
        return Done()

    async def _deactivate(self, request: web.Request) -> Done:
        self.service_apps.deactivate(request.match_info["id"])
        return Done()
