"""The sink `elasticsearch`."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from okta_hooks.api.model import ApiModel, exactly_one_of, rules
from okta_hooks.api.sinks.endpoint import (
    ENCRYPTED,
    Basic,
    Bearer,
    Compression,
    Endpoint,
    SinkUrl,
    credential_encrypted,
)
from okta_hooks.api.values import SecretKeyRef

_Index = Annotated[
    str,
    Field(
        min_length=1, max_length=255, pattern=r"^[^{}\"*\\<|,>/? A-Z]*(\{(yyyy|MM|dd|[-._])+\}[^{}\"*\\<|,>/? A-Z]*)*$"
    ),
]


class ApiKey(ApiModel):
    """An API key, encoded as Elasticsearch gives it out."""

    api_key_secret_ref: SecretKeyRef = Field(description="Where the key is.")


class ElasticsearchAuth(ApiModel):
    """What to be known by."""

    model_config = rules(exactly_one_of("basic", "apiKey", "bearer"))

    basic: Basic | None = Field(None, description="A user and a password.")
    api_key: ApiKey | None = Field(None, description="An API key of Elasticsearch.")
    bearer: Bearer | None = Field(None, description="A token in the header Authorization.")


class ElasticsearchSink(Endpoint):
    """The bulk interface of Elasticsearch and OpenSearch: each event is created under its uuid."""

    model_config = rules(ENCRYPTED, credential_encrypted("has(self.auth)"))

    url: SinkUrl = Field(
        description="Address of the cluster, such as https://search.example.com:9200: what comes before /_bulk."
    )
    index: _Index | None = Field(
        None,
        description=(
            "Index or data stream, with yyyy, MM and dd in braces for the day when Okta published an event. Default:"
            " okta-{yyyy.MM.dd}."
        ),
    )
    auth: ElasticsearchAuth | None = Field(
        None, description="What to be known by: exactly one of basic, apiKey and bearer. Default: nothing."
    )
    compression: Compression | None = Field(
        None, description="Gzip: requests are compressed. None: they are not. Default: Gzip."
    )
