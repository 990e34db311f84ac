"""What a dispatcher that runs says of itself."""

from __future__ import annotations

import urllib.request

import msgspec

from dispatching.process import TOKEN


class SinkNumbers(msgspec.Struct):
    """One sink."""

    backlog: int
    delivered: int


class Numbers(msgspec.Struct):
    """The process."""

    unique: dict[str, int]
    sinks: dict[str, SinkNumbers]


def has_all(port: int, sink: str) -> bool:
    """Whether a sink got everything; it is unknown to a dispatcher that has just begun.

    Args:
        port: The dispatcher's admin port.
        sink: Its name.
    """
    found = numbers(port).sinks.get(sink)
    return found is not None and found.delivered > 0 and found.backlog == 0


def numbers(port: int) -> Numbers:
    """Ask once.

    Args:
        port: Its admin port.
    """
    request = urllib.request.Request(f"http://127.0.0.1:{port}/stats", headers={"Authorization": f"Bearer {TOKEN}"})
    with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310 -- of 127.0.0.1
        return msgspec.json.decode(answer.read(), type=Numbers)
