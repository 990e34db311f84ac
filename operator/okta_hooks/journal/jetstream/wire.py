"""What servers answer (NATS, ADR-1, ADR-31), as far as it is looked at."""

from __future__ import annotations

from datetime import datetime
from typing import TypeVar

import msgspec

Reply = TypeVar("Reply")

NO_SUCH_STREAM = 10059
NO_SUCH_MESSAGE = 10037
STORE_REFUSED = 10077
"""A stream that is full, and a subject that has its message, refuse with this code alike."""
WRONG_LAST_REVISION = 10071

REPEATED_SUBJECT = "maximum messages per subject exceeded"


class ApiError(msgspec.Struct, frozen=True):
    """Why a server refuses."""

    code: int = 0
    err_code: int = 0
    description: str = ""

    @property
    def claims_repeat(self) -> bool:
        """Whether the subject is said to have its message already."""
        return self.err_code == STORE_REFUSED and self.description == REPEATED_SUBJECT

    @property
    def is_full(self) -> bool:
        """Whether there is no room."""
        return self.err_code == STORE_REFUSED and not self.claims_repeat


class PublishReply(msgspec.Struct, frozen=True):
    """The answer to a published message."""

    seq: int = 0
    error: ApiError | None = None


class StreamState(msgspec.Struct, frozen=True):
    """What a stream holds. An empty one that never had a message says 0 and 0."""

    messages: int
    bytes: int
    first_seq: int
    last_seq: int
    first_ts: datetime


class StreamConfig(msgspec.Struct, frozen=True):
    """How a stream is set up, as far as the journal depends on it."""

    name: str
    subjects: tuple[str, ...] = ()
    retention: str = "limits"
    storage: str = "file"
    discard: str = "old"
    discard_new_per_subject: bool = False
    max_msgs_per_subject: int = -1
    max_msgs: int = -1
    max_age: int = 0
    max_bytes: int = -1
    num_replicas: int = 1
    allow_direct: bool = False
    deny_delete: bool = False


class StreamInfo(msgspec.Struct, frozen=True):
    """A stream as a server describes it."""

    config: StreamConfig
    created: datetime
    state: StreamState


class AnyStream(msgspec.Struct, frozen=True):
    """A stream's settings, whatever they are."""

    config: dict[str, msgspec.Raw]


class StoredMessage(msgspec.Struct, frozen=True):
    """A message that the leader of a stream was asked for; `data` is base64 in JSON."""

    seq: int
    data: bytes = b""


class StoredReply(msgspec.Struct, frozen=True):
    """The answer with a message."""

    message: StoredMessage


class ApiReply(msgspec.Struct, frozen=True):
    """Any answer, to see whether it is a refusal."""

    error: ApiError | None = None


_publish_decoder = msgspec.json.Decoder(PublishReply)
_api_decoder = msgspec.json.Decoder(ApiReply)


def published(data: bytes) -> PublishReply:
    """Read the answer to a published message."""
    return _publish_decoder.decode(data)


def refusal(data: bytes) -> ApiError | None:
    """Why a question was refused; None when it was answered."""
    return _api_decoder.decode(data).error


def answered(data: bytes, kind: type[Reply]) -> Reply:
    """Read an answer that is no refusal."""
    return msgspec.json.decode(data, type=kind)
