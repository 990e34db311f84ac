"""Where events go: one file a sink.

A sink is two classes: its settings, which are a part of the dispatcher's configuration and are told apart by `type`,
and the sink that they open. To add one, write its file, add its settings to `AnySink` here, and hold it to the contract
in `tests/contract/okta_hooks/sinks/sink_contract.py`.

| module | what it is for |
|---|---|
| `port` | what a sink gets, and what it may answer |
| `stdout` | one line an event on the process's own output |
"""

from okta_hooks.sinks.port import (
    Answer,
    Delivered,
    EventAnswer,
    Judged,
    Outgoing,
    Paused,
    Refused,
    RefusedForGood,
    Retry,
    Sink,
    SinkSettings,
)
from okta_hooks.sinks.stdout import StdoutSettings

AnySink = StdoutSettings
"""The settings of any sink; a union as soon as there is a second."""

__all__ = [
    "Answer",
    "AnySink",
    "Delivered",
    "EventAnswer",
    "Judged",
    "Outgoing",
    "Paused",
    "Refused",
    "RefusedForGood",
    "Retry",
    "Sink",
    "SinkSettings",
    "StdoutSettings",
]
