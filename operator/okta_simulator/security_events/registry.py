"""The providers whose security events Okta takes in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal
from urllib.parse import urlsplit

import msgspec
from msgspec.structs import replace

from okta_simulator.audit import Audit
from okta_simulator.caller import Caller
from okta_simulator.errors import not_found, validation_failed
from okta_simulator.ids import Ids
from okta_simulator.json_values import JsonObject
from okta_simulator.security_events.documents import Documents, UnreadableDocumentError
from okta_simulator.security_events.provider import Provider, Settings
from okta_simulator.state.collection import Collection
from okta_simulator.state.recorder import Recorder

_LONGEST_NAME = 100
_LONGEST_TYPE = 255
_LONGEST_ISSUER = 700
_LONGEST_URL = 1_000


class SettingsBody(msgspec.Struct, frozen=True):
    """Settings as a request holds them: `well_known_url`, or `issuer` with `jwks_url` (or, here only, `jwks`)."""

    issuer: str = ""
    jwks_url: str = ""
    well_known_url: str = ""
    jwks: JsonObject | None = None


class ProviderBody(msgspec.Struct, frozen=True):
    """A provider as a request holds it."""

    settings: SettingsBody
    name: str = ""
    type: str = ""


class Providers:
    """Keeps the providers."""

    def __init__(self, recorder: Recorder, ids: Ids, audit: Audit, documents: Documents) -> None:
        self._providers = Collection("security-events-provider", Provider, recorder)
        self._ids = ids
        self._audit = audit
        self._documents = documents

    def __iter__(self) -> Iterator[Provider]:
        return iter(self._providers)

    def get(self, provider_id: str) -> Provider:
        """A provider.

        Raises:
            OktaError: E0000007, there is none.
        """
        if provider := self._providers.get(provider_id):
            return provider
        raise not_found(provider_id, "SecurityEventsProvider")

    def of_issuer(self, issuer: str) -> Provider | None:
        """The active provider whose tokens an issuer signs."""
        candidates = (one for one in self._providers if one.status == "ACTIVE")
        return next((one for one in candidates if one.settings.issuer == issuer), None)

    async def create(self, body: ProviderBody, caller: Caller) -> Provider:
        """Register a provider, which is active at once.

        Raises:
            OktaError: E0000001, the body is not right, or its well-known URL can't be read.
        """
        settings = await self._checked(body, None)
        provider = Provider(id=self._ids.new("sse"), name=body.name, type=body.type, status="ACTIVE", settings=settings)
        return self._keep(provider, "create", caller)

    async def replace(self, provider_id: str, body: ProviderBody, caller: Caller) -> Provider:
        """Put what is sent in place of what was registered.

        Raises:
            OktaError: E0000007, there is no such provider; E0000001 as for `create`.
        """
        self.get(provider_id)
        settings = await self._checked(body, provider_id)
        changed = replace(self.get(provider_id), name=body.name, type=body.type, settings=settings)
        return self._keep(changed, "update", caller)

    def switch(self, provider_id: str, status: Literal["ACTIVE", "INACTIVE"], caller: Caller) -> Provider:
        """Take the provider's events, or take them no longer.

        Raises:
            OktaError: E0000007, there is no such provider.
        """
        switched = replace(self.get(provider_id), status=status)
        return self._keep(switched, "activate" if status == "ACTIVE" else "deactivate", caller)

    def delete(self, provider_id: str, caller: Caller) -> None:
        """Forget a provider.

        Raises:
            OktaError: E0000007, there is no such provider.
        """
        provider = self.get(provider_id)
        self._providers.remove(provider_id)
        self._audit.record("security.events.provider.delete", caller, targets=[provider.as_target()])

    def _keep(self, provider: Provider, change: str, caller: Caller) -> Provider:
        self._providers.put(provider.id, provider)
        self._audit.record(f"security.events.provider.{change}", caller, targets=[provider.as_target()])
        return provider

    async def _checked(self, body: ProviderBody, provider_id: str | None) -> Settings:
        _require_text("name", body.name, _LONGEST_NAME)
        _require_text("type", body.type, _LONGEST_TYPE)
        settings = await self._settings(body.settings)
        others = (one for one in self._providers if one.id != provider_id)
        if any(one.settings.issuer == settings.issuer for one in others):
            raise validation_failed("settings.issuer", "settings.issuer: Another provider has this issuer.")
        return settings

    async def _settings(self, body: SettingsBody) -> Settings:
        if body.well_known_url:
            _require_url("settings.well_known_url", body.well_known_url)
            return await self._published(body.well_known_url)
        _require_text("settings.issuer", body.issuer, _LONGEST_ISSUER)
        if body.jwks is not None:
            return Settings(issuer=body.issuer, jwks=body.jwks)
        _require_url("settings.jwks_url", body.jwks_url)
        return Settings(issuer=body.issuer, jwks_url=body.jwks_url)

    async def _published(self, well_known_url: str) -> Settings:
        try:
            document = await self._documents.read(well_known_url)
        except UnreadableDocumentError as error:
            raise validation_failed("settings.well_known_url", f"settings.well_known_url: {error}.") from error
        issuer, jwks_url = document.get("issuer"), document.get("jwks_uri")
        if not isinstance(issuer, str) or not isinstance(jwks_url, str):
            raise validation_failed(
                "settings.well_known_url", f"settings.well_known_url: {well_known_url} names no issuer and jwks_uri."
            )
        return Settings(issuer=issuer, jwks_url=jwks_url, well_known_url=well_known_url)


def _require_text(name: str, text: str, longest: int) -> None:
    if not text.strip():
        raise validation_failed(name, f"{name}: The field cannot be left blank")
    if len(text) > longest:
        raise validation_failed(name, f"{name}: The field must not be longer than {longest} characters")


def _require_url(name: str, url: str) -> None:
    _require_text(name, url, _LONGEST_URL)
    try:
        parts = urlsplit(url)
        usable = parts.scheme in ("https", "http") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable = False
    if not usable:
        raise validation_failed(name, f"{name}: The value is not a URL.")
