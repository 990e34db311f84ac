"""What the dispatcher is told: a JSON file that the operator mounts, and that may change while the process runs.

{"org": "https://acme.okta.com", "hookId": "who1", "cluster": "prod",
 "sinks": [{"name": "console", "to": {"type": "stdout"}}],
 "routes": [{"name": "sign-ins", "eventTypes": ["user.session.*"], "sinks": ["console"]}]}
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import msgspec

from okta_hooks.bad_input import BadInput
from okta_hooks.dispatch.backoff import Backoff, BackoffPolicy
from okta_hooks.dispatch.batching import Batching
from okta_hooks.formats import FormatSettings, Origin
from okta_hooks.routing import RouteSettings
from okta_hooks.sinks import AnySink

_LOGGER = logging.getLogger(__name__)

Name = Annotated[str, msgspec.Meta(pattern="^[a-z0-9]([-a-z0-9]{0,38}[a-z0-9])?$")]
Hours = Annotated[float, msgspec.Meta(ge=0, le=90 * 24)]
Concurrency = Annotated[int, msgspec.Meta(ge=1, le=64)]
Rate = Annotated[float, msgspec.Meta(gt=0, le=1_000_000)]
Moment = Annotated[datetime, msgspec.Meta(tz=True)]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class OnFull(StrEnum):
    """What becomes of events that a sink has not had when the journal is full."""

    WAIT = "Wait"  # the journal takes no more, and Okta tries again
    SKIP = "Skip"  # the journal may drop them; the range is written down


class Retrying(msgspec.Struct, frozen=True, kw_only=True, rename="camel", forbid_unknown_fields=True):
    """How long to wait after a failure: longer each time, with jitter."""

    backoff_policy: BackoffPolicy = BackoffPolicy.EXPONENTIAL
    backoff_delay_seconds: Annotated[float, msgspec.Meta(gt=0, le=3600)] = 0.5
    backoff_limit_seconds: Annotated[float, msgspec.Meta(gt=0, le=3600)] = 60

    @property
    def backoff(self) -> Backoff:
        """The same, as a worker wants it."""
        delay, limit = timedelta(seconds=self.backoff_delay_seconds), timedelta(seconds=self.backoff_limit_seconds)
        return Backoff(delay, limit, self.backoff_policy)


class SinkConfiguration(msgspec.Struct, frozen=True, kw_only=True, rename="camel", forbid_unknown_fields=True):
    """One sink.

    Attributes:
        name: Its name, under which its cursor is kept.
        to: What it is, by `type`.
        format: How its events are written, and without which fields.
        batch: When a batch is complete.
        retry: How long to wait after a failure.
        concurrency: How many batches may be on their way at once; with more than one, their order is not kept.
        max_rate: The most events a second; None for as many as it takes.
        start_at: Events that Okta published before are not for this sink.
        on_full: What becomes of what it has not had when the journal is full.
    """

    name: Name
    to: AnySink
    format: FormatSettings = FormatSettings()
    batch: Batching = Batching()
    retry: Retrying = Retrying()
    concurrency: Concurrency = 1
    max_rate: Rate | None = None
    start_at: Moment | None = None
    on_full: OnFull = OnFull.WAIT

    @property
    def start_at_ns(self) -> int | None:
        """The same, in nanoseconds of Unix time."""
        return None if self.start_at is None else (self.start_at - _EPOCH) // _MICROSECOND * 1000


class Configuration(msgspec.Struct, frozen=True, kw_only=True, rename="camel", forbid_unknown_fields=True):
    """The whole file.

    Attributes:
        org: The organisation's URL.
        hook_id: Okta's name of the hook; empty while it does not exist yet.
        cluster: The cluster's name.
        labels: What every event carries besides.
        sinks: Where events go.
        routes: Which of them; without any, every event goes to every sink.
        journal_max_bytes: The size at which the receiver refuses; None where no sink says `Skip`.
        removed_sinks: Names of former sinks whose backlog may be given up. The cursor of a sink that is in neither list
            is kept, and holds the journal back, so that no mistake in a file loses events.
        awaited_sinks: Names of sinks that can't be told just now, and will be: they keep their cursors even when they
            have had everything, so that they get what comes in the meantime.
        backfill_hours: For how long after the journal let an event go it may still be brought again.
    """

    org: str
    hook_id: str = ""
    cluster: str = ""
    labels: dict[str, str] = {}
    sinks: tuple[SinkConfiguration, ...] = ()
    routes: tuple[RouteSettings, ...] = ()
    journal_max_bytes: Annotated[int, msgspec.Meta(ge=1)] | None = None
    removed_sinks: tuple[Name, ...] = ()
    awaited_sinks: tuple[Name, ...] = ()
    backfill_hours: Hours = 7 * 24

    def __post_init__(self) -> None:
        sinks = [sink.name for sink in self.sinks]
        _each_once("sinks", sinks)
        _each_once("routes", [route.name for route in self.routes])
        for name in set(sinks).intersection(self.removed_sinks):
            raise ValueError(f"the sink {name} is in `sinks` and in `removedSinks`")
        if self.journal_max_bytes is None:
            for sink in self.sinks:
                if sink.on_full is OnFull.SKIP:
                    raise ValueError(f"the sink {sink.name} says `Skip`: give `journalMaxBytes` too")
        for route in self.routes:
            for name in set(route.sinks).difference(sinks):
                raise ValueError(f"the route {route.name} leads to the sink {name}, which is not in `sinks`")

    @property
    def origin(self) -> Origin:
        """What every event carries."""
        return Origin(self.org, self.hook_id, self.cluster, self.labels)


def _each_once(what: str, names: list[str]) -> None:
    for name in names:
        if names.count(name) > 1:
            raise ValueError(f"two {what} are named {name}")


class ConfigurationFile:
    """The file, and whether it changed.

    Args:
        path: Its name; what a mounted ConfigMap swaps behind it is seen.
        look_every: The time between two looks.
    """

    def __init__(self, path: Path, *, look_every: timedelta = timedelta(seconds=2)) -> None:
        self._path = path
        self._look_every = look_every
        self.trouble: str | None = None
        """Why the newest content is not used; None while it is."""

    def read(self) -> Configuration:
        """What it says now.

        Raises:
            BadInput: It can't be read, or says what can't be done.
        """
        try:
            return msgspec.json.decode(self._path.read_bytes(), type=Configuration)
        except OSError as error:
            raise BadInput(
                f"the configuration {self._path} can't be read ({error.strerror}): mount it there"
            ) from error
        except msgspec.DecodeError as error:
            raise BadInput(f"the configuration {self._path} is wrong: {error}; correct it there") from error

    async def changes(self, current: Configuration) -> AsyncIterator[Configuration]:
        """What it says later, each time it says something else that can be used; else `trouble` says why not."""
        while True:
            await asyncio.sleep(self._look_every.total_seconds())
            try:
                latest = await asyncio.to_thread(self.read)
            except BadInput as error:
                self._note(str(error))
                continue
            self.trouble = None
            if latest != current:
                current = latest
                yield latest

    def _note(self, trouble: str) -> None:
        if trouble != self.trouble:
            _LOGGER.error("%s; going on with what it said before", trouble)
        self.trouble = trouble
