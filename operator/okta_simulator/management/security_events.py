"""Providers of security events over HTTP, and the endpoint that takes their tokens."""

from __future__ import annotations

from collections.abc import Sequence

from aiohttp import web

from okta_simulator.management.endpoint import Call, Endpoint, json_response
from okta_simulator.management.threat_protection import require_threat_protection
from okta_simulator.options import Options
from okta_simulator.security_events.keys import ProviderKeys
from okta_simulator.security_events.provider import Provider
from okta_simulator.security_events.receiver import Receiver
from okta_simulator.security_events.registry import ProviderBody, Providers
from okta_simulator.security_events.rendering import rendered
from okta_simulator.security_events.token import RefusedTokenError

_PATH = "/api/v1/security-events-providers"
_CONTENT_TYPE = "application/secevent+jwt"


class SecurityEventsProvidersResource:
    """`/api/v1/security-events-providers`, in organisations with Identity Threat Protection."""

    def __init__(self, providers: Providers, keys: ProviderKeys, options: Options, organization_url: str) -> None:
        self._providers = providers
        self._keys = keys
        self._options = options
        self._url = organization_url

    def endpoints(self) -> Sequence[Endpoint]:
        """The operations."""
        one = f"{_PATH}/{{providerId}}"
        read, manage = "okta.securityEventsProviders.read", "okta.securityEventsProviders.manage"
        return (
            Endpoint("GET", _PATH, self._list, read),
            Endpoint("POST", _PATH, self._create, manage),
            Endpoint("GET", one, self._get, read),
            Endpoint("PUT", one, self._replace, manage),
            Endpoint("DELETE", one, self._delete, manage),
            Endpoint("POST", f"{one}/lifecycle/activate", self._activate, manage),
            Endpoint("POST", f"{one}/lifecycle/deactivate", self._deactivate, manage),
        )

    async def _list(self, call: Call) -> web.Response:  # noqa: ARG002 -- the list is always whole
        require_threat_protection(self._options)
        return json_response([rendered(provider, self._url) for provider in self._providers])

    async def _create(self, call: Call) -> web.Response:
        require_threat_protection(self._options)
        return self._shown(await self._providers.create(await call.body(ProviderBody), call.caller))

    async def _get(self, call: Call) -> web.Response:
        require_threat_protection(self._options)
        return self._shown(self._providers.get(call.path("providerId")))

    async def _replace(self, call: Call) -> web.Response:
        require_threat_protection(self._options)
        provider_id = call.path("providerId")
        replaced = await self._providers.replace(provider_id, await call.body(ProviderBody), call.caller)
        self._keys.forget(provider_id)
        return self._shown(replaced)

    async def _delete(self, call: Call) -> web.Response:
        require_threat_protection(self._options)
        self._providers.delete(call.path("providerId"), call.caller)
        self._keys.forget(call.path("providerId"))
        return web.Response(status=204)

    async def _activate(self, call: Call) -> web.Response:
        require_threat_protection(self._options)
        return self._shown(self._providers.switch(call.path("providerId"), "ACTIVE", call.caller))

    async def _deactivate(self, call: Call) -> web.Response:
        require_threat_protection(self._options)
        return self._shown(self._providers.switch(call.path("providerId"), "INACTIVE", call.caller))

    def _shown(self, provider: Provider) -> web.Response:
        return json_response(rendered(provider, self._url))


class SecurityEventsReceiver:
    """`/security/api/v1/security-events`: the token is its own credential, and errors are those of RFC 8935."""

    def __init__(self, receiver: Receiver, options: Options) -> None:
        self._receiver = receiver
        self._options = options

    def routes(self) -> Sequence[web.RouteDef]:
        """The operation."""
        return (web.post("/security/api/v1/security-events", self._receive),)

    async def _receive(self, request: web.Request) -> web.Response:
        require_threat_protection(self._options)
        try:
            await self._receiver.receive(await _token(request))
        except RefusedTokenError as error:
            return json_response({"err": error.reason, "description": error.description}, status=400)
        return web.Response(status=202)


async def _token(request: web.Request) -> str:
    if request.content_type != _CONTENT_TYPE:
        raise RefusedTokenError("invalid_request", f"The content type of a security event token is {_CONTENT_TYPE}")
    content = await request.read()
    try:
        return content.decode("ascii").strip()
    except UnicodeDecodeError as error:
        raise RefusedTokenError("invalid_request", "The security event token is not a JSON web token") from error
