"""Which row of a table an event type belongs to: the most specific one."""

from __future__ import annotations

from collections.abc import Iterator


def patterns(event_type: str) -> Iterator[str]:
    """What may stand for an event type in a table, from the type itself to `*`, which stands for all."""
    yield event_type
    words = event_type.split(".")
    for count in range(len(words) - 1, 0, -1):
        yield ".".join(words[:count]) + ".*"
    yield "*"
