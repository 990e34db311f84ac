"""Events that somebody gives in a file: one JSON object a line, or one array."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec

from okta_simulator.bad_input import BadInput
from okta_simulator.events.log_event import LogEvent
from okta_simulator.json_values import UNREADABLE

_EVENT = msgspec.json.Decoder(LogEvent)
_ARRAY = msgspec.json.Decoder(list[msgspec.Raw])


def read_events(path: Path) -> list[LogEvent]:
    """The events of a file, in its order.

    Raises:
        BadInput: The file can't be read, or something in it is not an event; the sentence names file and line.
    """
    try:
        text = path.read_bytes()
    except OSError as error:
        raise BadInput(f"the events file {path} cannot be read ({error.strerror}): name a file of events") from error
    pieces = _elements(path, text) if text.lstrip().startswith(b"[") else enumerate(text.splitlines(), start=1)
    return [_event(path, line, piece) for line, piece in pieces if piece.strip()]


def _elements(path: Path, text: bytes) -> Iterator[tuple[int, bytes]]:
    """The elements of an array, each with the line where it begins."""
    try:
        elements = _ARRAY.decode(text)
    except UNREADABLE as error:
        raise BadInput(
            f"the events file {path} is neither JSON lines nor a JSON array ({error}): correct it"
        ) from error
    end, line = 0, 1
    for element in map(bytes, elements):
        begin = text.index(element, end)
        line += text.count(b"\n", end, begin)
        yield line, element
        line += element.count(b"\n")
        end = begin + len(element)


def _event(path: Path, line: int, text: bytes) -> LogEvent:
    try:
        return _EVENT.decode(text)
    except UNREADABLE as error:
        raise BadInput(f"{path}, line {line}, is not a System Log event ({error}): correct or remove it") from error
