"""What is configured of the sink `objectStorage`."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated, Literal

import msgspec

from okta_hooks.sinks.port import Sink
from okta_hooks.sinks.transport.urls import checked

Patience = Annotated[float, msgspec.Meta(gt=0, le=300)]
Bucket = Annotated[str, msgspec.Meta(pattern="^[A-Za-z0-9][-A-Za-z0-9._]{1,61}[A-Za-z0-9]$")]
Prefix = Annotated[str, msgspec.Meta(pattern=r"^([-A-Za-z0-9!_.*'()=]+(/[-A-Za-z0-9!_.*'()=]+)*)?$", max_length=512)]


class AccessKey(
    msgspec.Struct, frozen=True, tag_field="type", tag="accessKey", rename="camel", forbid_unknown_fields=True
):
    """A key that does not change by itself.

    Attributes:
        access_key_id_file: Holds its id.
        secret_access_key_file: Holds its secret.
        session_token_file: Holds the token of a session, for a key that has one.
    """

    access_key_id_file: str
    secret_access_key_file: str
    session_token_file: str | None = None


class ObjectStorageSettings(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    tag_field="type",
    tag="objectStorage",
    rename="camel",
    forbid_unknown_fields=True,
):
    """All of it.

    Attributes:
        bucket: The bucket.
        region: Its region.
        endpoint: Where it is, for others than Amazon.
        addressing: Whether the bucket's name is a part of the path or of the host.
        prefix: What the names of objects begin with.
        compression: Whether objects are compressed.
        encryption: What the server is to encrypt them with: what the bucket says, keys of S3, or keys of KMS.
        kms_key_id: Which key of KMS; without it, the account's own.
        auth: What to be known by; without it, the workload's identity as the environment has it.
        ca_file: PEM certificates of authorities to trust besides the public ones.
        timeout_seconds: How long one object may take.
    """

    bucket: Bucket
    region: Annotated[str, msgspec.Meta(pattern="^[-A-Za-z0-9]{1,64}$")] = "us-east-1"
    endpoint: str | None = None
    addressing: Literal["VirtualHost", "Path"] = "VirtualHost"
    prefix: Prefix = "okta"
    compression: Literal["Gzip", "None"] = "Gzip"
    encryption: Literal["Bucket", "S3", "Kms"] = "Bucket"
    kms_key_id: str | None = None
    auth: AccessKey | None = None
    ca_file: str | None = None
    timeout_seconds: Patience = 60

    def __post_init__(self) -> None:
        if self.endpoint is not None:
            checked(self.endpoint)
        if self.kms_key_id is not None and self.encryption != "Kms":
            raise ValueError("`kmsKeyId` is of use with the encryption `Kms` only: write both or neither")
        if any(part in (".", "..") for part in self.prefix.split("/")):
            raise ValueError("the prefix has a part that is `.` or `..`: leave it out")

    @asynccontextmanager
    async def open(self) -> AsyncIterator[Sink]:
        """Keep a client of the bucket, which connects when there is something to deliver."""
        from okta_hooks.sinks.object_storage.sink import ObjectStorageSink  # noqa: PLC0415 -- loaded by who has it

        yield ObjectStorageSink(self)
