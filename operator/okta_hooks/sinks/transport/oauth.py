"""OAuth 2.0 client credentials (RFC 6749, 4.4): a token that is fetched, kept while it holds, and renewed."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import quote_plus, urlencode

import msgspec
from yarl import URL

from okta_hooks.sinks.mounted import NotMounted, credential
from okta_hooks.sinks.port import Paused, Retry
from okta_hooks.sinks.transport.credentials import basic
from okta_hooks.sinks.transport.reply import Reply
from okta_hooks.sinks.transport.urls import checked
from okta_hooks.sinks.transport.wire import Message, Wire

_EARLIER = 30.0
"""Seconds before its end from which on a token is renewed: it may be on its way when it ends."""
_UNSTATED = 300.0
"""For how many seconds a token holds whose answer does not say so."""


class ClientCredentials(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    tag_field="type",
    tag="oauth2",
    rename="camel",
    forbid_unknown_fields=True,
):
    """Who asks for a token, and where.

    Attributes:
        token_url: The token endpoint.
        client_id_file: Holds the client's name.
        client_secret_file: Holds its secret.
        scope: What to ask for; nothing in particular when empty.
        audience: For whom, where the authorization server wants to know.
    """

    token_url: str
    client_id_file: str
    client_secret_file: str
    scope: str = ""
    audience: str = ""

    def __post_init__(self) -> None:
        checked(self.token_url)


class _Granted(msgspec.Struct, frozen=True):
    access_token: str
    expires_in: float = _UNSTATED


class _Failed(msgspec.Struct, frozen=True):
    error: str
    error_description: str = ""


@dataclass(frozen=True)
class _Token:
    value: str = field(repr=False)
    holds_until: float


class OAuthCredential:
    """Fetches tokens.

    Args:
        settings: From where, as whom.
        wire: What to fetch them with.
        clock: Tells seconds that only go on.
    """

    def __init__(self, settings: ClientCredentials, wire: Wire, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._settings = settings
        self._wire = wire
        self._clock = clock
        self._token: _Token | None = None

    async def header(self) -> str | Retry | Paused:
        """See `Credential`."""
        if self._token is None or self._clock() >= self._token.holds_until:
            self._token = None
            fetched = await self._fetch()
            if not isinstance(fetched, _Token):
                return fetched
            self._token = fetched
        return f"Bearer {self._token.value}"

    def renew(self) -> bool:
        """Forget the token, since another may be taken."""
        self._token = None
        return True

    async def _fetch(self) -> _Token | Retry | Paused:
        began = self._clock()
        try:
            message = self._request()
        except NotMounted as error:
            return Paused(str(error))
        reply = await self._wire.post(message)
        return _token(reply, began) if isinstance(reply, Reply) else reply

    def _request(self) -> Message:
        """The client's name and secret go into the header, which every server has to take (RFC 6749, 2.3.1)."""
        settings = self._settings
        asked = {"grant_type": "client_credentials", "scope": settings.scope, "audience": settings.audience}
        user, password = (
            quote_plus(credential(path)) for path in (settings.client_id_file, settings.client_secret_file)
        )
        headers = {
            "Authorization": basic(user, password),
            "Accept": "application/json",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        body = urlencode({name: value for name, value in asked.items() if value})
        return Message(URL(settings.token_url), headers, body.encode())


def _token(reply: Reply, began: float) -> _Token | Retry | Paused:
    if reply.status in (400, 401, 403, 404, 405):
        return Paused(
            f"no token from {reply.host}: {_said(reply)}: correct the client, its secret, the scope or the address"
        )
    if not reply.is_success:
        return Retry(f"no token: {reply}", reply.retry_after)
    try:
        granted = msgspec.json.decode(reply.body, type=_Granted)
    except msgspec.DecodeError:
        return Retry(f"no token from {reply.host}: what it answers is no token in JSON")
    if not granted.access_token.isascii() or not granted.access_token.isprintable():
        return Retry(f"no token from {reply.host}: it has characters that no header carries")
    return _Token(granted.access_token, began + max(granted.expires_in - _EARLIER, granted.expires_in / 2))


def _said(reply: Reply) -> str:
    try:
        failed = msgspec.json.decode(reply.body, type=_Failed)
    except msgspec.DecodeError:
        return f"it answers {reply.status}"
    return reply.quoted(f"{failed.error} {failed.error_description}")
