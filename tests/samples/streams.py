"""Streams to keep events in; for all tests of the distributed journal."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

from okta_hooks.journal.jetstream.bucket import Bucket
from okta_hooks.journal.jetstream.connection import Connection
from okta_hooks.journal.jetstream.reader import StreamReader
from okta_hooks.journal.jetstream.retention import StreamRetention
from okta_hooks.journal.jetstream.settings import JetStreamSettings, StreamLimits
from okta_hooks.journal.jetstream.stream import Stream


@dataclass(frozen=True)
class DispatcherSide:
    """What a dispatcher has of a stream."""

    connection: Connection
    stream: Stream
    bucket: Bucket
    retention: StreamRetention
    reader: StreamReader


def settings(urls: Sequence[str], stream: str = "test") -> JetStreamSettings:
    """How to get at a stream of servers that ask for no credential."""
    return JetStreamSettings(tuple(urls), stream)


def options(chosen: JetStreamSettings) -> list[str]:
    """The command line that says the same."""
    return [*(f"--jetstream-url={url}" for url in chosen.servers), f"--jetstream-stream={chosen.stream}"]


@asynccontextmanager
async def dispatcher_side(
    chosen: JetStreamSettings, limits: StreamLimits, *, made: bool = True
) -> AsyncIterator[DispatcherSide]:
    """A dispatcher's side; it makes the stream, unless told not to."""
    async with Connection(chosen, role="dispatcher") as connection:
        await connection.established()
        stream, bucket = Stream(connection, chosen.stream), Bucket(connection, chosen.stream)
        if made:
            await stream.make(limits)
        await bucket.make(limits.replicas)
        retention = StreamRetention(connection, stream, bucket, limits)
        await retention.refresh()
        yield DispatcherSide(connection, stream, bucket, retention, StreamReader(connection, stream, retention))
