"""Taking in security event tokens: checked for real, then acted upon."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from okta_simulator.audit import Audit
from okta_simulator.clock import Clock
from okta_simulator.directory.directory import Directory
from okta_simulator.directory.risk import Risk, RiskLevel, UserRisk
from okta_simulator.directory.user import User
from okta_simulator.json_values import Json, JsonObject
from okta_simulator.security_events.documents import UnreadableDocumentError
from okta_simulator.security_events.keys import ProviderKeys
from okta_simulator.security_events.kinds import USER_RISK_CHANGE
from okta_simulator.security_events.provider import Provider
from okta_simulator.security_events.registry import Providers
from okta_simulator.security_events.subject import user_of
from okta_simulator.security_events.token import (
    RefusedTokenError,
    SecurityEventToken,
    claimed,
    key_id,
    proven,
    require_acceptable,
)
from okta_simulator.seen_once import SeenOnce

_MEMORY = timedelta(days=1)
"""How long a token that comes again is known (not documented)."""
_LEVELS: Mapping[str, RiskLevel] = {"high": "HIGH", "medium": "MEDIUM", "low": "LOW", "secure": "LOW", "none": "NONE"}
_DETECTION = "Security Events Provider Reported Risk"


class Receiver:
    """Takes tokens of registered providers.

    Args:
        providers: Whose tokens count.
        keys: What they are signed with.
        directory: Whom they can be about.
        risks: What they change.
        audit: Where each event is written down.
        clock: Okta's time.
        client_time: What a provider's own clock shows, which knows nothing of Okta's.
        audience: The organisation's URL.
    """

    def __init__(
        self,
        providers: Providers,
        keys: ProviderKeys,
        *,
        directory: Directory,
        risks: UserRisk,
        audit: Audit,
        clock: Clock,
        client_time: Callable[[], datetime],
        audience: str,
    ) -> None:
        self._providers = providers
        self._keys = keys
        self._directory = directory
        self._risks = risks
        self._audit = audit
        self._clock = clock
        self._client_time = client_time
        self._audience = audience
        self._taken = SeenOnce(_MEMORY)

    async def receive(self, token: str) -> None:
        """Take a token; one that comes again is taken without effect, as RFC 8935 advises.

        Raises:
            RefusedTokenError: It is not signed by a provider, not for this organisation, or says nothing that counts.
        """
        kid = key_id(token)
        provider = self._provider(claimed(token).iss)
        said = proven(token, await self._key(provider, kid))
        require_acceptable(said, self._audience, self._client_time())
        if not self._taken.is_new(f"{said.iss} {said.jti}", self._clock.now()):
            return
        for event_type, event in said.events.items():
            self._act(provider, said, event_type, event)

    def _provider(self, issuer: str) -> Provider:
        if provider := self._providers.of_issuer(issuer):
            return provider
        raise RefusedTokenError("invalid_issuer", f"No active security events provider has the issuer {issuer}")

    async def _key(self, provider: Provider, kid: str) -> JsonObject:
        try:
            key = await self._keys.find(provider, kid)
        except UnreadableDocumentError as error:
            raise RefusedTokenError("invalid_key", f"{error}") from error
        if key is None:
            raise RefusedTokenError("invalid_key", f"The provider has no key {kid}")
        return key

    def _act(self, provider: Provider, said: SecurityEventToken, event_type: str, event: Json) -> None:
        claims = event if isinstance(event, dict) else {}
        user = user_of(claims.get("subjects"), self._directory)
        targets = [provider.as_target()] if user is None else [provider.as_target(), user.as_target()]
        self._audit.record(
            "security.events.provider.receive_event",
            provider.as_caller(),
            targets=targets,
            result="FAILURE" if user is None else "SUCCESS",
            reason="The subject is nobody of this organization" if user is None else None,
            debug_data={"securityEventType": event_type, "jti": said.jti, "issuer": said.iss},
        )
        if user is not None and event_type == USER_RISK_CHANGE:
            self._change_risk(provider, user, claims)

    def _change_risk(self, provider: Provider, user: User, claims: JsonObject) -> None:
        risk = Risk(_LEVELS[str(claims["current_level"])], _reason(claims))
        self._risks.change(user, risk, provider.as_caller(), detection=_DETECTION, issuer=provider.settings.issuer)


def _reason(claims: JsonObject) -> str:
    for name in ("reason_admin", "reason_user"):
        reason = claims.get(name)
        if isinstance(reason, dict) and isinstance(reason.get("en"), str):
            return str(reason["en"])
    return ""
