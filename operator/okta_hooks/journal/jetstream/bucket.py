"""A few values that several processes share, in a bucket as NATS defines it (ADR-8), with compare-and-swap."""

from __future__ import annotations

from typing import NamedTuple

import msgspec

from okta_hooks.journal.errors import JournalUnavailable
from okta_hooks.journal.jetstream.connection import Connection
from okta_hooks.journal.jetstream.wire import (
    NO_SUCH_MESSAGE,
    NO_SUCH_STREAM,
    WRONG_LAST_REVISION,
    ApiError,
    StoredReply,
    StreamInfo,
    answered,
    published,
    refusal,
)

_EXPECTED = "Nats-Expected-Last-Subject-Sequence"


class Value(NamedTuple):
    """A value that was read.

    Attributes:
        content: Its bytes; empty where there never was one.
        revision: Rises with each change; 0 where there never was a value.
    """

    content: bytes
    revision: int


class Bucket:
    """A bucket.

    Args:
        connection: To the servers.
        name: The bucket's name.
    """

    def __init__(self, connection: Connection, name: str) -> None:
        self._connection = connection
        self._name = name

    async def make(self, replicas: int) -> None:
        """Make it if it is not there; whoever comes second finds it made.

        Raises:
            JournalUnavailable: It can't be made.
        """
        stream = f"KV_{self._name}"
        seen = await self._connection.ask(f"$JS.API.STREAM.INFO.{stream}")
        error = refusal(seen.data)
        is_there = error is None
        if is_there and answered(seen.data, StreamInfo).config.num_replicas == replicas:
            return
        if error and error.err_code != NO_SUCH_STREAM:
            raise self._refused(error)
        action = "UPDATE" if is_there else "CREATE"
        wanted = {
            "name": stream,
            "subjects": [f"$KV.{self._name}.>"],
            "max_msgs_per_subject": 1,
            "discard": "new",
            "deny_delete": True,
            "allow_rollup_hdrs": True,
            "allow_direct": True,
            "num_replicas": replicas,
        }
        made = await self._connection.ask(f"$JS.API.STREAM.{action}.{stream}", msgspec.json.encode(wanted))
        if error := refusal(made.data):
            raise self._refused(error)

    async def get(self, key: str) -> Value:
        """Read a value from the bucket's leader: a replica may be behind.

        Raises:
            JournalUnavailable: Nobody answers.
        """
        question = msgspec.json.encode({"last_by_subj": f"$KV.{self._name}.{key}"})
        answer = await self._connection.ask(f"$JS.API.STREAM.MSG.GET.KV_{self._name}", question)
        error = refusal(answer.data)
        if error is None:
            message = answered(answer.data, StoredReply).message
            return Value(message.data, message.seq)
        if error.err_code == NO_SUCH_MESSAGE:
            return Value(b"", 0)
        raise self._refused(error)

    async def put(self, key: str, content: bytes) -> None:
        """Write a value.

        Raises:
            JournalUnavailable: It may not be written.
        """
        reply = published((await self._connection.ask(f"$KV.{self._name}.{key}", content)).data)
        if reply.error:
            raise self._refused(reply.error)

    async def swap(self, key: str, content: bytes, *, revision: int) -> int | None:
        """Write a value if nobody wrote it since a revision.

        Returns:
            Its new revision; None if somebody did.

        Raises:
            JournalUnavailable: It may not be written.
        """
        headers = {_EXPECTED: str(revision)}
        reply = published((await self._connection.ask(f"$KV.{self._name}.{key}", content, headers)).data)
        if reply.error is None:
            return reply.seq
        if reply.error.err_code == WRONG_LAST_REVISION:
            return None
        raise self._refused(reply.error)

    def _refused(self, error: ApiError) -> JournalUnavailable:
        return JournalUnavailable(
            f"the bucket {self._name} can't be used ({error.code}, {error.err_code}: {error.description}): see what "
            "the servers and the credential allow"
        )
