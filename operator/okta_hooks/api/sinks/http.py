"""The sink `http`."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from okta_hooks.api.model import ApiModel, exactly_one_of, rules
from okta_hooks.api.sinks.endpoint import (
    ENCRYPTED,
    Basic,
    Bearer,
    Compression,
    Endpoint,
    SinkUrl,
    TokenUrl,
    credential_encrypted,
)
from okta_hooks.api.values import SecretKeyRef


class OAuth2(ApiModel):
    """Client credentials (RFC 6749, section 4.4): a token is fetched, and renewed before it ends."""

    token_url: TokenUrl = Field(
        description="The token endpoint, such as https://login.example.com/oauth2/token; https only."
    )
    client_id_secret_ref: SecretKeyRef = Field(description="Where the client's name is.")
    client_secret_secret_ref: SecretKeyRef = Field(description="Where the client's secret is.")
    scope: Annotated[str, Field(max_length=1024)] | None = Field(
        None, description="What to ask for, parted by spaces. Default: whatever the server grants."
    )
    audience: Annotated[str, Field(max_length=1024)] | None = Field(
        None, description="For whom the token is, where the server wants to know. Default: not said."
    )


class HttpAuth(ApiModel):
    """What to be known by."""

    model_config = rules(exactly_one_of("bearer", "basic", "oauth2"))

    bearer: Bearer | None = Field(None, description="A token in the header Authorization.")
    basic: Basic | None = Field(None, description="A user and a password.")
    oauth2: OAuth2 | None = Field(None, description="A token that is fetched with OAuth 2.0 client credentials.")


class HttpSink(Endpoint):
    """A POST to an endpoint of the user's own."""

    model_config = rules(ENCRYPTED, credential_encrypted("has(self.auth)"))

    url: SinkUrl = Field(description="Address that events are posted to, such as https://siem.example.com/events.")
    body: Literal["JsonLines", "JsonArray", "CloudEventsBatch", "CloudEventsStructured", "CloudEventsBinary"] | None = (
        Field(
            None,
            description=(
                "How events are in a request. JsonLines: many, a line each. JsonArray: many, in a JSON array."
                " CloudEventsBatch: many CloudEvents. CloudEventsStructured and CloudEventsBinary: one CloudEvent."
                " Those with CloudEvents need format.type cloudevents. Default: JsonLines."
            ),
        )
    )
    compression: Compression | None = Field(
        None, description="Gzip: requests are compressed. None: they are not. Default: None."
    )
    auth: HttpAuth | None = Field(
        None, description="What to be known by: exactly one of bearer, basic and oauth2. Default: nothing."
    )
