"""A sink of a hook with what it refers to filled in, and where its credentials are mounted."""

from __future__ import annotations

from dataclasses import dataclass, field

from okta_hooks.api.sinks.destination import Destination
from okta_hooks.api.sinks.hook_sink import HookSink
from okta_hooks.api.sinks.okta_event_sink import OktaEventSinkSpec
from okta_hooks.api.sinks.options import SinkOptions

CREDENTIALS = "/run/okta-hooks/sinks"
"""Folder with the credentials of all sinks of a hook."""


@dataclass(frozen=True)
class Feed:
    """A sink as it is to be fed.

    Args:
        name: Its name in the hook.
        to: Where its events go; exactly one type.
        options: How they are written and handed over.
        start_at: What was published before is not for it.
        on_full: What becomes of what it has not had when the journal is full.
    """

    name: str
    to: Destination
    options: SinkOptions = field(default_factory=SinkOptions)
    start_at: str | None = None
    on_full: str | None = None

    def file(self, credential: str) -> str:
        """Where the dispatcher finds a credential."""
        return f"{CREDENTIALS}/{self.key(credential)}"

    def key(self, credential: str) -> str:
        """Under which key of the hook's Secret it is: no name of a sink has a dot, so that no two share one."""
        return f"{self.name}.{credential}"


def feed(sink: HookSink, shared: OktaEventSinkSpec | None = None) -> Feed:
    """A hook's sink; of a shared one, what the hook itself says counts first."""
    common = shared or SinkOptions()
    return Feed(
        name=sink.name,
        to=shared or sink,
        options=SinkOptions(
            format=sink.format or common.format,
            batch=sink.batch or common.batch,
            retry=sink.retry or common.retry,
            concurrency=sink.concurrency or common.concurrency,
            max_rate=sink.max_rate or common.max_rate,
        ),
        start_at=sink.start_at,
        on_full=sink.on_full,
    )
