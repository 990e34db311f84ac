"""Okta's own OAuth server: the token endpoint and the keys that its tokens are signed with."""

from __future__ import annotations

from collections.abc import Sequence

from aiohttp import web

from okta_simulator.caller import Caller
from okta_simulator.credentials.access_tokens import AccessTokens
from okta_simulator.credentials.oauth_error import OAuthError
from okta_simulator.credentials.token_endpoint import TokenEndpoint, TokenRequest
from okta_simulator.management.endpoint import json_response
from okta_simulator.management.pipeline import RateLimits
from okta_simulator.management.request_urls import RequestUrls

TOKEN_PATH = "/oauth2/v1/token"
KEYS_PATH = "/oauth2/v1/keys"


class OAuthServer:
    """Routes without a credential of the management API: the token endpoint checks a client's own."""

    def __init__(
        self,
        *,
        token_endpoint: TokenEndpoint,
        access_tokens: AccessTokens,
        limits: RateLimits,
        request_urls: RequestUrls,
    ) -> None:
        self._token_endpoint = token_endpoint
        self._access_tokens = access_tokens
        self._limits = limits
        self._request_urls = request_urls

    def routes(self) -> Sequence[web.RouteDef]:
        """The routes."""
        return web.post(TOKEN_PATH, self.token), web.get(KEYS_PATH, self.keys)

    async def token(self, request: web.Request) -> web.Response:
        """Grant an access token; parameters come in a form, or in the query as Okta's SDK for Go sends them."""
        async with self._limits.concurrent():
            headers = self._limits.count(_unknown_client(request), TOKEN_PATH)
            try:
                response = json_response(self._token_endpoint.grant(await self._read(request)))
            except OAuthError as error:
                response = json_response(error.body(), status=error.status)
                response.headers.update(error.headers)
            response.headers.update(headers)
            response.headers["Cache-Control"] = "no-cache, no-store"
            return response

    async def keys(self, request: web.Request) -> web.Response:  # noqa: ARG002
        """The public keys (RFC 7517)."""
        return json_response({"keys": [self._access_tokens.signing_key.public_jwk]})

    async def _read(self, request: web.Request) -> TokenRequest:
        try:
            form = await request.post()
        except (ValueError, LookupError) as error:  # no form after all, or in no encoding that exists
            raise OAuthError("invalid_request", "The request body is not a form.") from error
        parameters = dict(request.query)
        parameters.update((name, value) for name, value in form.items() if isinstance(value, str))
        return TokenRequest(parameters, request.headers.get("DPoP"), self._request_urls(request))


def _unknown_client(request: web.Request) -> Caller:
    """Who asks is known only after the answer: until then an address stands for a credential."""
    address = request.remote or "unknown"
    return Caller(
        credential_id=f"address {address}",
        actor_id="unknown",
        actor_type="PublicClientApp",
        display_name=address,
        alternate_id=address,
    )
