"""The stream: making it, looking at it, whether it is fit; and positions in it."""

from __future__ import annotations

from datetime import datetime, timedelta

import msgspec

from okta_hooks.journal.errors import JournalUnavailable
from okta_hooks.journal.jetstream.connection import Connection
from okta_hooks.journal.jetstream.settings import StreamLimits
from okta_hooks.journal.jetstream.subjects import all_subjects
from okta_hooks.journal.jetstream.wire import (
    NO_SUCH_STREAM,
    AnyStream,
    ApiError,
    StreamConfig,
    StreamInfo,
    answered,
    refusal,
)
from okta_hooks.journal.record import BEGINNING, Bounds, Position

_MILLISECOND = timedelta(milliseconds=1)
_EPOCH = datetime.fromisoformat("1970-01-01T00:00:00+00:00")


class Stream:
    """A stream on its servers.

    Args:
        connection: To the servers.
        name: The stream's name.
    """

    def __init__(self, connection: Connection, name: str) -> None:
        self._connection = connection
        self.name = name

    async def info(self) -> StreamInfo | None:
        """The stream as its leader describes it; None when there is none.

        Raises:
            JournalUnavailable: Nobody answers, or the answer is a refusal.
        """
        answer = await self._connection.ask(f"$JS.API.STREAM.INFO.{self.name}")
        error = refusal(answer.data)
        if error is None:
            return answered(answer.data, StreamInfo)
        if error.err_code == NO_SUCH_STREAM:
            return None
        raise self._refused("looked at", error)

    async def make(self, limits: StreamLimits) -> None:
        """Make the stream, or change it to these limits.

        Raises:
            JournalUnavailable: It can't be made or changed.
        """
        seen = await self._connection.ask(f"$JS.API.STREAM.INFO.{self.name}")
        error = refusal(seen.data)
        if error and error.err_code != NO_SUCH_STREAM:
            raise self._refused("looked at", error)
        present = {} if error else answered(seen.data, AnyStream).config
        wanted = present | _wanted(self.name, limits)  # what somebody chose besides, such as where it is, stays
        if wanted == present:
            return
        action = "UPDATE" if present else "CREATE"
        answer = await self._connection.ask(f"$JS.API.STREAM.{action}.{self.name}", msgspec.json.encode(wanted))
        if error := refusal(answer.data):
            raise self._refused("made or changed", error)

    async def drop_before(self, sequence: int) -> None:
        """Drop what is before a sequence.

        Raises:
            JournalUnavailable: It can't be dropped now.
        """
        answer = await self._connection.ask(f"$JS.API.STREAM.PURGE.{self.name}", b'{"seq":%d}' % sequence)
        if error := refusal(answer.data):
            raise self._refused("purged", error)

    def _refused(self, what: str, error: ApiError) -> JournalUnavailable:
        return JournalUnavailable(
            f"the stream {self.name} can't be {what} ({error.code}, {error.err_code}: {error.description}): see what "
            "the servers and the credential allow"
        )


def missing(name: str) -> str:
    """The sentence for a stream that is not there."""
    return f"there is no stream {name} yet: the dispatcher makes it, see whether it runs and may do so"


def unfit(config: StreamConfig) -> str | None:
    """Why a stream can't be a journal; None when it can. Somebody may have made or changed it by hand."""
    wanted = {
        "storage": "file",
        "retention": "limits",
        "discard": "new",
        "discard_new_per_subject": True,
        "max_msgs_per_subject": 1,
        "max_msgs": -1,
        "max_age": 0,
        "allow_direct": True,
    }
    wrong = [f"{name} {value}" for name, value in wanted.items() if getattr(config, name) != value]
    if not wrong:
        return None
    return f"the stream {config.name} could lose events or keep them twice: set it to {', '.join(wrong)}"


def segment_of(info: StreamInfo) -> int:
    """The number that all places of a stream share: when it was made, in milliseconds of Unix time."""
    return (info.created - _EPOCH) // _MILLISECOND


def place_before(segment: int, sequence: int) -> Position:
    """The place before the message of a sequence."""
    return Position(segment, sequence, sequence - 1)


def bounds_of(info: StreamInfo | None) -> Bounds:
    """The places around what a stream holds."""
    if info is None:
        return Bounds(BEGINNING, BEGINNING)
    segment, state = segment_of(info), info.state
    return Bounds(place_before(segment, max(state.first_seq, 1)), place_before(segment, state.last_seq + 1))


def _wanted(name: str, limits: StreamLimits) -> dict[str, msgspec.Raw]:
    config = StreamConfig(
        name=name,
        subjects=(all_subjects(name),),
        discard="new",
        discard_new_per_subject=True,
        max_msgs_per_subject=1,
        max_bytes=limits.max_bytes,
        num_replicas=limits.replicas,
        allow_direct=True,
        deny_delete=True,
    )
    return msgspec.json.decode(msgspec.json.encode(config), type=dict[str, msgspec.Raw])
