"""A bucket, and what it is opened with."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import msgspec
from obstore.store import S3Store

from okta_hooks.sinks.mounted import content, credential
from okta_hooks.sinks.object_storage.settings import AccessKey, ObjectStorageSettings

if TYPE_CHECKING:  # the library has these for type checkers alone
    from obstore.store import ClientConfig, S3Config


class Credentials(msgspec.Struct, frozen=True):
    """What the files hold now; empty where there is none.

    Attributes:
        access_key_id: The key's id.
        secret_access_key: Its secret.
        session_token: The token of its session.
        authorities: PEM certificates.
    """

    access_key_id: str = ""
    secret_access_key: str = ""
    session_token: str = ""
    authorities: bytes = b""


def credentials(settings: ObjectStorageSettings) -> Credentials:
    """Read them.

    Raises:
        NotMounted: A file can't be used.
    """
    authorities = content(settings.ca_file) if settings.ca_file else b""
    match settings.auth:
        case None:
            return Credentials(authorities=authorities)
        case AccessKey() as key:
            token = credential(key.session_token_file) if key.session_token_file else ""
            return Credentials(
                credential(key.access_key_id_file), credential(key.secret_access_key_file), token, authorities
            )


def bucket(settings: ObjectStorageSettings, known_by: Credentials) -> S3Store:
    """The bucket. Without a key, the library looks for what the environment offers a workload.

    That is a web identity (`AWS_WEB_IDENTITY_TOKEN_FILE`, as EKS has it for service accounts), the agent of a pod's
    identity (`AWS_CONTAINER_CREDENTIALS_FULL_URI`), or the machine's metadata.

    Raises:
        obstore.exceptions.BaseError: The settings do not fit together.
    """
    patience = timedelta(seconds=settings.timeout_seconds)
    client: ClientConfig = {"allow_http": True, "timeout": patience, "user_agent": "okta-event-hooks"}
    if known_by.authorities:
        client["root_certificate"] = known_by.authorities
    config: S3Config = {
        "bucket": settings.bucket,
        "region": settings.region,
        "virtual_hosted_style_request": settings.addressing == "VirtualHost",
    }
    if settings.endpoint is not None:
        config["endpoint"] = settings.endpoint
    if known_by.access_key_id:
        config["access_key_id"] = known_by.access_key_id
        config["secret_access_key"] = known_by.secret_access_key
    if known_by.session_token:
        config["session_token"] = known_by.session_token
    if settings.encryption != "Bucket":
        config["server_side_encryption"] = "AES256" if settings.encryption == "S3" else "aws:kms"
    if settings.kms_key_id is not None:
        config["sse_kms_key_id"] = settings.kms_key_id
    return S3Store(config=config, client_options=client, retry_config={"max_retries": 0, "retry_timeout": patience})
