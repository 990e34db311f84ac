"""What a dispatcher that runs says of itself."""

from __future__ import annotations

import urllib.request

import msgspec

from dispatching.process import TOKEN


class SinkNumbers(msgspec.Struct):
    """One sink."""

    backlog: int
    delivered: int

    @property
    def has_all(self) -> bool:
        """Whether it got everything; before it got anything, nobody has looked yet."""
        return self.delivered > 0 and self.backlog == 0


class Numbers(msgspec.Struct):
    """The process."""

    unique: dict[str, int]
    sinks: dict[str, SinkNumbers]


def numbers(port: int) -> Numbers:
    """Ask once.

    Args:
        port: Its admin port.
    """
    request = urllib.request.Request(f"http://127.0.0.1:{port}/stats", headers={"Authorization": f"Bearer {TOKEN}"})
    with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310 -- of 127.0.0.1
        return msgspec.json.decode(answer.read(), type=Numbers)
