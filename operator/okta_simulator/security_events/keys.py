"""The public keys of providers."""

from __future__ import annotations

from datetime import datetime, timedelta

from okta_simulator.clock import Clock
from okta_simulator.json_values import JsonObject
from okta_simulator.security_events.documents import Documents
from okta_simulator.security_events.provider import Provider

_REST = timedelta(minutes=1)
"""How long an unknown key id does not make Okta ask the provider again."""


class ProviderKeys:
    """Finds keys by their id, and asks a provider again when it signs with a new one."""

    def __init__(self, documents: Documents, clock: Clock) -> None:
        self._documents = documents
        self._clock = clock
        self._known: dict[str, tuple[datetime, JsonObject]] = {}

    async def find(self, provider: Provider, key_id: str) -> JsonObject | None:
        """The key of an id; None where the provider has none of that id.

        Raises:
            UnreadableDocumentError: The keys can't be read.
        """
        settings = provider.settings
        if settings.jwks is not None or settings.jwks_url is None:
            return _chosen(settings.jwks or {}, key_id)
        asked, keys = self._known.get(provider.id, (None, {}))
        found = _chosen(keys, key_id)
        if found is None and (asked is None or self._clock.now() - asked >= _REST):
            keys = await self._documents.read(settings.jwks_url)
            self._known[provider.id] = (self._clock.now(), keys)
            found = _chosen(keys, key_id)
        return found

    def forget(self, provider_id: str) -> None:
        """Ask for a provider's keys again at the next token."""
        self._known.pop(provider_id, None)


def _chosen(keys: JsonObject, key_id: str) -> JsonObject | None:
    listed = keys.get("keys")
    if not isinstance(listed, list):
        return None
    return next((key for key in listed if isinstance(key, dict) and key.get("kid") == key_id), None)
