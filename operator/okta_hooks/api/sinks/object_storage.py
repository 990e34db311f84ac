"""The sink `objectStorage`."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from okta_hooks.api.model import ApiModel, Rule, rules, validated_by
from okta_hooks.api.sinks.endpoint import Compression, Patience, SinkUrl
from okta_hooks.api.values import SecretKeyRef

_ENCRYPTED = Rule(
    "!has(self.endpoint) || self.endpoint.startsWith('https://') || (has(self.insecure) && self.insecure)",
    "objects would cross the network in clear: write https://, or insecure: true where the network is your own",
)
_KEY_FOR_KMS = Rule(
    "!has(self.kmsKeyId) || (has(self.encryption) && self.encryption == 'Kms')",
    "kmsKeyId is of use with encryption Kms only: write both or neither",
)
_PLAIN_PARTS = Rule("!self.matches('(^|/)[.][.]?(/|$)')", "a prefix has no part that is . or ..: leave it out")
_Prefix = Annotated[
    str,
    Field(
        max_length=512,
        pattern=r"^([-A-Za-z0-9!_.*'()=]+(/[-A-Za-z0-9!_.*'()=]+)*)?$",
        json_schema_extra=validated_by(_PLAIN_PARTS),
    ),
]


class AccessKey(ApiModel):
    """A key that does not change by itself."""

    access_key_id_secret_ref: SecretKeyRef = Field(description="Where the key's id is.")
    secret_access_key_secret_ref: SecretKeyRef = Field(description="Where the key's secret is.")
    session_token_secret_ref: SecretKeyRef | None = Field(
        None, description="Where the token of its session is. Default: it has none."
    )


class ObjectStorageAuth(ApiModel):
    """What to be known by."""

    access_key: AccessKey = Field(description="An access key.")


class ObjectStorageSink(ApiModel):
    """A bucket of S3, or of others who speak its protocol: an object for each batch."""

    model_config = rules(_ENCRYPTED, _KEY_FOR_KMS)

    bucket: Annotated[str, Field(max_length=63, pattern=r"^[A-Za-z0-9][-A-Za-z0-9._]{1,61}[A-Za-z0-9]$")] = Field(
        description="Name of the bucket."
    )
    region: Annotated[str, Field(min_length=1, max_length=64, pattern=r"^[-A-Za-z0-9]+$")] | None = Field(
        None, description="Its region, such as eu-central-1. Default: us-east-1."
    )
    endpoint: SinkUrl | None = Field(
        None, description="Address of others than Amazon, such as https://objects.example.com:9000. Default: Amazon's."
    )
    insecure: bool | None = Field(
        None,
        description="Lets endpoint begin with http://, so that whoever is on the way reads the events. Default: false.",
    )
    addressing: Literal["VirtualHost", "Path"] | None = Field(
        None,
        description="Where the bucket's name is. VirtualHost: in the host. Path: in the path. Default: VirtualHost.",
    )
    prefix: _Prefix | None = Field(None, description="What the names of objects begin with. Default: okta.")
    compression: Compression | None = Field(
        None, description="Gzip: objects are compressed. None: they are not. Default: Gzip."
    )
    encryption: Literal["Bucket", "S3", "Kms"] | None = Field(
        None,
        description=(
            "What the server encrypts objects with. Bucket: what the bucket says. S3: keys of S3. Kms: a key of KMS."
            " Default: Bucket."
        ),
    )
    kms_key_id: Annotated[str, Field(min_length=1, max_length=2048)] | None = Field(
        None, description="Which key of KMS. Default: the account's own for S3."
    )
    auth: ObjectStorageAuth | None = Field(
        None, description="What to be known by. Default: the pod's own identity, where the cloud gives it one."
    )
    ca_secret_ref: SecretKeyRef | None = Field(
        None, description="Certificates (PEM) of authorities to trust besides the public ones. Default: none."
    )
    timeout: Patience | None = Field(
        None, description="How long one object may take, such as 30s; at most 5m. Default: 60s."
    )
